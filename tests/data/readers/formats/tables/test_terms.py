from __future__ import annotations

import pytest

from entrywise.data.readers.formats.tables.terms import are_terms


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("GQA", "Heads share keys."), ("MLA", "A latent vector.")], True),
        ([("GQA", "Heads share keys."), ("How long does it take?", "A day.")], False),
        ([("Forecasting", "word " * 150)], False),
        ([("A title of a paper that has many words", "Short.")], False),
        ([("Empty", " ")], False),
        ([], False),
    ],
)
def test_terms_are_explained_in_a_few_sentences_under_a_short_name(
    rows: list[tuple[str, str]], expected: bool
) -> None:
    assert are_terms(rows) is expected
