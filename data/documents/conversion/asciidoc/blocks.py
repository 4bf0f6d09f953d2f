"""Blocks of AsciiDoc as Markdown: sections, paragraphs, lists, code, tables, admonitions.

== Tides                ## Tides
NOTE: Twice a day.  ─▶  !!! note

                            Twice a day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.conversion.asciidoc.inline import Inline, unmarked
from entrywise.data.documents.conversion.asciidoc.lines import (
    ANCHOR,
    FENCE,
    HEADING,
    TABLE,
    About,
    anchor_of,
    dedented,
    fenced,
    is_fence,
    tell,
    underlined,
    without_header,
)
from entrywise.data.documents.conversion.asciidoc.lists import (
    Item,
    end_of_list,
    is_item,
    items_of,
    mark_of,
)
from entrywise.data.documents.conversion.asciidoc.tables import Cell, read_table
from entrywise.data.documents.plain_text import whole_number

_MACRO = re.compile(
    r"(?P<name>image|video|audio|toc|ditaa|plantuml|kroki)::(?P<target>[^\[\]]*)\[(?P<said>.*)\]$"
)
_KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
_REMARK = re.compile(rf"(?P<kind>{'|'.join(_KINDS)}):[ \t]+(?P<text>\S.*)$")
_BREAK = re.compile(r"(?:'''|---|<<<|\* \* \*)$")
_BOX = re.compile(r"\[(?P<sign>[ xX*])\][ \t]+")
_WRAPPED = re.compile(r"(?<!\\)\n")
_DEEPEST = 20
"""Blocks within each other."""


class Blocks:
    """Writes lines as Markdown."""

    def __init__(self, document: Path, prefix: str = "_", separator: str = "_") -> None:
        """
        Args:
            prefix: what anchors of sections begin with.
            separator: what stands between their words.
        """
        self._document = document
        self._prefix, self._separator = prefix, separator
        self._inline = Inline(document, {})
        self._depth = self._lists = self._cells = 0

    def written(self, lines: Sequence[str]) -> str:
        """The Markdown of a document."""
        self._inline = Inline(self._document, self._titles(lines))
        return "\n\n".join(self._blocks([*without_header(lines)]))

    def _titles(self, lines: Sequence[str]) -> dict[str, str]:
        """{anchor: title} of the sections, and of blocks that have both."""
        titles: dict[str, str] = {}
        about = About()
        for line in lines:
            if not line.strip() or tell(line, about):
                continue
            if found := HEADING.match(line):
                text = ANCHOR.sub("", found["text"])
                titles.setdefault(text, text)
                titles[about.anchor or anchor_of(text, self._prefix, self._separator)] = text
            elif about.anchor and about.title:
                titles[about.anchor] = about.title
            about = About()
        return titles

    def _blocks(self, lines: list[str]) -> list[str]:
        """Lines as blocks of Markdown."""
        if self._depth >= _DEEPEST:
            return [writing.paragraph(writing.escaped(" ".join(lines)))]
        self._depth += 1
        blocks: list[str] = []
        place = 0
        while place < len(lines):
            about = About()
            while place < len(lines) and (not lines[place].strip() or tell(lines[place], about)):
                if not lines[place].strip() and not (about.style or about.title or about.anchor):
                    about = About()
                place += 1
            if place < len(lines):
                place, told = self._block(lines, place, about)
                blocks += filter(None, told)
        self._depth -= 1
        return blocks

    def _block(self, lines: list[str], place: int, about: About) -> tuple[int, list[str]]:
        """What begins on a line, and where it ends."""
        line = lines[place].rstrip()
        if heading := self._heading(lines, place, about):
            return heading
        if FENCE.match(line):
            end, inner = fenced(lines, place)
            return end, self._titled(about, self._delimited(line, inner, about))
        if TABLE.match(line):
            end, inner = fenced(lines, place)
            return end, self._titled(about, [self._table(inner, about, line)])
        if _BREAK.match(line) or line == "+":
            return place + 1, []
        if macro := _MACRO.match(line):
            return place + 1, self._macro(macro)
        if is_item(line):
            end = end_of_list(lines, place)
            return end, self._titled(about, [self._list(lines[place:end], about)])
        return self._paragraph(lines, place, about)

    def _heading(self, lines: list[str], place: int, about: About) -> tuple[int, list[str]] | None:
        line = lines[place].rstrip()
        if found := HEADING.match(line):
            level, text, end = len(found["level"]), found["text"], place + 1
        elif level := underlined(lines, place):
            text, end = line, place + 2
        else:
            return None
        if own := ANCHOR.match(text):
            about.anchor = about.anchor or own["id"]
        text = ANCHOR.sub("", text).strip()
        if about.style in ("discrete", "float"):
            return end, [writing.marked("**", self._inline(text))]
        anchor = about.anchor or anchor_of(text, self._prefix, self._separator)
        return end, [writing.heading(level, self._inline(text), anchor if level > 1 else "")]

    def _titled(self, about: About, blocks: list[str]) -> list[str]:
        """Blocks below their title."""
        if not about.title or not any(blocks):
            return blocks
        return [writing.paragraph(writing.marked("**", self._inline(about.title))), *blocks]

    def _delimited(self, fence: str, inner: list[str], about: About) -> list[str]:
        mark = fence[0]
        if about.style in ("stem", "latexmath", "asciimath"):
            text = "\n".join(inner).strip()
            return [f"$$\n{text}\n$$"] if text else []
        if (mark in "-.`" and fence != "--") or about.style in ("source", "listing", "literal"):
            language = about.positional[0] if about.positional else fence.strip("`-.=_*+")
            code = "\n".join(inner)
            is_marked = "quotes" in about.named.get("subs", "")
            return [writing.code_block(unmarked(code) if is_marked else code, language)]
        if mark == "+" or about.style == "comment":
            return []
        if about.style in _KINDS:
            return self._remark(about, self._blocks(inner))
        if mark == "_" or about.style in ("quote", "verse"):
            return [self._quote(self._blocks(inner), about)]
        return self._blocks(inner)

    def _quote(self, blocks: list[str], about: About) -> str:
        """A quotation, with who said it and where."""
        said = ", ".join(filter(None, about.positional))
        return writing.quote([*blocks, *([f"— {self._inline(said)}"] if said else [])])

    def _remark(self, about: About, blocks: list[str]) -> list[str]:
        if self._cells and blocks:
            # A cell is one line.
            return [f"{about.style.capitalize()}: {blocks[0]}", *blocks[1:]]
        titled, about.title = self._titled(about, blocks), ""
        return [writing.remark(about.style.lower(), titled)]

    def _macro(self, found: re.Match[str]) -> list[str]:
        if found["name"] != "image":
            return []
        told = found["said"].split(",")[0].strip('" ')
        return [writing.image(told.partition("=")[0] if "=" not in told else "", found["target"])]

    def _table(self, lines: list[str], about: About, fence: str) -> str:
        read = read_table(lines, about.named, fence)
        rows = [[self._cell(one) for one in row] for row in read.rows]
        header, below = (rows[0], rows[1:]) if read.has_header else ([], rows)
        return writing.table(header, below) if below or header else ""

    def _cell(self, one: Cell) -> str:
        if one.style == "a":
            self._cells += 1
            blocks = self._blocks(one.text.split("\n"))
            self._cells -= 1
            return writing.cell(blocks)
        if one.style in ("l", "m"):
            return writing.code_span(one.text)
        paragraphs = re.split(r"\n[ \t]*\n", one.text)
        return writing.cell(self._text(text.split("\n")) for text in paragraphs)

    def _text(self, lines: Sequence[str]) -> str:
        """The lines of a paragraph as one, but where they are to end."""
        # A line that is only to end is an empty one.
        told = (line.strip() for line in lines)
        text = self._inline("\n".join(line for line in told if line != "+"))
        return _WRAPPED.sub(" ", text)

    def _ends(self, line: str) -> bool:
        """Whether a line ends the paragraph above it."""
        is_apart = is_fence(line) or line.rstrip() == "+" or (self._lists and is_item(line))
        return bool(is_apart) or (line[:1] == "[" and tell(line, About()))

    def _paragraph(self, lines: list[str], place: int, about: About) -> tuple[int, list[str]]:
        end = place + 1
        while end < len(lines) and lines[end].strip() and not self._ends(lines[end]):
            end += 1
        told = lines[place:end]
        if about.style in ("source", "listing", "literal") or (
            told[0][:1].isspace() and not about.style
        ):
            language = about.positional[0] if about.style == "source" and about.positional else ""
            return end, self._titled(about, [writing.code_block(dedented(told), language)])
        if remark := _REMARK.match(told[0]):
            about.style, told = remark["kind"], [remark["text"], *told[1:]]
        text = self._text(told)
        blocks = [writing.paragraph(text)]
        if about.style in _KINDS:
            return end, self._remark(about, blocks)
        if about.style in ("quote", "verse"):
            blocks = [self._quote(blocks, about)]
        return end, self._titled(about, blocks)

    def _list(self, lines: list[str], about: About) -> str:
        """A list, of whatever kind its first item is."""
        mark, items = mark_of(lines[0]), items_of(lines)
        first = whole_number(about.named.get("start", lines[0].split(".")[0].strip()), 1)
        self._lists += 1
        try:
            if mark[0] in ":;":
                return "\n\n".join(self._defined(one) for one in items)
            told = [self._item(one.text, one.below) for one in items]
        finally:
            self._lists -= 1
        is_numbered = mark[0] in ".<" or mark[0].isalnum()
        return writing.listing(told, first if is_numbered else None)

    def _item(self, text: str, below: list[str]) -> list[str]:
        lines = [text, *below]
        boxed = _BOX.match(text)
        if boxed:
            lines[0] = text[boxed.end() :]
        blocks = self._attached(lines)
        if boxed and blocks:
            sign = " " if boxed["sign"] == " " else "x"
            blocks[0] = f"[{sign}] {blocks[0]}"
        return blocks

    def _attached(self, lines: list[str]) -> list[str]:
        """The blocks of an item: its text, a list below it, and what `+` attaches."""
        end = 1
        while end < len(lines) and lines[end].strip() not in ("", "+") and not is_item(lines[end]):
            if is_fence(lines[end]):
                break
            end += 1
        own = [line.strip() for line in lines[:end]]
        first = [writing.paragraph(self._text(own))] if any(own) else []
        return [
            *first,
            *self._blocks([line if line.strip() != "+" else "" for line in lines[end:]]),
        ]

    def _defined(self, one: Item) -> str:
        """A term, and what it means, which may begin on the next line."""
        name = self._inline(ANCHOR.sub("", one.term).strip())
        lines = [one.text, *one.below]
        while lines and not lines[0].strip():
            lines = lines[1:]
        if lines and (is_item(lines[0]) or is_fence(lines[0]) or lines[0].strip() == "+"):
            blocks = self._blocks(["" if line.strip() == "+" else line for line in lines])
        else:
            blocks = self._attached(lines) if lines else []
        if (self._lists > 1 or self._cells) and blocks:
            return "\n\n".join([f"{name}: {blocks[0]}", *blocks[1:]])
        meaning = "\n\n".join(blocks).split("\n")
        inside = "\n".join(f"    {line}" if line else "" for line in meaning).lstrip()
        return f"{name}\n:   {inside}" if inside else writing.marked("**", name)
