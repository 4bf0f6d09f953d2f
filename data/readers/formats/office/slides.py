"""Reads a presentation (.pptx): a section for each slide, with its lists, tables and notes.

slide 1: "Onboarding"           ─▶ Entry("deck", "Onboarding", …)
slide 2: "First day" | • Badge       Section("first-day", "- Badge", ("First day",), …)

A slide with nothing but a title heads those behind it. Texts come from top to bottom, and from left
to right where they begin at the same height.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.data.documents.conversion.writing import (
    BREAK,
    cell,
    escaped,
    heading,
    link,
    listing,
    paragraph,
    table,
)
from entrywise.data.documents.sections import Page, read_page
from entrywise.data.entries import Unread
from entrywise.data.readers.base import Contents, FileReader
from entrywise.data.readers.documents import document, is_short
from entrywise.data.readers.encodings import missing_package
from entrywise.data.readers.files import broken, read_archive
from entrywise.data.readers.formats.office.drawings import charted, drawn, parts

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_LINES = 12
"""Texts that begin within the same twelfth of a slide's height stand beside each other."""
_FURNITURE = ("DATE", "FOOTER", "SLIDE_NUMBER")
_LISTS = ("BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT")
"""Placeholders whose paragraphs are items, unless they say otherwise."""
_ENDS = ".:;,!"
_SIGN = 2
"""Characters up to which a text is a sign in a drawing: "1", "A7"."""
_LABEL = 3
"""Words of a text at most that stands beside something in a drawing."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class SlidesReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .pptx file"
    suffixes = (".pptx",)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        content = read_archive(source)
        page = self._reading.pages.page("slides", content, read=lambda: _page(content, source))
        return document(source, page)


def _page(content: bytes, source: Path) -> Page:
    try:
        import pptx
    except ImportError as error:
        raise missing_package(source, error) from error
    try:
        return _Writer(pptx.Presentation(BytesIO(content))).page()
    except Exception as error:  # A broken file makes the library raise whatever it meets.
        raise broken(source, error) from error


class _Writer:
    """Writes the slides of a presentation as Markdown, and lists what of them is none."""

    def __init__(self, presentation: Presentation) -> None:
        self._slides = [*presentation.slides]
        self._line = (presentation.slide_height or _LINES) // _LINES
        self._unread: list[Unread] = []

    def page(self) -> Page:
        """The page that the presentation is: what its first slide says is its title."""
        title, blocks, level = "", list[str](), 2
        for number, slide in enumerate(self._slides, start=1):
            if slide.element.get("show") == "0":
                self._miss(number, "is hidden, and was not read")
                continue
            own, *subtitle = _title(slide)
            told = self._told(slide, number, level + 1)
            if number == 1:
                if not own and told and is_short(told[0]):
                    own, *told = told
                    own = own.replace("\\", "")
                title, own = own, ""
                told = [*(paragraph(escaped(line)) for line in subtitle), *told]
            else:
                own = " ".join((own, *subtitle))
            is_alone = bool(own) and not told
            blocks += filter(None, (heading(2 if is_alone else level, escaped(own)), *told))
            level = 3 if is_alone else level
        page = read_page("\n\n".join(blocks), title=title)
        return Page(page.title, page.sections, faults=(*page.faults, *self._unread))

    def _miss(self, number: int, reason: str) -> None:
        self._unread.append(Unread(f"slide {number}", reason, "warning"))

    def _told(self, slide: Slide, number: int, level: int) -> list[str]:
        """What a slide says below its title."""
        title = slide.shapes.title
        shapes = [one for one in _flat(slide.shapes) if one != title and not _is_furniture(one)]
        shapes.sort(key=lambda one: ((one.top or 0) // self._line, one.left or 0))
        told = [_blocks(shape, level) for shape in shapes]
        blocks = [*_joined(told)]
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
            lines = filter(str.strip, notes.text.replace("\v", "\n").splitlines())
            blocks += (paragraph(escaped(line)) for line in lines)
        if not blocks and any(_holds(one, "blip") for one in shapes):
            self._miss(number, "has pictures and no text below its title")
        for shape, own in zip(shapes, told, strict=True):
            if not own and (kind := _drawing(shape)):
                self._miss(number, f"has a {kind} that was not read")
        return blocks


def _title(slide: Slide) -> list[str]:
    """The lines of a title; an empty one where there is none."""
    shape = slide.shapes.title
    text = shape.text_frame.text.replace("\v", "\n") if shape is not None else ""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()] or [""]


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """Shapes, and those of groups instead of them."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _is_furniture(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type.name in _FURNITURE


def _drawing(shape: Any) -> str:
    """What kind of a drawing a shape is, whose texts are not in itself; none for others."""
    is_chart = getattr(shape, "has_chart", False)
    return "chart" if is_chart else "diagram" if parts(shape) else ""


def _holds(shape: Any, name: str) -> bool:
    return next(shape.element.iter(f"{_DRAWING}{name}"), None) is not None


def _joined(shapes: Iterable[list[str]]) -> Iterator[str]:
    """The blocks of shapes; labels, as there are in a drawing, are the lines of one paragraph."""
    labels: list[str] = []
    for blocks in shapes:
        if len(blocks) == 1 and is_short(blocks[0]) and len(blocks[0].split()) <= _LABEL:
            labels += blocks
            continue
        yield from filter(None, (BREAK.join(labels), *blocks))
        labels = []
    yield from filter(None, (BREAK.join(labels),))


def _blocks(shape: Any, level: int) -> list[str]:
    """What a shape says, as blocks of Markdown with headings of a level at most."""
    if getattr(shape, "has_table", False):
        return _tabled([[*row.cells] for row in shape.table.rows], level)
    if getattr(shape, "has_chart", False):
        return charted(shape.chart)
    if shape.has_text_frame:
        if shape.is_placeholder:
            is_list = shape.placeholder_format.type.name in _LISTS
            return _said(_paragraphs(shape), is_list=is_list)
        return _headed(_said(_paragraphs(shape), is_list=False), level)
    return _listed([(depth, escaped(text)) for depth, text in drawn(shape)])


def _tabled(rows: Sequence[Sequence[Any]], level: int) -> list[str]:
    if all(len(row) == 1 for row in rows):
        boxes = (_said(_paragraphs(row[0]), is_list=False) for row in rows)
        return _headed([*chain.from_iterable(boxes)], level)
    told = [[cell(filter(None, map(_text, _paragraphs(one)))) for one in row] for row in rows]
    return [table(told[0], told[1:])] if any(map(any, told)) else []


def _said(paragraphs: Sequence[Any], *, is_list: bool) -> list[str]:
    """Paragraphs and lists of a box of text."""
    told = [(one, _text(one)) for one in paragraphs]
    told = [(one, text) for one, text in told if len(text) > _SIGN and any(map(str.isalnum, text))]
    blocks: list[str] = []
    listed: list[tuple[int, str]] = []
    for one, text in told:
        if _is_item(one, is_list=is_list and len(told) > 1):
            listed.append((one.level, text))
            continue
        blocks += (*_listed(listed), paragraph(text))
        listed = []
    return [*blocks, *_listed(listed)]


def _headed(blocks: Sequence[str], level: int) -> list[str]:
    """The blocks of a box, whose first line heads the others where it alone is short and no
    sentence."""
    first, *others = blocks or [""]
    is_title = is_short(first) and first[-1:] not in _ENDS
    if is_title and others and not all(map(is_short, others)):
        return [heading(level, first), *others]
    return [*blocks]


def _paragraphs(box: Any) -> list[Any]:
    return [*box.text_frame.paragraphs]


def _text(one: Any) -> str:
    """A paragraph as Markdown, with its links."""
    told = [(run.text, _address(run)) for run in one.runs]
    if not any(target for _, target in told):
        return escaped(" ".join(one.text.split()))
    runs = (link(escaped(text), to) if to else escaped(text) for text, to in told)
    return " ".join("".join(runs).split())


def _address(run: Any) -> str:
    """Where a run of characters leads to; nowhere where that is another slide, or missing."""
    try:
        target = run.hyperlink.address or ""
    except KeyError:
        return ""
    return target if ":" in target else ""


def _is_item(one: Any, *, is_list: bool) -> bool:
    """Whether a paragraph is an item: it has a mark of its own, or one from its placeholder."""
    own = one._p.find(f"{_DRAWING}pPr")
    marks = {child.tag.removeprefix(_DRAWING) for child in own} if own is not None else set()
    return bool(marks & {"buChar", "buAutoNum"}) or (is_list and "buNone" not in marks)


def _listed(told: Sequence[tuple[int, str]]) -> list[str]:
    """A list of items with their levels; none without items."""
    if not told:
        return []
    top = min(level for level, _ in told)
    parts: list[tuple[str, list[tuple[int, str]]]] = []
    for level, text in told:
        if level == top or not parts:
            parts.append((text, []))
        else:
            parts[-1][1].append((level, text))
    return [listing([text, *_listed(below)] for text, below in parts)]
