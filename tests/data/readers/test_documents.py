from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.sections import Page
from entrywise.data.readers.base import Contents
from entrywise.data.readers.documents import document, page_of, paragraphs


@given(st.lists(st.sampled_from(["a", "b c", " ", "\t", "\n", "\n\n", "\n \n", "ä"])).map("".join))
def test_every_character_that_is_not_blank_is_in_one_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    spans = [text[block.start : block.end] for block in blocks]
    assert "".join("".join(spans).split()) == "".join(text.split())
    assert all(span == span.strip() and span for span in spans)
    assert [" ".join(span.split()) for span in spans] == [block.plain for block in blocks]
    assert all(one.end < other.start for one, other in pairwise(blocks))


@pytest.mark.parametrize(
    ("text", "is_markdown"),
    [
        ("Plain text.\n\nMore - of it.", False),
        ("- one item is a dash", False),
        ("## Heading\ntext", True),
        ("- a\n- b", True),
        ("1. a\n\n2. b", True),
        ("a | b\n--|--\n1 | 2", True),
        ("```\ncode\n```", True),
        ("# Only a title", False),
    ],
)
def test_a_text_is_markdown_where_it_has_its_structure(text: str, is_markdown: bool) -> None:
    sections = page_of(text).sections
    assert [section.is_markdown for section in sections] == [is_markdown] * len(sections)
    assert sections


def test_blank_texts_have_no_sections() -> None:
    assert page_of(" \n ") == Page("", ())
    assert document(Path("a.md"), Page("A", ())) == Contents(())
