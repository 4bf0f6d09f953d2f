"""Definition lists of HTML as sections: entries of an interface, a file of settings or a glossary,
each at an address of its own.

<dl><dt id="size">size (number)</dt><dd>How large …</dd>    ─▶    ### size {#size}
<dt id="hue">hue</dt><dd>Which colour …</dd></dl>                 **size (number)**
                                                                  How large …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from entrywise.data.documents.conversion import elements

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LEAST = 1500
"""Characters of definitions that stand together, at least: fewer are read at a glance."""
_EACH = 120
"""Characters of one of them, in the mean."""
_WITH_ADDRESS = 0.5
"""The share of them that have an address, at least."""
_BEHIND = 0.25
"""How much may stand behind them, below the last one as it seems, as a share of theirs."""
_HOLDERS = frozenset("blockquote li table".split())
LONGEST = 80
"""Characters of a heading of several names."""


class Defined(NamedTuple):
    """What is defined, in its words, and what it is called above them."""

    terms: Sequence[LexborNode]
    meaning: Sequence[LexborNode]


def are_long(count: int, size: int) -> bool:
    """Whether so many definitions, of so many characters, are too long to be read at a glance."""
    return count > 1 and size >= max(_LEAST, _EACH * count)


def are_sections(node: LexborNode) -> bool:
    """Whether the definitions of a list, and of those beside it, are long, have addresses, and are
    what the place where they stand is about."""
    parent = node.parent
    if parent is None:
        return False
    lists = [one for one in parent.iter() if one.tag == "dl"]
    firsts = [group.terms[0] for one in lists for group in defined(one) if group.terms]
    told = sum(_size(one) for one in lists)
    with_address = sum(bool(elements.anchor(one)) for one in firsts)
    if (
        not are_long(len(firsts), told)
        or with_address < _WITH_ADDRESS * len(firsts)
        or any(one.tag in _HOLDERS for one in elements.around(node))
    ):
        return False
    last = lists[-1]
    while last.parent and last.parent.tag == "div" and len(list(last.parent.iter())) == 1:
        last = last.parent
    behind = 0
    after = last.next
    while after and behind <= _BEHIND * told:
        if not after.is_text_node:
            if after.css_matches(elements.HEADINGS) or after.css_first(elements.HEADINGS):
                break
            behind += _size(after)
        after = after.next
    return behind <= _BEHIND * told


def defined(node: LexborNode) -> Iterator[Defined]:
    """What a list defines, in its order; groups of a term and its meaning may stand in `div`, and
    there are terms that say nothing, where DocBook has one within another."""
    terms: list[LexborNode] = []
    meaning: list[LexborNode] = []
    for child in _flat(node):
        if child.tag == "dt" and meaning:
            yield Defined(terms, meaning)
            terms, meaning = [], []
        if child.tag != "dt":
            meaning.append(child)
        elif elements.bare(child).strip() or child.css_first("img"):
            terms.append(child)
    if terms or meaning:
        yield Defined(terms, meaning)


def name(texts: Sequence[str]) -> str:
    """What is defined is called as people call it, without the brackets of a signature or a type;
    by all its names where they are short.

    >>> name(["-t pattern", "--table=pattern"]), name(["iter(it)", "iter(it, end)"])
    ('-t pattern, --table=pattern', 'iter()')
    >>> name(["size (number)"])
    'size'
    """
    called = tuple(dict.fromkeys(map(_called, filter(None, texts))))
    joined = ", ".join(called)
    return joined if len(joined) <= LONGEST else called[0]


def _called(text: str) -> str:
    before, bracket, _ = text.partition("(")
    if not bracket or not before.strip():
        return text
    return before.rstrip() if before[-1].isspace() else f"{before}()"


def _flat(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.iter():
        if child.tag == "div":
            yield from child.iter()
        else:
            yield child


def _size(node: LexborNode) -> int:
    return len(elements.bare(node))
