"""Labels: paragraphs of a few words right above a list, which say what the list is of.

Rice (cooked)              a label, of which three or more stand below one heading

- Refrigerator: 3 days     its list

"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from entrywise.data.documents.parsing.headings import below_headings, said
from entrywise.data.documents.parsing.lists import LISTS
from entrywise.data.entries import Block
from entrywise.data.languages import COLONS, QUESTION_MARKS
from entrywise.data.words import word_count

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_LEAST = 3
"""Labels below one heading that make it one of several things."""
_MOST_WORDS = 6
_STOPS = (*QUESTION_MARKS, ".", "!", "…", "。", "！", "।")


def is_label(text: str, lines: int) -> bool:
    """Whether a paragraph is short enough, and no sentence, to say what the list below it is of.

    >>> is_label("Rice (cooked)", 1), is_label("Store it dry.", 1)
    (True, False)
    """
    said = text.strip()
    is_short = lines == 1 and 0 < word_count(said) <= _MOST_WORDS
    return is_short and any(map(str.isalpha, said)) and not said.endswith(_STOPS)


def labels(nodes: Sequence[SyntaxTreeNode]) -> Mapping[int, int]:
    """{number: level} of the paragraphs that are headings, as they label the lists below them, and
    no other paragraph stands behind the first of them. What several of a page say ("Example:") says
    nothing by itself."""
    names = {number: _name(nodes[number]) for number in _labelling(nodes)}
    times = Counter(names.values())
    found: dict[int, int] = {}
    for level, numbers in below_headings(nodes):
        own = [one for one in numbers if one in names and times[names[one]] == 1]
        behind = [one for one in numbers if own and nodes[one].type == "paragraph" and one > own[0]]
        if len(own) >= _LEAST and own[1:] == behind:
            found |= dict.fromkeys(own, level + 1)
    return found


def without_colon(label: str) -> str:
    """A label as a heading."""
    return label.strip().rstrip("".join(COLONS)).rstrip()


def _labelling(nodes: Sequence[SyntaxTreeNode]) -> Iterator[int]:
    """The numbers of labels that have a list below them; not pictures, nor what is in bold, which
    is a title within its section, as those of tabs are."""
    for number, node in enumerate(nodes[:-1]):
        if node.type == "paragraph" and node.map and nodes[number + 1].type in LISTS:
            parts = node.children[0].children if node.children else []
            is_other = any(one.type in ("image", "strong") for one in parts)
            if not is_other and is_label(said(node), node.map[1] - node.map[0]):
                yield number


def _name(node: SyntaxTreeNode) -> str:
    return without_colon(said(node)).lower()


def without_label(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks of a section without labels of what is opened in it and not closed, as those of
    tabs that hold the next headings."""
    found = [*blocks]
    while found and found[-1].kind == "title":
        label = text[found[-1].start :]
        if not label.startswith("<") or "</" in label:
            break
        found.pop()
    return found
