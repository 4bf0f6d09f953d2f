"""Reads elements of HTML by their names and attributes: anchors, languages, kinds, hidden ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import category

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.plain_text import one_blank

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
HEADINGS = "h1,h2,h3,h4,h5,h6"
_KINDS = {"information": "info"}
"""{what a page calls a kind of admonition: what it is called here}, where these differ."""
_UNPRINTED = frozenset(
    "noprint no-print d-print-none hidden-print mw-editsection ambox "
    "navigation-not-searchable".split()
)
"""Classes of what stands only on the screen, to press (`[edit]`), and of what MediaWiki says of a
page as such, and looks for nothing in."""
_PAGE_BREAKS = {("role", "doc-pagebreak"), ("epub:type", "pagebreak")}
"""What marks the number of a page in print, within the text of a book."""
_LONGEST_SIGN = 2
_DEEPEST = 12
"""Elements around a text that are looked at."""
_PLACES = "[id],a[name]"
_HOLDERS = frozenset("blockquote dd dl li table".split())
_HEADINGS = frozenset(HEADINGS.split(","))
_LINK_MARKS = "#¶§\uf0c1🔗ℹ↑ "
"""What the link of a heading to itself looks like."""


def around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that hold one, from the inside out."""
    while outer := node.parent:
        yield outer
        node = outer


def places(tree: LexborHTMLParser) -> dict[str, LexborNode]:
    """{name: element} of what links within a page may lead to."""
    named = (
        (one.attributes.get("id") or one.attributes.get("name"), one) for one in tree.css(_PLACES)
    )
    return {name: one for name, one in named if name}


def bare(node: LexborNode) -> str:
    """All text of an element, as it stands."""
    if node.css_first("br") is None:
        return node.text(deep=True)
    parts = (one for one in node.traverse(include_text=True) if one.is_text_node or one.tag == "br")
    return "".join("\n" if one.tag == "br" else one.text_content or "" for one in parts)


def is_box(node: LexborNode) -> bool:
    """Whether an element is a box of a list of tasks, which nobody can check on the page."""
    return node.attributes.get("type") == "checkbox" and "disabled" in node.attributes


def sign(node: LexborNode) -> str:
    """A sign that is all that a cell says, as ✓ or –; of private use are those of icons."""
    text = "".join(bare(node).split())
    is_sign = not any(one.isalnum() or category(one) == "Co" for one in text)
    return text if is_sign and len(text) <= _LONGEST_SIGN else ""


def numbering(node: LexborNode) -> str:
    """What the items of a list are numbered by, as HTML's `type` says; empty for bullets."""
    return (node.attributes.get("type") or "1") if node.tag == "ol" else ""


def description(node: LexborNode) -> str:
    """What stands for a picture; below it, apart, Word tells what wrote it."""
    return (node.attributes.get("alt") or "").strip().partition("\n\n")[0]


def anchor(node: LexborNode) -> str:
    """The address of a heading: its own, that of the section it opens, or of a link in it."""
    own = node.attributes.get("id")
    parent = node.parent
    if not own and parent and parent.tag in ("section", "div") and parent.child == node:
        own = parent.attributes.get("id")
    if not own and parent and parent.tag == "section":
        own = parent.attributes.get("id")
    if not own:
        inner = node.css_first("a[id],a[name],span[id]")
        own = (inner.attributes.get("id") or inner.attributes.get("name")) if inner else ""
    return own or ""


def line(node: LexborNode) -> str:
    """What an element says on one line, without the link to itself."""
    return one_blank(bare(node)).rstrip(_LINK_MARKS).rstrip()


def is_title(node: LexborNode) -> bool:
    """Whether an element is the title of a remark, or what opens the rest of one that is folded."""
    classes = class_names(node)
    if "admonition-title" in classes or "expand-control" in classes:
        return True
    parent = node.parent
    return parent is not None and _titled_by(parent) == node


def kind(node: LexborNode) -> str:
    """The kind of a remark that an element is."""
    is_titled = _titled_by(node) is not None
    return unless_held(node, class_kind(node) if is_titled else _kind(class_names(node)))


def unless_held(node: LexborNode, kind: str) -> str:
    """The kind of a remark; one in a list or a table is a part of its item, and has none."""
    is_held = kind and any(one.tag in _HOLDERS for one in around(node))
    return "" if is_held else kind


def class_kind(node: LexborNode) -> str:
    """The kind of remarks that an element is called by."""
    classes = class_names(node)
    return _kind(classes) or next((name for name in classes if name in writing.KINDS), "")


def _kind(classes: Sequence[str]) -> str:
    """The kind that classes say: of what Sphinx and its like make (`admonition note`), or of an
    element of which it is one (`callout callout-note`); empty of others."""
    if "admonition" in classes:
        return next((name for name in classes if name in writing.KINDS), "")
    for name in classes:
        block, _, last = name.rpartition("-")
        last = _KINDS.get(last, last)
        if last in writing.KINDS and block.rstrip("-") in classes:
            return last
    return ""


def _titled_by(node: LexborNode) -> LexborNode | None:
    """The heading that says of what kind a remark is, which opens it (`<div class="note"><h3
    class="title">Note</h3>`): it is called its title, or by the kind alone."""
    classes = class_names(node)
    is_kind = not writing.KINDS.isdisjoint(classes)
    if not is_kind and not _kind(classes):
        return None
    first = next(node.iter(), None)
    if not first or first.tag not in (_HEADINGS if is_kind else _HEADINGS | {"p"}):
        return None
    is_named = "title" in class_names(first) or line(first).lower() in writing.KINDS
    return first if is_named else None


def class_names(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").lower().split()


def lists_sections(node: LexborNode) -> bool:
    """Whether items of a list begin with headings: it lays out a page, as Javadoc's do."""
    return node.tag == "ul" and any(_is_headed(item) for item in node.iter() if item.tag == "li")


def _is_headed(item: LexborNode) -> bool:
    texts = (one for one in item.traverse(include_text=True) if one.is_text_node)
    first = next((one for one in texts if (one.text_content or "").strip()), None)
    above = list(islice(around(first), _DEEPEST)) if first else []
    heading = next((one for one in above if one.tag in _HEADINGS), None)
    return heading is not None and item in above and not is_title(heading)


def is_hidden(node: LexborNode) -> bool:
    """Whether nobody sees an element, rather than whoever chooses its tab or looks for what it
    says."""
    attributes = node.attributes
    if attributes.get("aria-hidden") == "true" or _PAGE_BREAKS & {*attributes.items()}:
        return True
    if attributes.get("class") and not _UNPRINTED.isdisjoint(class_names(node)):
        return True
    is_shown = attributes.get("role") == "tabpanel" or attributes.get("hidden") == "until-found"
    return is_folded(node) and not is_shown


def is_folded(node: LexborNode) -> bool:
    """Whether an element is not shown before a script says so."""
    style = node.attributes.get("style") or ""
    return "hidden" in node.attributes or _HIDDEN.search(style) is not None


def parent_tag(node: LexborNode) -> str:
    """The name of the element around one."""
    return str(node.parent.tag) if node.parent else ""
