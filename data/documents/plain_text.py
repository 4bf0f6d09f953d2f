"""Plain text of Markdown and HTML, without their markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

BLOCKS = frozenset(
    "address article aside blockquote caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
"""Elements of HTML that stand apart from what is around them."""
CODE = frozenset("code kbd samp tt".split())
BOLD, SLANTED = frozenset(("strong", "b")), frozenset(("em", "i"))
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements of HTML that have no end, as nothing is in them."""
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_NAME = re.compile(r"</?(\w+)")
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_ICON = re.compile(r":(?:[a-z]|[+-]\d)[a-z\d_+-]{0,40}:")
_SUPERSCRIPT = re.compile(r"[\w+−-]{1,8}")
_BREAKS = ("softbreak", "hardbreak")
_DIGITS = 9


def plain_node(node: SyntaxTreeNode) -> str:
    """What a paragraph, a heading or a cell says, on one line."""
    inlines = (child.token for child in node.children if child.type == "inline" and child.token)
    return one_blank(" ".join(plain_inline(token.children or ()) for token in inlines))


def plain_inline(tokens: Iterable[Token]) -> str:
    """What the tokens of a line or a paragraph say: of a link its text, of a picture what stands
    for it, unless it is shown on a line of its own below or above a text."""
    within = [*tokens]
    said = [one for place, one in enumerate(within) if not _is_shown_apart(place, within)]
    told, everything = (one_blank("".join(map(_of_token, one))) for one in (said, within))
    return told or everything


def _is_shown_apart(place: int, within: Sequence[Token]) -> bool:
    beside = (*within[max(place - 1, 0) : place], *within[place + 1 : place + 2])
    is_alone = bool(beside) and all(one.type in _BREAKS for one in beside)
    return is_alone and within[place].type == "image"


def without_tags(text: str) -> str:
    """What HTML says.

    >>> without_tags("<p>Salt &amp; <b>pepper</b></p>")
    'Salt & pepper'
    """
    return one_blank(unescape(_TAG.sub(" ", text)))


def one_blank(text: str) -> str:
    """A text on one line, with one blank between its words."""
    return " ".join(text.split())


def without_icons(heading: str) -> str:
    """A heading without the codes of emoji at its ends, which are no words of it.

    >>> without_icons(":rocket: Setting up"), without_icons("Barn - :cow: + :cat:")
    ('Setting up', 'Barn')
    """
    words = heading.split()
    icons = [_ICON.fullmatch(word) is not None for word in words]
    if not any(icons) or all(icons):
        return heading
    first, last = icons.index(False), len(words)
    says = [
        any(map(str.isalnum, word)) and not icon for word, icon in zip(words, icons, strict=True)
    ]
    behind = max((place + 1 for place, one in enumerate(says) if one), default=first)
    if any(icons[behind:]):
        last = max(behind, first + 1)
    return " ".join(words[first:last]) if first or last < len(words) else heading


def raised(text: str) -> str:
    """A superscript as it is read without one.

    >>> raised("64"), raised("st"), raised("n+1")
    ('⁶⁴', 'st', '^(n+1)')
    """
    if not _SUPERSCRIPT.fullmatch(text) or text.isalpha():
        return text
    found = text.translate(RAISED)
    return f"^({text})" if any(one.isascii() and one.isalnum() for one in found) else found


def margin(line: str) -> str:
    """The blanks that a line begins with."""
    return line[: len(line) - len(line.lstrip())]


def whole_number(text: str, default: int) -> int:
    """A number as documents write it; `default` for what is none, or has more digits than lists,
    tables and files have: Markdown knows no list that begins with more, and Python reads none of
    thousands.

    >>> whole_number("12", 1), whole_number("-3", 1), whole_number("9" * 5000, 1)
    (12, 1, 1)
    """
    return int(text) if text.isdecimal() and len(text) < _DIGITS else default


_TAB = 4


def columns(line: str) -> int:
    """How far a line is indented, a tab to the next four columns."""
    return len(margin(line).expandtabs(_TAB))


def outdented(line: str, most: int) -> str:
    """A line indented by at most so many columns less; tabs that stay are some.

    >>> outdented("      two", 4), outdented("  two", 4), outdented("\\t\\ttwo", 4)
    ('  two', 'two', '\\ttwo')
    """
    blanks = margin(line)
    if "\t" not in blanks:
        return line[min(len(blanks), most) :]
    tabs, left = divmod(most, _TAB)
    if not left and blanks.startswith("\t" * tabs):
        return line[tabs:]
    return " " * (columns(line) - most) + line[len(blanks) :]


def _of_token(token: Token) -> str:
    if token.type in _BREAKS:
        return " "
    if token.type == "html_inline":
        return _of_tag(token.content)
    if token.type == "image":
        return plain_inline(token.children or ())
    return token.content


def _of_tag(tag: str) -> str:
    """What parts the text before a tag from the one behind it."""
    found = _NAME.match(tag)
    name = found[1].lower() if found else ""
    if name == "li" and tag[1] != "/":
        return " • "
    return " " if name == "br" or name in BLOCKS else ""
