"""Reads a file of questions with their answers in YAML, as sites keep them: a page whose headings
are the questions, below those of their sections.

title: Renting                      # Renting
sections:                           ## Money
- name: Money                 ─▶    ### What does it cost?
  questions:                        Five euros.
  - question: What does it cost?
    answer: Five euros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from entrywise.data.documents.front_matter import parse_yaml
from entrywise.data.documents.plain_text import one_blank
from entrywise.data.documents.sections import read_page
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document
from entrywise.data.readers.files import read_text

_QUESTION, _ANSWER = "question", "answer"
_NAMES = ("name", "title", "section", "category", "heading")
"""What the name of a section is called."""
_HOLDS = re.compile(r"^[ \t]*(?:-[ \t]+)?(?:question|answer)[ \t]*:", re.MULTILINE)
_LARGEST = 2**21
"""Bytes of a file that is looked into."""
_DEEPEST = 6
"""The level of the least heading."""


class QuestionsReader(FileReader):
    """Reads one entry from a file that holds questions."""

    reads = "a .yml file of questions"
    suffixes = (".yml", ".yaml")

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`: most such files are settings of something."""
        try:
            is_small = super().accepts(source) and source.stat().st_size <= _LARGEST
            found = _HOLDS.findall(read_text(source)) if is_small else []
        except (OSError, KnowledgeBaseError):
            return False
        return len(found) > 1

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        told = parse_yaml(read_text(source), str(source), 1)
        fields = told if isinstance(told, dict) else {}
        title, summary = (_text(fields.get(name)) for name in ("title", "summary"))
        below = {name: one for name, one in fields.items() if name not in _NAMES} or told
        text = "\n\n".join([*filter(None, (summary,)), *_markdown(below, 2, set())])
        slugs = self._reading.slugs
        title = one_blank(title) or source.stem
        page = self._reading.pages.page(
            "markdown", slugs, title, text, read=lambda: read_page(text, slugs=slugs, title=title)
        )
        return document(source, page)


def _markdown(node: object, level: int, seen: set[int]) -> Iterator[str]:
    """The questions in what YAML holds, each below its section, as Markdown.

    Args:
        level: that of their headings.
        seen: what was passed already, as YAML may hold one thing in many places.
    """
    if not isinstance(node, dict | list) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, list):
        for one in node:
            yield from _markdown(one, level, seen)
        return
    question, answer = one_blank(_text(node.get(_QUESTION))), _text(node.get(_ANSWER))
    if question and answer:
        yield f"{'#' * min(level, _DEEPEST)} {question}"
        yield answer
        return
    name = next(filter(None, (one_blank(_text(node.get(one))) for one in _NAMES)), "")
    inner = level + 1 if name else level
    within = [part for one in node.values() for part in _markdown(one, inner, seen)]
    if name and within:
        yield f"{'#' * min(level, _DEEPEST)} {name}"
    yield from within


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
