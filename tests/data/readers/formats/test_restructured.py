from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from growth import grows_linearly

from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.restructured import RestructuredReader, without_header
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]


def test_a_document_is_an_entry_and_its_labels_are_anchors(write: Write) -> None:
    write("x = 1\n", "app.py")
    text = "Leave\n=====\n\nAsk.\n\n.. _d:\n\nDays\n----\n\n.. literalinclude:: app.py\n"
    (entry,) = RestructuredReader().read(write(text, "leave.rst")).entries
    assert (entry.id, entry.name) == ("leave", "Leave")
    assert [(one.name, one.anchor, one.text) for one in entry.sections] == [
        ("introduction", "", "Ask."),
        ("days", "d", "```python\nx = 1\n```"),
    ]


def test_a_document_is_related_to_those_in_its_tables_of_contents(tmp_path: Path) -> None:
    (tmp_path / "pay").mkdir()
    led = "leave\n   Wages <pay/wages>\n   self\n   https://a.example\n   made/*\n   generated"
    texts = {
        "index.rst": f"Work\n====\n\nOur rules.\n\n.. toctree::\n   :hidden:\n\n   {led}\n\nAsk.",
        "leave.rst": "Leave\n=====\n\n26 days.",
        "pay/wages.rst": "Wages\n=====\n\nPaid monthly.\n\n.. toctree::\n\n   /leave\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    knowledge_base = read_knowledge_base(tmp_path)
    assert {one.id: one.related for one in knowledge_base.entries} == {
        "index": ("leave", "pay/wages"),
        "leave": (),
        "pay/wages": ("leave",),
    }
    assert [block.plain for block in knowledge_base.entries[0].sections[0].blocks] == [
        "Our rules.",
        "Ask.",
    ]


def test_what_browsers_alone_are_told_is_no_text_whatever_its_fields_are_called(
    write: Write,
) -> None:
    told = ".. meta::\n    :title lang=en: Leave\n    :keywords lang=en: days,rest"
    document = RestructuredReader().read(write(f"Leave\n=====\n\nAsk.\n\n{told}\n", "a.rst"))
    assert [one.text for entry in document.entries for one in entry.sections] == ["Ask."]
    assert document.unread == ()


def test_what_was_not_understood_is_listed(write: Write) -> None:
    path = write(".. include:: ../none.rst\n\nAn unknown_ target.", "a.rst")
    assert RestructuredReader().read(path).unread == (
        Unread(
            f"{path}: line 1",
            "the include '../none.rst' is no file below the folder that is read; correct it, or "
            "read more",
        ),
        Unread(f"{path}: line 2", 'docutils: Unknown target name: "unknown".', "warning"),
    )


def test_without_the_library_the_extra_is_named(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docutils.core", None)
    with pytest.raises(KnowledgeBaseError, match=r"pip install 'entrywise\[documents\]'"):
        RestructuredReader().read(write("x", "a.rst"))


def test_the_header_of_a_mail_says_the_title(write: Write) -> None:
    header = "RULE: 8\nTitle: How to\n       row\nAuthor: A. B.\n        C. D.\nStatus:\n\n\n"
    text = "Oars\n====\n\nTwo.\n\nSails\n=====\n\nNone_.\n"
    (entry,) = (
        contents := RestructuredReader().read(write(header + text, "rule-0008.rst"))
    ).entries
    assert entry.name == "How to row (RULE-8)"
    assert (entry.sections[0].path, entry.sections[0].text) == (("Oars",), "Two.")
    # Faults are where they were.
    assert [one.place.rpartition(": ")[2] for one in contents.unread] == ["line 17"]
    (entry,) = RestructuredReader().read(write("Note: this.\nAuthor: A.\n\nB.", "b.rst")).entries
    assert entry.sections[0].text.startswith("Note: this.")


@pytest.mark.parametrize("line", ["A: b\n", "A: b\n \t  c\n", "Title: a\n \n", "A:   \n"])
def test_a_header_without_an_end_is_read_in_linear_time(line: str) -> None:
    assert grows_linearly(lambda count: without_header(line * count + "x"), 64_000)
