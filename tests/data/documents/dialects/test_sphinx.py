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
