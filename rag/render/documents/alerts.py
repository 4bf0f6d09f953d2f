"""Remarks in Markdown as GitHub writes them, which most readers of Markdown know.

Hot.    ─▶    > [!WARNING]
              > Hot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from entrywise.data.documents.remarks import ALERTS, Remark


def with_alerts(source: str, remarks: Iterable[Remark]) -> str:
    """Markdown whose remarks are alerts; those of other kinds stay as they are."""
    lines = source.split("\n")
    for remark in sorted(remarks, key=lambda one: -one.lines.start):
        if name := ALERTS.get(remark.kind):
            own = slice(remark.lines.start, remark.lines.stop)
            lines[own] = _alert(lines[own], name, lines[own.stop : own.stop + 1])
    return "\n".join(lines)


def _alert(lines: Sequence[str], name: str, below: Sequence[str]) -> list[str]:
    is_quote = any(line.lstrip().startswith(">") for line in lines[:1])
    said = [number for number, line in enumerate(lines) if line.strip(" >")]
    if not said:
        return [*lines]
    inside, behind = lines[said[0] : said[-1] + 1], lines[said[-1] + 1 :]
    indent = inside[0][: len(inside[0]) - len(inside[0].lstrip(" "))]
    quoted = (
        inside if is_quote else [f"{indent}> {line[len(indent) :]}".rstrip() for line in inside]
    )
    # A paragraph right below would go on with it.
    gap = [""] if any(map(str.strip, [*behind, *below][:1])) else []
    return [f"{indent}> [!{name}]", *quoted, *gap, *behind]
