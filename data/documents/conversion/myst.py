"""MyST's references taken back to Markdown: what leads to a document or a heading by its name is
called by its title, as on the site.

See {doc}`guide/undo`.               See [Rolling back](guide/undo.md).
See {ref}`undo` and [](#undo).  ─▶   See [Rolling back](#undo) and [Rolling back](#undo).
See {ref}`how <undo>`.               See [how](#undo).
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from entrywise.data.documents.conversion.titles import Titles, titled_link
from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences
from entrywise.data.documents.dialects.sphinx import NAMED_TARGET

_REFERENCE = re.compile(
    r"(?<![`\\])\{(?P<role>doc|ref|numref)\}`(?P<said>[^`]+)`(?!`)|"
    rf"(?<![!\\])\[\]\(<?(?P<target>[^()<>\s\"]+)>?\)|{OUTSIDE_CODE}"
)


def from_myst(text: str, titles: Titles, source: Path) -> str:
    """Markdown with titles for the references that name nothing but where they lead. One that leads
    to no document stays as it is.

    Args:
        titles: those that references lead to.
        source: the file.
    """
    if "}`" not in text and "[](" not in text:
        return text
    fences = Fences()
    return "\n".join(
        line if fences.read(line) or len(line) > LONGEST else _line(line, titles, source)
        for line in text.split("\n")
    )


def _line(line: str, titles: Titles, source: Path) -> str:
    if "}`" not in line and "[](" not in line:
        return line
    return _REFERENCE.sub(lambda found: _referred(found, titles, source), line)


def _referred(found: re.Match[str], titles: Titles, source: Path) -> str:
    """A link for a reference; itself where nothing has its name."""
    said = found["said"] or found["target"]
    if not said:
        return found[0]
    named = NAMED_TARGET.fullmatch(said) if found["role"] else None
    target = named["target"] if named else said
    known = None
    if found["role"] in ("doc", None):
        known = _document(target, titles, source)
    if known is None and found["role"] != "doc":
        known = titles.of_label(target.removeprefix("#"), source)
    if known is None:
        return found[0]
    title, place = known
    return titled_link(named["text"] if named else title, place)


def _document(target: str, titles: Titles, source: Path) -> tuple[str, str] | None:
    """The title of a document, and its path as links have it."""
    title = titles.of_document(target, source)
    suffix = PurePosixPath(target).suffix or source.suffix
    return (title, f"{target.removesuffix(suffix)}{suffix}") if title else None
