"""Quarto and R Markdown taken back to Markdown: cells of code, references and what divs hold.

```{r}                                     Mind the tide.
#| echo: false
#| fig-cap: Mind the tide.          ─▶
plot(tide)
```
See @sec-tide.                             See [The tide](tide.qmd#sec-tide).
::: {.callout-note}                        ::: note
## Before you sail                         **Before you sail**
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from entrywise.data.documents.conversion.titles import Titles, titled_link
from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences

SUFFIXES = (".qmd", ".rmd")
_CELL = re.compile(
    r"(?P<indent>[ \t]*)(?P<fence>`{3,})[ \t]*\{(?P<language>[A-Za-z]\w*)(?P<options>[^{}`]*"
    r"(?:\{[^{}`]*\}[^{}`]*)?)\}[ \t]*$"
)
_OPTION = re.compile(r"[ \t]*(?:#|//|--|%%)\|(?P<said>.*)$")
_NAMED = re.compile(r"[ ]?(?P<name>[\w.-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_GIVEN = re.compile(
    r"(?P<name>[\w.-]+)[ \t]*=[ \t]*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w.]+))"
)
_CAPTIONS = ("fig-cap", "tbl-cap", "fig.cap", "tbl.cap")
_OFF = frozenset(("false", "f"))
_UNSHOWN = re.compile(r"\bopts_chunk\$set\([^()]{0,500}?\becho[ \t]*=[ \t]*F(?:ALSE)?\b")
"""How R Markdown hides the code of a whole document."""
_DIV = re.compile(r"[ \t]*(?P<colons>:{3,})[ \t]*(?P<said>\S.*?)?[ \t]*:*[ \t]*$")
_TABS = re.compile(r"(?:^|[\s{.])(?:panel-)?tabset\b")
_CALLOUT = re.compile(
    r"(?:^|[\s{.])callout-(?P<kind>[a-z]+)\b(?:[^{}]*?\btitle=\"(?P<title>[^\"{}]*)\")?"
)
_HEADING = re.compile(
    r"[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?P<title>\S.*?)(?:[ \t]+\{[^{}]*\})?[ \t]*$"
)
# A section alone is called by its title; a figure has a number that Quarto counts.
_REFERENCE = re.compile(
    r"(?<![\w@\\])(?:\[-?@(?P<within>[\w:.-]*\w)\]|@(?P<label>sec-[\w:.-]*\w)|"
    rf"\\@ref\((?P<of_bookdown>[\w:.-]+)\))|{OUTSIDE_CODE}"
)
_KEYS = re.compile(rf"\{{\{{<[ ]*kbd[ ]+(?P<keys>[^<>{{}}=\s]+)[^<>{{}}]*>\}}\}}|{OUTSIDE_CODE}")
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?P<caption>\S.*?)(?:[ \t]+\{[^{}]*\})?[ \t]*$")


def from_quarto(text: str, fields: Mapping[str, object], titles: Titles, source: Path) -> str:
    """The Markdown of a document without its front matter.

    Code is left out where the document does not show it, with what it is made with; captions of
    what it draws stay.

    Args:
        fields: its front matter, which may hide all code.
        titles: those that references lead to.
        source: the file.
    """
    execute = fields.get("execute")
    echo = execute.get("echo") if isinstance(execute, dict) else None
    is_hidden = str(echo).lower() in _OFF or _UNSHOWN.search(text) is not None
    lines = [*_without_cells(text.split("\n"), is_hidden=is_hidden)]
    fences = Fences()
    shown = [
        line if fences.read(line) else _line(line, titles, source) for line in _labelled(lines)
    ]
    return "\n".join(shown)


def _without_cells(lines: Sequence[str], *, is_hidden: bool) -> Iterator[str]:
    """Lines without the options of cells, and without the cells that are not shown."""
    fences = Fences()
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        cell = None if fences.is_open else _CELL.match(line)
        fences.read(line)
        if cell is None:
            yield line
            continue
        start = number
        while number < len(lines) and fences.is_open:
            fences.read(lines[number])
            number += 1
        if fences.is_open:
            # It is never closed.
            yield from (line, *lines[start:])
            return
        yield from _cell(cell, lines[start : number - 1], lines[number - 1], is_hidden=is_hidden)


def _cell(
    cell: re.Match[str], body: Sequence[str], closing: str, *, is_hidden: bool
) -> Iterator[str]:
    count = next((n for n, line in enumerate(body) if not _OPTION.match(line)), len(body))
    options = {**_given(cell["options"]), **_named(body[:count])}
    echo = options.get("echo", "").lower()
    is_hidden = echo in _OFF or (is_hidden and not echo)
    is_hidden = is_hidden or options.get("include", "").lower() in _OFF
    code = body[count:]
    if not is_hidden and any(line.strip() for line in code):
        yield f"{cell['indent']}{cell['fence']}{cell['language']}"
        yield from code
        yield closing
    caption = next(filter(None, (options.get(name) for name in _CAPTIONS)), "")
    if caption and options.get("include", "").lower() not in _OFF:
        yield from ("", f"{cell['indent']}{caption}", "")


def _given(header: str) -> dict[str, str]:
    """The options behind the language of a cell: `{r tide, echo=FALSE}`."""
    found = _GIVEN.finditer(header)
    return {one["name"]: one["double"] or one["single"] or one["bare"] or "" for one in found}


def _named(lines: Iterable[str]) -> dict[str, str]:
    """The options above the code of a cell: `#| echo: false`; their text may go on below."""
    options: dict[str, str] = {}
    name = ""
    for line in lines:
        found = _OPTION.match(line)
        said = found["said"] if found else ""
        if option := _NAMED.match(said):
            name = option["name"]
            value = (option["value"] or "").strip()
            options[name] = "" if value in ("|", ">", "|-", ">-") else value.strip("\"'")
        elif name:
            options[name] = f"{options[name]} {said.strip()}".strip()
    return options


def _labelled(lines: Sequence[str]) -> Iterator[str]:
    """Lines whose headings that are tabs, or titles of callouts, are no headings."""
    fences = Fences()
    opened: list[tuple[str, str]] = []
    """The divs that are open: what they are, and the marks of their headings."""
    is_first = False
    for line in lines:
        is_code = fences.read(line)
        if not is_code and (div := _DIV.match(line)):
            said = div["said"] or ""
            callout = _CALLOUT.search(said)
            if said:
                kind = "callout" if callout else "tabs" * bool(_TABS.search(said))
                opened.append((kind, ""))
            elif opened:
                opened.pop()
            is_first = bool(said)
            title = (callout and callout["title"]) or ""
            yield f"{div['colons']} {callout['kind']} {title}".rstrip() if callout else line
            continue
        heading = None if is_code or not opened else _HEADING.match(line)
        if heading:
            kind, marks = opened[-1]
            is_title = is_first if kind == "callout" else kind == "tabs"
            if is_title and marks in ("", heading["marks"]):
                opened[-1] = kind, heading["marks"]
                line = f"**{heading['title'].replace('*', '')}**"
        is_first = is_first and not line.strip()
        yield line


def _line(line: str, titles: Titles, source: Path) -> str:
    """A line outside code, with titles for references, and keys and captions as they are seen."""
    if len(line) > LONGEST:
        return line
    if caption := _CAPTION.match(line):
        return caption["caption"]
    if "@" in line:
        line = _REFERENCE.sub(lambda found: _referred(found, titles, source), line)
    if "kbd" in line:
        line = _KEYS.sub(lambda found: found[0] if found["ticks"] else f"`{found['keys']}`", line)
    return line


def _referred(found: re.Match[str], titles: Titles, source: Path) -> str:
    """A link to the heading that a reference names; itself where none is known."""
    label = found["within"] or found["label"] or found["of_bookdown"]
    known = titles.of_label(label, source) if label else None
    return titled_link(*known) if known else found[0]
