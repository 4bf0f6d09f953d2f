"""Corrects docutils' tree before it is written: names that only a heading bears, and headings
within directives.

.. setting:: SIZE          a target of the heading below it, of which readers see nothing
SIZE
----

.. class:: Cache           the heading of a section, where no text stands behind the directive;
   Size                    else a title in bold
   ~~~~
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.conversion.titles import Titles
from entrywise.data.documents.plain_text import one_blank

Node = Any
"""A node of docutils' tree; what fields it has shows only when it is there."""

HIDDEN = frozenset(
    "comment target substitution_definition raw pending meta docinfo header footer decoration "
    "index problematic transition".split()
)
"""Kinds of nodes of which nothing is shown."""
NAMES = "names_what_follows"
"""The attribute of a title that has nothing below it."""
WITHIN = "is_within"
"""The attribute of a section that cannot be one, as text follows that is not in it."""

_LONGEST = 1000
"""Characters of a heading in which names are looked for."""


def kind(node: Node) -> str:
    """What docutils calls a node of this kind: "section", "Text"."""
    return str(node.__class__.__name__)


def put_right(tree: Node) -> None:
    """Take targets out of a document, and mark sections that cannot be some."""
    from docutils import nodes

    for node in list(_targets(tree)):
        node.parent.remove(node)
    for parent in tree.findall(nodes.Element):
        children = parent.children
        is_one = isinstance(parent, nodes.document | nodes.section) and not parent.get(WITHIN)
        shown = (
            place
            for place in range(len(children) - 1, -1, -1)
            # What was not understood stands anywhere.
            if not isinstance(children[place], nodes.section | nodes.system_message)
            and not _is_hidden(children[place])
        )
        last = next(shown, -1)
        for place, child in enumerate(children):
            if isinstance(child, nodes.section) and (place < last or not is_one):
                child[WITHIN] = True


class Labels:
    """The headings that labels stand for, of a document and of those that it may refer to."""

    def __init__(self, tree: Node, others: Titles, source: Path) -> None:
        self._own = dict(_labelled(tree))
        self._others = others
        self._source = source

    def of(self, label: str) -> tuple[str, str]:
        """A heading, as it is written in Markdown, and where it is; both empty where no document
        has the label."""
        if label in self._own:
            return self._own[label]
        title, place = self._others.of_label(label, self._source) or ("", "")
        return writing.escaped(title), place


def _labelled(tree: Node) -> Iterator[tuple[str, tuple[str, str]]]:
    """The labels of a document's sections, with their headings and anchors."""
    from docutils import nodes

    for section in tree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is not None:
            for name in section["names"]:
                shown = writing.escaped(one_blank(title.astext()))
                yield str(name), (shown, f"#{section['ids'][-1]}")


def _targets(tree: Node) -> Iterator[Node]:
    """The titles without anything below them that the heading which comes next says."""
    from docutils import nodes

    waiting: list[Node] = []
    passed: set[int] = set()
    """The nodes whose children are passed by."""
    for node in tree.findall():
        if id(node.parent) in passed or _is_hidden(node):
            passed.add(id(node))
        elif isinstance(node, nodes.Element) and node.get(NAMES):
            passed.add(id(node))
            waiting.append(node)
        elif isinstance(node, nodes.section):
            title = node.next_node(nodes.title)
            said = _plain(title) if title is not None and waiting else ""
            yield from (one for one in waiting if _says(said[:_LONGEST], one))
            waiting.clear()
        else:
            waiting.clear()


def _says(heading: str, name: Node) -> bool:
    """Whether a heading has a name among its words."""
    return bool(re.search(rf"(?<!\w){re.escape(_plain(name))}(?!\w)", heading))


def _plain(node: Node) -> str:
    return one_blank(node.astext()).casefold()


def _is_hidden(node: Node) -> bool:
    return kind(node) in HIDDEN
