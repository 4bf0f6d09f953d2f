"""Links of Markdown as they are written: the one pattern that finds the address of one.

[the guide](../setup.md "Setup")   [it](<my file.md>)   ![plan](plan_(2).png)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

ADDRESS = (
    r"\]\(\s*+(?:<(?P<bracketed>[^<>\n]++)>"
    r"|(?P<bare>[^\s()<>]++(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))"
    r"(?=\s*+\)|\s++[\"'(])"
)
"""What follows the text of a link, to the end of its address, behind which a title may come: one
with blanks stands in angle brackets, and parentheses in one come in pairs."""
_ADDRESS = re.compile(ADDRESS)


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
