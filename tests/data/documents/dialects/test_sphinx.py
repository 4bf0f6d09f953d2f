from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.doctree import from_restructured
from entrywise.data.documents.dialects.sphinx import definition, with_definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme |version| handbook", "Acme handbook"),
        ("|version| and on", "and on"),
        ("Up to |version|.", "Up to."),
        ("Up to *x*\\ |version|, |version|.", "Up to *x*,."),
        (":Version: |version|", "- **Version**:"),
        ("``|version|``", "`|version|`"),
    ],
)
def test_what_stands_for_nothing_is_left_out(text: str, expected: str) -> None:
    defined = with_definitions(text, {"version": definition("version", "")})
    found = from_restructured(defined)
    assert (found.markdown, found.faults) == (expected, ())


def test_other_names_are_listed_when_they_are_not_defined() -> None:
    found = from_restructured("A |b|.")
    assert found.markdown == "A |b|."
    assert found.faults == ((1, 'Undefined substitution referenced: "b".'),)


@pytest.mark.parametrize("name", ["br", "Line Break"])
def test_a_name_in_a_definition_that_nothing_defines_stands_for_itself(name: str) -> None:
    text = f"A |mode|, a |MODE|.\n\n.. |mode| replace:: Safe |{name}| mode"
    found = from_restructured(with_definitions(text, {}))
    assert found.markdown == f"A Safe |{name}| mode, a Safe |{name}| mode."
    defined = with_definitions(text, {name: definition(name, "boat")})
    assert from_restructured(defined).markdown == "A Safe boat mode, a Safe boat mode."


def test_a_name_for_markup_of_another_format_stands_for_nothing() -> None:
    raw = ".. |br| raw:: html\n\n   <br>"
    mode = ".. |mode| replace:: Safe |br| mode"
    for text, known in (
        (f"|mode| |br|.\n\n{mode}\n\n{raw}", {}),
        ("|mode| |br|.", {"mode": mode, "br": raw}),
    ):
        found = from_restructured(with_definitions(text, known))
        assert (found.markdown, found.faults) == ("Safe mode.", ())
    found = from_restructured(with_definitions(f"{raw}\n\nA |b|.", {}))
    assert [line for line, _ in found.faults] == [5]


def test_what_tells_sphinx_how_a_document_is_shown_is_no_text() -> None:
    text = ":orphan:\n:tocdepth: 2\n\nMoored.\n\n:Berth: 7"
    assert from_restructured(text).markdown == "Moored.\n\n- **Berth**: 7"
    assert from_restructured(":orphan:\n\n.. _a:\n\nMoored.").markdown == "Moored."
