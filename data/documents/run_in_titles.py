"""Titles within a section: options of manual pages, and run-in titles of paragraphs.

    **--file** *path*
    Water. The pump is switched off on 31 October.
    **Slow first backup** (#902). Use 20 connections.
    5. Motion of the board: sheds may have 16 square metres.
    **Q: Who switches it on?** A: The caretaker does.

A section with several of the latter is about several things, though no heading parts them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from entrywise.data.entries import Section
from entrywise.data.languages import QUESTION_MARKS

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_LEAST = 3
"""Paragraphs with a title that make a section one of several things; half of all have to be."""
# In bold, or at most three words before a full stop or a colon.
_TITLE = re.compile(
    r"(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__)|[^\s.:]{1,40}(?: [^\s.:]{1,40}){0,2}[.:](?=\s+\S)"
)
_LABEL = re.compile(r"[^\s.:;!?–—][^.:;!?–—\n]{0,40}(?:\s[–—-]|[:：])\s+\S")
_MARKS = "*_ .:"
_UNCLOSED = re.compile(
    r"(?P<mark>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)"
    r"\*\*(?P<title>[^\s*`][^*`]{0,200}?)(?P<blank>[ \t\xa0]+)\*\*(?=[^\s*]|[ \t]*$)"
)
_WORD = re.compile(r"(?:^|\s)[^\W_]")


def is_labelled(text: str, *, is_bold: bool) -> bool:
    """Whether a paragraph begins with what it is about: in bold, or before a dash or a colon.

    >>> is_labelled("Tiredness – You may feel tired.", is_bold=False)
    True
    """
    return is_bold or _LABEL.match(text) is not None


def with_closed_title(line: str) -> str:
    """A line whose title in bold ends before the blank that editors put into it, or that is nothing
    else, which no reader of Markdown takes for bold.

    >>> with_closed_title("- **Slow backups: **use **20** connections")
    '- **Slow backups:** use **20** connections'
    """
    found = _UNCLOSED.match(line) if line.count("**") % 2 == 0 else None
    if not found:
        return line
    behind = f"{found['blank']}{line[found.end() :]}".rstrip()
    return f"{found['mark']}**{found['title']}**{behind}"


def is_option(paragraph: SyntaxTreeNode, text: str) -> bool:
    """Whether a paragraph is an option in bold with no more than what is given to it, as manual
    pages have them above what they do: `**--file** *path*`, `**-a**, **--arch**="ARCH"`."""
    if not text.startswith("-"):
        return False
    parts = paragraph.children[0].children
    beside = (one.content if one.type == "text" else " " for one in parts)
    return not _WORD.search("".join(beside))


def begins_with_question(paragraph: SyntaxTreeNode) -> bool:
    """Whether a paragraph begins with a question in bold, which the rest of it answers: it is not
    below the title before it."""
    inline = paragraph.children[0].children if paragraph.children else []
    first = next((one for one in inline if one.children or one.content), None)
    if first is None or first.type != "strong":
        return False
    said = "".join(one.content for one in first.walk() if not one.children)
    return said.rstrip().endswith(QUESTION_MARKS)


def run_in_titles(section: Section) -> frozenset[int]:
    """Where the paragraphs of a section begin that have a title of their own, in characters; none
    where it is no section of several things.

    What several begin with ("A:", "Example:") is no title, nor is the beginning of an answer to
    what stands before it.
    """
    paragraphs = 0
    titles: dict[int, str] = {}
    before = ""
    for block in section.blocks:
        text = section.text[block.start : block.end]
        if block.kind == "paragraph" and block.lead < 0:
            paragraphs += 1
            title = _TITLE.match(text)
            if title and not before.rstrip(_MARKS).endswith(QUESTION_MARKS):
                titles[block.start] = title[0].strip(_MARKS).lower()
        before = text
    times = Counter(titles.values())
    found = frozenset(start for start, title in titles.items() if times[title] == 1)
    return found if len(found) >= max(_LEAST, paragraphs / 2) else frozenset()
