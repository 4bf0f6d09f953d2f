"""Reads a folder of Markdown: a document is an entry, its headings are its sections.

    guide/setup.md   # Setup            ─▶ Entry(id="guide/setup", name="Setup", category="guide")
                     First this.        ─▶ Section("introduction", "First this.")
                     ## On Linux
                     Then that.         ─▶ Section("on-linux", "Then that.")

A section's text is the Markdown source below its heading, as it stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.entries import EXPANSION, NAME, Entry, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents
from entrywise.data.readers.fields import Record, is_clean, show
from entrywise.data.readers.files import read_text
from entrywise.data.readers.identity import FILE, belongs, read_identity

if TYPE_CHECKING:
    from markdown_it.token import Token

DEFAULT_CATEGORY = "documents"
INTRODUCTION = "introduction"


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading and its lines in the source, end exclusive."""

    level: int
    text: str
    start: int
    end: int


class MarkdownReader:
    """Reads one entry from each `*.md` file that has text, sorted by path; hidden ones, and those
    that the folder's identity leaves out, are none. A category is the folder that a file is in."""

    reads = "a folder of Markdown"

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return source.is_dir()

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        found = [path for path in sorted(source.rglob("*.md")) if _is_document(path, source)]
        if not found:
            raise KnowledgeBaseError(f"{source}: holds no Markdown; add *.md files or name another")
        identity = read_identity(source)
        paths = [path for path in found if belongs(path.relative_to(source), identity)]
        if not paths:
            raise KnowledgeBaseError(
                f"{source}: its {FILE} leaves out all {len(found)} *.md files; correct include or "
                "exclude there"
            )
        entries = tuple(entry for path in paths if (entry := _read_document(path, source)).sections)
        if not entries:
            raise KnowledgeBaseError(f"{paths[0]}: holds no text; write some below its headings")
        return Contents(entries)


def _is_document(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.is_file() and not any(part.startswith(".") for part in parts)


def _read_document(path: Path, folder: Path) -> Entry:
    relative = path.relative_to(folder)
    if not is_clean(str(relative)):
        raise KnowledgeBaseError(f"{show(str(path))}: the name is no UTF-8; rename the file")
    matter, lines = _front_matter(read_text(path).split("\n"))
    record = Record(f"{path}: front matter", matter)
    headings = tuple(_headings("\n".join(lines)))
    first = next((heading for heading in headings if heading.level == 1), None)
    return Entry(
        id=relative.with_suffix("").as_posix(),
        name=record.note("title") or (first.text if first else "") or path.stem,
        category=relative.parts[0] if len(relative.parts) > 1 else DEFAULT_CATEGORY,
        sections=tuple(_sections(lines, headings)),
        url=record.url("url"),
    )


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The `key: value` lines between two `---` at the top, and the lines below."""
    if lines[0].rstrip() != "---":
        return {}, lines
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(marks) < 2:
        return {}, lines
    pairs = (line.partition(":") for line in lines[1 : marks[1]])
    return {key: _unquoted(value.strip()) for key, _, value in pairs}, lines[marks[1] + 1 :]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _headings(source: str) -> Iterator[_Heading]:
    """The headings of a document; those inside quotes, lists and code are text."""
    # Whoever only asks reads no Markdown, and would wait for it.
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(source)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            start, end = token.map
            yield _Heading(int(token.tag[1:]), _plain(inline), start, end)


def _plain(inline: Token) -> str:
    """A heading without its markup."""
    pieces = (child.content or " " * (child.type == "softbreak") for child in inline.children or ())
    return "".join(pieces).strip()


def _sections(lines: list[str], headings: tuple[_Heading, ...]) -> Iterator[Section]:
    used = {NAME, EXPANSION}
    for name, text in _stretches(lines, headings):
        if text:
            unique = _unused(name, used)
            used.add(unique)
            yield Section(unique, text)


def _stretches(lines: list[str], headings: tuple[_Heading, ...]) -> Iterator[tuple[str, str]]:
    """Each stretch between headings, with a name made from the heading above it."""
    titled = bool(headings) and headings[0].level == 1
    names = [INTRODUCTION] * (1 + titled) + [_slug(heading.text) for heading in headings[titled:]]
    starts = [0, *(heading.end for heading in headings)]
    ends = [*(heading.start for heading in headings), len(lines)]
    texts = ["\n".join(lines[start:end]).strip() for start, end in zip(starts, ends, strict=True)]
    if titled:
        texts[:2] = ["\n\n".join(filter(None, texts[:2]))]
        names = names[1:]
    return zip(names, texts, strict=True)


def _slug(heading: str) -> str:
    return re.sub(r"[\W_]+", "-", heading.lower()).strip("-") or "section"


def _unused(name: str, used: set[str]) -> str:
    number = 1
    candidate = name
    while candidate in used:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
