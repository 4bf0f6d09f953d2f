"""Links of Markdown as they are written: with their addresses, or with labels of these.

[the guide](../setup.md "Setup")   [it](<my file.md>)   ![plan](plan_(2).png)
[the guide][setup]   [setup]                            [setup]: ../setup.md
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from entrywise.data.documents.dialects.fences import OUTSIDE_CODE, Fences

ADDRESS = (
    r"\]\(\s*+(?:<(?P<bracketed>[^<>\n]++)>"
    r"|(?P<bare>(?!<)[^\s()]++(?:\([^\s()]*+\)[^\s()]*+)*+))"
    r"(?=\s*+\)|\s++[\"'(])"
)
"""What follows the text of a link, to the end of its address, behind which a title may come: one
with blanks stands in angle brackets, and parentheses in one come in pairs."""
_ADDRESS = re.compile(ADDRESS)
_LABEL = r"[^\[\]\\]{1,999}"
# What gives a label its address, one behind a text with brackets of its own, and any other.
_LABELLED = re.compile(
    rf"^ {{0,3}}\[{_LABEL}\]:|(?<=\])\[(?P<behind>{_LABEL})\](?!\()|"
    rf"(?<!\\)\[(?P<text>{_LABEL})\](?:\[(?P<label>{_LABEL})?\])?(?![\[(])|{OUTSIDE_CODE}",
    re.MULTILINE,
)


def address_of(found: re.Match[str]) -> str | None:
    """The address in a match of a pattern that has `ADDRESS` in it; None where that has no part in
    the match."""
    address: str | None = found["bracketed"] or found["bare"]
    return address


def addresses(markdown: str) -> Iterator[str]:
    """The addresses of links and pictures, in order.

    >>> list(addresses("[a](<b c.md>) and ![d](e_(2).png 'f')"))
    ['b c.md', 'e_(2).png']
    """
    yield from filter(None, map(address_of, _ADDRESS.finditer(markdown)))


def with_addresses(markdown: str, new: Callable[[str], str]) -> str:
    """The same text with other addresses, each made of the one that it replaces.

    >>> with_addresses("[a](<b c> 'd')", str.upper)
    "[a](<B C> 'd')"
    """

    def replaced(found: re.Match[str]) -> str:
        group = "bracketed" if found["bracketed"] else "bare"
        start, end = (place - found.start() for place in found.span(group))
        whole = found.group()
        return f"{whole[:start]}{new(found[group])}{whole[end:]}"

    return _ADDRESS.sub(replaced, markdown)


def labelled(markdown: str, known: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The labels of links in a text, and their addresses.

    Args:
        known: what the parser has read of the document ("references" in its environment).
    """
    if not known:
        return ()
    from markdown_it.common.utils import normalizeReference

    defined = known.get("references", {})
    labels = dict.fromkeys(map(_label, _LABELLED.finditer(markdown)))
    found = ((one, defined.get(normalizeReference(one))) for one in labels if one)
    return tuple((label, one["href"]) for label, one in found if one)


def with_labels_read(markdown: str, links: Iterable[tuple[str, str]]) -> str:
    """The same text with addresses in the place of labels, but for code.

    >>> with_labels_read("[Roll][] it [out][r], `[r]`", [("Roll", "a.md"), ("r", "b_(c)")])
    '[Roll](a.md) it [out](<b_(c)>), `[r]`'
    """
    addresses = dict(links)
    if not addresses:
        return markdown

    def read(found: re.Match[str]) -> str:
        address = addresses.get(_label(found))
        if address is None:
            return found.group()
        text = f"[{found['text']}]" if found["text"] else ""
        return f"{text}({f'<{address}>' if re.search('[()]', address) else address})"

    fences = Fences()
    runs = groupby(markdown.split("\n"), fences.read)
    texts = ((is_code, "\n".join(lines)) for is_code, lines in runs)
    return "\n".join(text if is_code else _LABELLED.sub(read, text) for is_code, text in texts)


def _label(found: re.Match[str]) -> str:
    label: str = found["label"] or found["text"] or found["behind"] or ""
    return label
