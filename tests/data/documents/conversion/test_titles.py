from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.titles import Titles
from entrywise.data.source import read_knowledge_base

UNDO = """\
.. _undo:
.. _rolling back:

Rolling back ``all``
====================

.. _`odd: name`:

-----
 Why
-----

.. _lonely:

No heading.

:ref:`Twice <x>`
~~~~~~~~~~~~~~~~
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "undo.rst").write_text(UNDO, "utf-8")
    (tmp_path / "setup.md").write_text("(first)=\n# Setting *up*\n", "utf-8")
    (tmp_path / "index.rst").write_text(
        "Home\n====\n\nSee :ref:`undo`, :doc:`/guide/undo`, :doc:`setup` and :ref:`nowhere`.\n",
        "utf-8",
    )
    return tmp_path


@pytest.fixture
def titles(folder: Path) -> Titles:
    return Titles(folder, sorted(folder.rglob("*.*")))


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("undo", ("Rolling back all", "guide/undo.rst#undo")),
        ("Rolling  Back", ("Rolling back all", "guide/undo.rst#undo")),
        ("odd: name", ("Why", "guide/undo.rst#odd-name")),
        ("first", ("Setting up", "setup.md#first")),
        ("lonely", None),
        ("nowhere", None),
    ],
)
def test_a_label_stands_for_the_heading_below_it(
    titles: Titles, folder: Path, label: str, found: tuple[str, str] | None
) -> None:
    assert titles.of_label(label, folder / "start.rst") == found


def test_a_heading_below_a_label_has_a_place(titles: Titles, folder: Path) -> None:
    guide = folder / "guide" / "undo.rst"
    assert titles.of_label("undo", guide) == ("Rolling back all", "#undo")
    assert titles.of_label("first", guide) == ("Setting up", "../setup.md#first")


def test_a_path_stands_for_the_first_heading(titles: Titles, folder: Path) -> None:
    guide, home = folder / "guide" / "undo.rst", folder / "index.rst"
    assert titles.of_document("/setup.rst", guide) == "Setting up"
    assert titles.of_document("../setup.rst", guide) == "Setting up"
    assert titles.of_document("setup.rst", guide) is None
    assert titles.of_document("guide/undo.rst", home) == "Rolling back all"
    assert titles.of_document("../../guide/undo.rst", home) is None


def test_a_label_that_two_documents_have_stands_for_neither(titles: Titles, folder: Path) -> None:
    (folder / "again.rst").write_text(UNDO, "utf-8")
    assert Titles(folder, sorted(folder.rglob("*.rst"))).of_label("undo", folder) is None


def test_what_leads_to_another_document_is_read_by_its_title(folder: Path) -> None:
    entries = {entry.id: entry for entry in read_knowledge_base(folder).entries}
    (section,) = entries["index"].sections
    assert section.text == (
        "See [Rolling back all](guide/undo.rst#undo), [Rolling back all](/guide/undo.rst), "
        "[Setting up](setup.rst) and nowhere."
    )


def test_time_grows_linearly_with_labels(tmp_path: Path) -> None:
    def look(count: int) -> None:
        (tmp_path / "a.rst").write_text(".. _a:\n" * count + "A\n=\n", "utf-8")
        Titles(tmp_path, [tmp_path / "a.rst"]).of_label("a", tmp_path)

    assert grows_linearly(look, 40_000)
