"""What a slide draws: a chart as a table, a diagram (SmartArt) as items with their levels.

<dgm:pt modelId="1"><a:t>Injection</a:t></dgm:pt> … <dgm:cxn srcId="0" destId="1" srcOrd="0"/>
    ─▶ (0, "Injection"), (1, "SQL"), …

ECMA-376, part 1, 21.4: points, and connections from what stands above to what stands below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.writing import escaped, table
from entrywise.data.readers.formats.tables.number_formats import shown

_FORMATS = "{http://schemas.openxmlformats.org"
_DIAGRAM = f"{_FORMATS}/drawingml/2006/diagram}}"
_DRAWING = f"{_FORMATS}/drawingml/2006/main}}"
_RELATIONS = f"{_FORMATS}/officeDocument/2006/relationships}}"
_FIRST_DAY = datetime(1899, 12, 30)
"""Office programs count days from here."""


def charted(chart: Any) -> list[str]:
    """What a chart of categories draws, as tables; none of others."""
    from pptx.chart.axis import DateAxis

    try:
        of_days = isinstance(chart.category_axis, DateAxis)
        told = [_drawn_values(plot, of_days=of_days) for plot in chart.plots]
    except (NotImplementedError, ValueError):  # A kind that is unknown, or has no categories.
        return []
    return [table(header, rows) for header, rows in told if rows]


def _drawn_values(plot: Any, *, of_days: bool) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of what is drawn, a row for each category."""
    names = [*map(str, plot.categories)]
    if of_days:
        names = [shown(_FIRST_DAY + timedelta(float(name))) for name in names]
    columns = [names, *([*map(shown, one.values)] for one in plot.series)]
    rows = [[*map(escaped, row)] for row in zip(*columns, strict=False)]
    return ["", *(escaped(one.name) for one in plot.series)], rows


def drawn(shape: Any) -> list[tuple[int, str]]:
    """The texts of a diagram with their levels."""
    return [one for part in parts(shape) for one in items(shape.part.related_part(part).blob)]


def parts(shape: Any) -> list[str]:
    """Where the texts of a diagram are."""
    told = (one.get(f"{_RELATIONS}dm") for one in shape.element.iter(f"{_DIAGRAM}relIds"))
    return [part for part in told if part]


def items(data: bytes) -> list[tuple[int, str]]:
    """The texts of the data of a diagram, from top to bottom, each with its level from 0 on; none
    of data that is malformed."""
    try:
        root = ET.fromstring(data)
    except ET.ParseError:
        return []
    texts = {
        point.get("modelId", ""): _text(point)
        for point in root.iter(f"{_DIAGRAM}pt")
        # Others are lines from one to another, and the looks of a point.
        if point.get("type", "node") in ("node", "doc", "asst")
    }
    below: dict[str, list[tuple[int, str]]] = {}
    for one in root.iter(f"{_DIAGRAM}cxn"):
        if one.get("type", "parOf") == "parOf":
            place = int(one.get("srcOrd", "0")) if one.get("srcOrd", "0").isdecimal() else 0
            below.setdefault(one.get("srcId", ""), []).append((place, one.get("destId", "")))
    held = {inner for ordered in below.values() for _, inner in ordered}
    return [*_told([name for name in texts if name not in held], texts, below)]


def _told(
    tops: Sequence[str], texts: Mapping[str, str], below: Mapping[str, Sequence[tuple[int, str]]]
) -> Iterator[tuple[int, str]]:
    """The texts of points and of those below them, each point once."""
    waiting = [(0, name) for name in reversed(tops)]
    seen: set[str] = set()
    while waiting:
        level, name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        own = texts.get(name, "")
        if own:
            yield level, own
        inner = [one for _, one in sorted(below.get(name, ()))]
        waiting += ((level + bool(own), one) for one in reversed(inner))


def _text(point: ET.Element) -> str:
    paragraphs = (
        "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING}t"))
        for paragraph in point.iter(f"{_DRAWING}p")
    )
    return " ".join(" ".join(paragraphs).split())
