"""Readers: small files of every format, mutated and drawn, alone and in a folder."""

from __future__ import annotations

import io
import json
import logging
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pptx
from hypothesis import strategies as st
from pdfs import pdf

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.source import read_knowledge_base
from fuzz.mutation import Edit, edits, mutated, mutations
from fuzz.target import Case, as_bytes, insist, insist_on_one_line, within

_DOCUMENTS = Path(__file__).parent.parent.parent / "documents"
_SMALL = 4_000
_ROOM = 20_000

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = (
    f"<w:document xmlns:w='{_SPACE}'><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r>"
    "<w:t>Leave</w:t></w:r></w:p><w:p><w:r><w:t>26 days.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p>"
    "<w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
).encode()
_KIND = "http://schemas.openxmlformats.org/{}/2006/{}"
_TYPES = (
    f"<Types xmlns='{_KIND.format('package', 'content-types')}'><Default Extension='xml' "
    "ContentType='application/xml'/></Types>"
)
_RELATIONS = (
    f"<Relationships xmlns='{_KIND.format('package', 'relationships')}'><Relationship Id='r1' Type="
    f"'{_KIND.format('officeDocument', 'relationships')}/officeDocument' "
    "Target='word/document.xml'/></Relationships>"
)
_ENTRY = {
    "id": "a", "name": "A", "expansion": "", "category": "c", "oneliner": "It is.",
    "explanation": "It is so.", "related": [], "seen_in": [], "confidence": "high",
    "verified_date": "2026-01-01",
}  # fmt: skip
_GLOSSARY = {
    "categories": [{"id": "c", "label": "C", "order": 0, "entries": ["a"]}],
    "entries": {"a": _ENTRY},
}
_NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["# T\n", "Text."]},
        {"cell_type": "code", "source": "x = 1"},
    ]
}
_PAGE = (
    b"# A\n\nText with `code` and *more* {{ x }}.\n\n## B {#b}\n\n- one\n  - two\n\n| a | b |\n"
    b'|---|---|\n| 1 | 2 |\n\n```py\nx\n```\n\n!!! note\n    Mind it.\n\n--8<-- "other.md"\n\n'
    b":::tip\nx\n:::\n\n![p](p.png) [l](other.md#b) <div>h</div>\n"
)
SEEDS: dict[str, list[bytes]] = {
    ".md": [_PAGE, b"---\ntitle: T\ntags: [a]\n---\n# H\n\nx\n"],
    ".qmd": [
        b"# A {#sec-a}\n\n```{r}\n#| echo: false\n#| fig-cap: b\nx\n```\n\n::: {.callout-tip}\n"
        b"## C\n\n@sec-a\n:::\n"
    ],
    ".mdx": [b"import A from 'a'\n\n# H\n\n<A b={c}>d</A>\n\n{/* e */}\n", _PAGE],
    ".rst": [b"A\n=\n\nText ``c``.\n\n.. note:: Mind.\n\n.. include:: other.md\n\n+-+\n|a|\n+-+\n"],
    ".adoc": [
        b"= A\n:p: x\n\nifdef::p[]\n{p} `c` *d* <<b>>\nendif::[]\n\n[[b]]\n== B\n\n* one\n** two\n"
        b"+\n"
        b"----\nx\n----\n\n[%header]\n|===\n|a |b\n\n2+|c\n|===\n\nt:: u\n\nNOTE: v\n\n"
        b"include::other.adoc[tag=x]\nlink:y[z]\n"
    ],
    ".html": [b"<html><title>T</title><body><h1>H</h1><p>a<ul><li>b</ul><table><tr><td>c</table>"],
    ".txt": [b"TITLE\n\nSome text.\n\n1. one\n2. two\n"],
    ".pdf": [pdf([(18, 700, "Leave"), (11, 660, "26 days.")], title="T")],
    ".ipynb": [json.dumps(_NOTEBOOK).encode()],
    ".json": [json.dumps(_GLOSSARY).encode()],
    ".jsonl": [
        b'{"_id": "1", "title": "T", "text": "x"}\n{"_id": "2", "text": ["y"], "url": "z"}\n'
    ],
    ".csv": [b'Title;Text;Link\nVPN;"A private\nnetwork.";https://a.b\n', b"id,text\n1,x\n"],
    ".tsv": [b"title\ttext\na\tb\n"],
}


def _document() -> dict[str, bytes]:
    return {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.encode(),
        "word/document.xml": _WORD,
    }


@cache
def _workbook() -> dict[str, bytes]:
    made, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (("Country", "Hotel"), ("Norway", 160), ("Peru", None)):
        made.active.append(row)
    made.active.merge_cells("A2:A3")
    made.save(stream)
    return _unpacked(stream)


@cache
def _presentation() -> dict[str, bytes]:
    made, stream = pptx.Presentation(), io.BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Boats", "Two oars.\nOne rudder."
    made.save(stream)
    return _unpacked(stream)


def _book() -> dict[str, bytes]:
    container = b"<container><rootfiles><rootfile full-path='a/b.opf'/></rootfiles></container>"
    package = (
        b"<package><metadata><title>T</title></metadata><manifest><item id='c' href='c.xhtml' "
        b"media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine>"
        b"</package>"
    )
    return {
        "META-INF/container.xml": container,
        "a/b.opf": package,
        "a/c.xhtml": b"<html><body><h1>H</h1><p>a<ul><li>b</ul></body></html>",
    }


def _unpacked(stream: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_ARCHIVES: dict[str, Callable[[], dict[str, bytes]]] = {
    ".docx": _document,
    ".epub": _book,
    ".pptx": _presentation,
    ".xlsx": _workbook,
}
_TEXTS = {
    ".docx": "word/document.xml",
    ".epub": "a/b.opf",
    ".pptx": "ppt/slides/slide1.xml",
    ".xlsx": "xl/worksheets/sheet1.xml",
}
"""What is edited of each."""


def _seeds(suffix: str) -> list[bytes]:
    real = (path.read_bytes() for path in sorted(_DOCUMENTS.rglob(f"*{suffix}")))
    return [*SEEDS[suffix], *(data for data in real if len(data) < _SMALL)]


def _files(suffix: str) -> st.SearchStrategy[tuple[str, str]]:
    if suffix in _ARCHIVES:
        packed = st.builds(_packed, st.just(suffix), edits, edits)
        data = packed.map(lambda one: one.decode("latin-1"))
    else:
        data = mutations(_seeds(suffix), _ROOM)
    names = st.sampled_from(["a", "other", "index", "README", "g/a", "\u00e9", "a b", "a\nb", "A"])
    return st.tuples(names.map(lambda name: f"{name}{suffix}"), data)


def _packed(suffix: str, inside: list[Edit], outside: list[Edit]) -> bytes:
    """An archive of a kind, with edits to its text and to itself."""
    parts = _ARCHIVES[suffix]()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            edited = mutated(text, inside) if name == _TEXTS[suffix] else text
            # Always of the same time, so that a case is the same bytes.
            archive.writestr(zipfile.ZipInfo(name), edited)
    return mutated(stream.getvalue(), outside)


class Readers:
    """A source is entries that can be kept and shown, or one line says what is wrong."""

    name = "readers"
    strategy = st.lists(
        st.sampled_from(sorted({*SEEDS, *_ARCHIVES})).flatmap(_files), min_size=1, max_size=3
    )

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        # A PDF that is wrong is told of line by line.
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

    def check(self, case: Case) -> None:
        """Read one file, or a folder of several."""
        source = self._folder / "in"
        shutil.rmtree(source, ignore_errors=True)
        size = 0
        for name, data in case:
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(data))
            size += len(data)
        try:
            with within(3 + size / 10_000):
                read = read_knowledge_base(path if len(case) == 1 else source)
        except KnowledgeBaseError as error:
            # The name of a file may have line ends; the commands escape them.
            insist_on_one_line(KnowledgeBaseError(str(error).replace("a\nb", "a b")))
        else:
            _check(read)
        insist([one.name for one in self._folder.iterdir()] == ["in"], "something was written")


def _check(read: KnowledgeBase) -> None:
    ids = [entry.id for entry in read.entries]
    insist(len({*ids}) == len(ids), "two entries have one id")
    for entry in read.entries:
        _check_entry(entry)
    for unread in read.unread:
        str(unread).encode()


def _check_entry(entry: Entry) -> None:
    insist(entry.id.strip() and entry.name.strip(), "an entry without id or name")
    insist(entry.id.isprintable() or not {*entry.id} & {*"\n\r\x1b\x85\u2028\u202e"}, "an id")
    insist(not entry.url or entry.url.startswith(("https://", "http://")), "an address")
    entry.short_name.encode()
    if entry.sections:
        entry.oneliner.encode()
    for section in entry.sections:
        "\n".join((section.name, section.text, section.anchor, *section.path)).encode()
        insist("\0" not in section.text, "a NUL")
        for number, block in enumerate(section.blocks):
            block.plain.encode()
            inside = 0 <= block.start < block.end <= len(section.text)
            insist(inside and block.lead < number, f"a block out of its section: {block[:3]}")
