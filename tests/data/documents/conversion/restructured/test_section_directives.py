from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.doctree import from_restructured

_MEANING = (
    "A chamber of the canal, which lifts boats from one level of the water to the next. " * 10
)
_TERMS = (
    f".. glossary::\n   :sorted:\n\n   Lock\n   Chamber 2.0\n      {_MEANING}\n\n"
    f"   Weir : w\n\n      {_MEANING}\n\n      .. seealso:: Dams\n\n   Quay\n      Of stone.\n"
)


def headings(text: str) -> list[str]:
    return [line for line in from_restructured(text).markdown.split("\n") if line.startswith("#")]


def test_long_terms_of_a_glossary_are_sections() -> None:
    assert headings(f"Terms\n=====\n\n{_TERMS}") == [
        "# Terms {#terms}",
        "## Lock, Chamber 2.0 {#term-Lock}",
        "## Weir {#term-Weir}",
        "## Quay {#term-Quay}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Terms\n=====\n\n.. glossary::\n\n   Lock\n      Lifts boats.\n\n   Weir\n      Holds.\n",
        "Terms\n=====\n\n.. note::\n\n" + "\n".join(f"   {line}" for line in _TERMS.split("\n")),
        f"Terms\n=====\n\n.. glossary::\n\n   Lock\n      {_MEANING * 3}\n",
    ],
)
def test_terms_that_are_read_at_a_glance_or_within_a_remark_are_none(text: str) -> None:
    assert headings(text) == ["# Terms {#terms}"]


def test_a_long_name_of_a_term_is_its_first() -> None:
    names = "".join(f"   Chamber number {number}\n" for number in range(9))
    text = f".. glossary::\n\n{names}      {_MEANING * 2}\n\n   Weir\n      {_MEANING}\n"
    assert headings(text)[0] == "# Chamber number 0 {#term-Chamber-number-0}"


def test_what_tells_of_a_version_is_a_section() -> None:
    text = (
        "News\n====\n\n.. changelog_imports::\n\n   .. changelog::\n      :version: 1.9\n\n"
        "      Old.\n\n.. changelog::\n   :version: 2.1b3\n   :released: June 27, 2026\n\n"
        "   .. change::\n      :tags: gates\n\n      They open.\n\n"
        ".. changelog::\n   :version: 2.0\n\n   .. change::\n\n      They close.\n"
    )
    assert from_restructured(text).markdown == (
        "# News {#news}\n\n## 2.1b3 {#change-2.1b3}\n\nJune 27, 2026\n\nThey open.\n\n"
        "## 2.0 {#change-2.0}\n\nThey close."
    )


def test_a_version_without_a_text_below_it_is_nothing() -> None:
    assert headings("News\n====\n\n.. changelog::\n   :version: 2.1b3\n\nText.\n") == [
        "# News {#news}"
    ]


def test_what_is_not_understood_takes_no_heading_away() -> None:
    text = (
        "News\n====\n\n.. changelog::\n   :version: 2.1\n\n   They open.\n\n"
        ".. changelog::\n   :version: 2.0\n   :version: 2.0\n\n   They close.\n"
    )
    assert headings(text) == ["# News {#news}", "## 2.1 {#change-2.1}"]
