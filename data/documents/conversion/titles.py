"""Titles: the headings that labels and paths stand for, which lead from a document in
reStructuredText, MyST's Markdown or Quarto's to another one.

guide/undo.rst:   .. _undo:          of_label("undo")           ─▶ "Rolling back"
                                     of_document("/guide/undo") ─▶ "Rolling back"
                  Rolling back
                  ------------
undo.qmd:         # Rolling back {#sec-undo}

GitBook writes the names of files in links that its site calls by the titles of their pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from os.path import normpath, relpath
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from entrywise.data.documents.anchors import split_anchor
from entrywise.data.documents.dialects.sphinx import shown, toctrees
from entrywise.data.documents.plain_text import one_blank

_SUFFIXES = (".rst", ".rest", ".md", ".markdown", ".qmd", ".rmd")
_LARGEST = 2**22
"""Bytes of a document that is looked through."""
_LABEL = re.compile(r"(?:\.\. _(`[^`]+`|(?:\\:|[^:\\])+):|\(([^()]+)\)=)[ \t]*$")
_MARKED = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_ROLE = re.compile(r":(?P<role>[A-Za-z][\w:.+-]*):`(?P<text>[^`]+)`")
_MENTION = re.compile(
    r"(?P<opens>\{%\s*content-ref\b[^{}\n]*%\}\s*)?\[[^\[\]\n]*\]"
    r"\(<?(?P<target>[^()<>\s\"]+)>?(?P<mark>\s+\"mention\")?\)"
)
_SPECIAL = re.compile(r"[\[\]\\]")
_INDEX = "README"
"""The file of a folder's own page."""


Answer = tuple[str, str, list[str]]
"""What was asked for, a label or a document, its name, and what is known of it: a label's heading
and place, a document's title, or nothing."""
_Labelled = tuple[str, Path, str]
"""A heading below a label, the document that has it, and its anchor."""


class _Found(NamedTuple):
    """The headings below each label, and {document: its title}."""

    labels: Mapping[str, list[_Labelled]]
    documents: Mapping[Path, str]


class Titles:
    """The titles of the documents of a folder, which are read when one is asked for first."""

    def __init__(self, root: Path, paths: Sequence[Path] = ()) -> None:
        """
        Args:
            root: what paths from the root (`/guide`) begin at, or a folder below it.
            paths: the documents; those in other formats have none.
        """
        self._root = root
        self._paths = paths

    def of_label(self, label: str, source: Path) -> tuple[str, str] | None:
        """The heading below a label, and where it is seen from a document: a path, and its anchor;
        None where no document has the label, or more than one."""
        found = self._read.labels.get(_normalized(label), ())
        if len(found) != 1:
            return None
        title, path, anchor = found[0]
        beside = "" if path == source else Path(relpath(path, source.parent)).as_posix()
        return title, f"{beside}#{anchor}"

    def of_document(self, target: str, source: Path) -> str | None:
        """The first heading of a document, which another one names by its path."""
        documents = self._read.documents
        folders = [source.parent, *source.parent.parents] if target[:1] == "/" else [source.parent]
        for folder in folders:
            place = _place(folder / target.lstrip("/"))
            if place in documents:
                return documents[place]
            if folder == self._root:
                break
        return None

    @cached_property
    def _read(self) -> _Found:
        labels: dict[str, list[_Labelled]] = {}
        documents: dict[Path, str] = {}
        for path in self._paths:
            if path.suffix.lower() not in _SUFFIXES:
                continue
            for title, above in _headings(_text(path)):
                documents.setdefault(_place(path), title)
                for label in above:
                    # The first of several is the section's own.
                    labels.setdefault(label, []).append((title, path, anchor_of(above[0])))
        return _Found(labels, documents)


class Asked(Titles):
    """Titles that note what one document asks for."""

    def __init__(self, titles: Titles, source: Path = Path()) -> None:
        """
        Args:
            source: the document.
        """
        super().__init__(Path())
        self._titles = titles
        self._source = source
        self.answers: list[Answer] = []

    def of_label(self, label: str, source: Path) -> tuple[str, str] | None:
        """`Titles.of_label`, seen from its own document."""
        found = self._noted("label", label)
        return (found[0], found[1]) if found else None

    def of_document(self, target: str, source: Path) -> str | None:
        """`Titles.of_document`, of its own document."""
        return next(iter(self._noted("document", target)), None)

    def still_answer(self, answers: Iterable[Answer]) -> bool:
        """Whether what was answered then would be answered now."""
        return all(self._answer(kind, name) == said for kind, name, said in answers)

    def _noted(self, kind: str, name: str) -> list[str]:
        said = self._answer(kind, name)
        self.answers.append((kind, name, said))
        return said

    def _answer(self, kind: str, name: str) -> list[str]:
        if kind == "label":
            return [*(self._titles.of_label(name, self._source) or ())]
        title = self._titles.of_document(name, self._source)
        return [] if title is None else [title]


NO_TITLES = Titles(Path())
"""Those of a document of its own."""


def links_of_contents(text: str, titles: Titles, source: Path) -> str:
    """The documents that the tables of contents of one lead to, as links in Markdown that nobody
    sees: they relate it to these. Those that Sphinx makes of a program are none.

    Args:
        text: of the document, in reStructuredText or MyST.
    """
    found = (one for one in toctrees(text) if titles.of_document(one, source) is not None)
    links = "".join(f"\n[{one}]: {one}{source.suffix}" for one in found)
    return f"\n{links}" if links else ""


def with_mentions(text: str, titles: Titles, source: Path) -> str:
    """Markdown in which what GitBook lists and mentions is called by its title, as on its site:
    `{% content-ref url="a.md" %} [a.md](a.md)`, `[a.md](a.md "mention")`."""
    if "content-ref" not in text and '"mention"' not in text:
        return text

    def titled(found: re.Match[str]) -> str:
        if not (found["opens"] or found["mark"]):
            return found.group()
        path = unquote(found["target"].partition("#")[0])
        named = path if path.endswith(_SUFFIXES) else f"{path}/{_INDEX}.md"
        title = titles.of_document(named, source)
        if not title:
            return found.group()
        return f"{found['opens'] or ''}{titled_link(title, found['target'])}"

    return _MENTION.sub(titled, text)


def titled_link(title: str, target: str) -> str:
    """A link of Markdown that is called by a title.

    >>> titled_link("Rolling [back]", "undo.md")
    '[Rolling back](undo.md)'
    """
    return f"[{_SPECIAL.sub('', title)}]({target})"


def anchor_of(label: str) -> str:
    """What a label is in an address, as docutils makes it of one.

    >>> anchor_of("Rolling_back now")
    'rolling-back-now'
    """
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-").lstrip("0123456789-")


def _place(path: Path) -> Path:
    """Where a document is, without its suffix, which who refers to it does not tell."""
    return Path(normpath(path)).with_suffix("")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            return ""
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""  # Who reads it says so.


def _headings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headings of a document, each with the labels right above it."""
    labels: list[str] = []
    for line, below in pairwise([*text.split("\n"), ""]):
        if found := _LABEL.match(line):
            label = (found[1] or found[2]).strip("`")
            labels.append(_normalized(label.replace("\\:", ":")))
        elif found := _MARKED.match(line):
            heading, anchor = split_anchor(found[1])
            yield _plain(heading), (*labels, *filter(None, (anchor,)))
            labels = []
        elif not line.strip() or _ADORNMENT.match(line):
            continue
        else:
            if _ADORNMENT.match(below) and len(below.rstrip()) >= len(line.strip()):
                yield _plain(line), tuple(labels)
            labels = []


def _plain(title: str) -> str:
    title = _ROLE.sub(lambda found: shown(found["role"], found["text"])[0], title)
    return one_blank(title.replace("`", "").replace("*", ""))


def _normalized(label: str) -> str:
    return one_blank(label.lower())
