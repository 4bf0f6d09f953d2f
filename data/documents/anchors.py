"""Anchors: the ids that sites give headings, so that a citation leads to its section."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from entrywise.data.documents.plain_text import without_icons

Slugs = Literal["github", "mkdocs", "sphinx", "quarto"]
"""Whose rule makes an anchor of a heading: GitHub's (Docusaurus, VitePress and most others follow
it), Python-Markdown's (MkDocs), docutils' (Sphinx), Pandoc's (Quarto)."""

_ATTRIBUTES = re.compile(r"\{(?P<mark>:?)(?P<attributes>[^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(r"[#.][^\s#.=]\S*|[\w-]+=\S*|-")
_TAG = re.compile(r"""<a\s[^<>]*?\b(?:name|id)\s*=\s*["']?(?P<anchor>[^\s"'<>]+)["']?[^<>]*>""")
_LONGEST = 1_000
"""Characters of a line, or a tag, that is looked through: it takes the square of them."""
_TARGET = re.compile(rf" {{0,3}}(?:{_TAG.pattern}(?:\s*</a>)?|\((?P<label>[^\s()]+)\)=)\s*")


_LISTED = re.compile(r"\s*\{:\s*(?:[^{}]*\s)?#(?P<id>[^\s{}]+)[^{}]*\}\s*")
# docutils' own, but for letters that few alphabets have.
_SPELT = str.maketrans(
    {"ß": "sz", "æ": "ae", "œ": "oe", **dict(zip("øđħıłŧ", "odhilt", strict=True))}
)


def listed(line: str) -> str:
    """The anchor that a line right below a heading gives it, as kramdown writes it; empty where it
    gives none.

    >>> listed("{: #undo .big }"), listed("{: .big }"), listed("{#undo}")
    ('undo', '', '')
    """
    found = _LISTED.fullmatch(line) if "{:" in line and len(line) <= _LONGEST else None
    return found["id"] if found else ""


def target(line: str) -> str:
    """The anchor that a line gives the heading below it; empty where it gives none.

    >>> target('<a name="undo"></a>'), target("(undo)="), target("(undo)")
    ('undo', 'undo', '')
    """
    found = _TARGET.fullmatch(line) if len(line) <= _LONGEST else None
    return found["anchor"] or found["label"] if found else ""


def tag_anchor(tag: str) -> str:
    """The anchor that a tag in a heading gives it; empty where it gives none.

    >>> tag_anchor('<a id="undo">'), tag_anchor("<br>")
    ('undo', '')
    """
    found = _TAG.fullmatch(tag) if len(tag) <= _LONGEST else None
    return found["anchor"] if found else ""


def split_anchor(heading: str) -> tuple[str, str]:
    """A heading without the anchor that is written behind it, and the anchor.

    >>> split_anchor("Rolling back { #undo }"), split_anchor("Sets {a, b}")
    (('Rolling back', 'undo'), ('Sets {a, b}', ''))
    """
    found = _ATTRIBUTES.search(heading)
    attributes = found["attributes"].split() if found else []
    ids = [one[1:] for one in attributes if one.startswith("#")]
    known = all(map(_ATTRIBUTE.fullmatch, attributes))
    if not found or not (found["mark"] or (ids and known)):
        return heading, ""
    return heading[: found.start()].rstrip(), ids[0] if ids else ""


class Anchors:
    """Gives the headings of one page their anchors, in their order."""

    def __init__(self, rule: Slugs = "github") -> None:
        self._rule: Slugs = rule
        self._used: dict[str, int] = {}
        self._numbered = 0

    def anchor(self, heading: str) -> str:
        """The anchor of the next heading.

        >>> one = Anchors()
        >>> one.anchor("What's new?"), one.anchor("What's new?")
        ('whats-new', 'whats-new-1')
        """
        name = slug(heading, self._rule)
        if self._rule == "sphinx" and (not name or name in self._used):
            self._numbered += 1
            return f"id{self._numbered}"
        count = self._used.get(name, 0)
        self._used[name] = count + 1
        if not count:
            return name
        return f"{name}_{count}" if self._rule == "mkdocs" else f"{name}-{count}"


def slug(heading: str, rule: Slugs = "github") -> str:
    """A heading as an address.

    >>> [slug("1. Ö_b & C", rule) for rule in ("github", "mkdocs", "sphinx", "quarto")]
    ['1-ö_b--c', '1-o_b-c', 'o-b-c', 'ö_b-c']
    """
    text = heading.strip().lower()
    if rule == "quarto":
        text = "-".join(re.sub(r"[^\w\s.-]", "", text).split())
        return re.sub(r"^[\W\d_]+", "", text) or "section"
    if rule == "sphinx":
        text = re.sub(r"[^a-z0-9]+", "-", _ascii(text.translate(_SPELT)))
        return re.sub(r"^[-0-9]+|-+$", "", text)
    if rule == "mkdocs":
        text = without_icons(text)
    if rule == "mkdocs" and _is_latin(text):
        text = _ascii(text)
    text = re.sub(r"[^\w\s-]", "", text)
    if rule == "mkdocs":
        return re.sub(r"[-\s]+", "-", text.strip())
    return re.sub(r"\s", "-", text)


def _ascii(text: str) -> str:
    """A text without accents, and without what has no other form in ASCII."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _is_latin(text: str) -> bool:
    """Whether all letters are Latin: sites in other scripts have their own letters in anchors, as
    nothing would be left of them."""
    return all(unicodedata.name(one, "").startswith("LATIN") for one in text if one.isalpha())
