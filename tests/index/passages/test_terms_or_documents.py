"""Terms and documents in one knowledge base."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.passages.terms_or_documents import of_one_kind
from entrywise.rag.assistant import Assistant

LAW = (
    "# Law\n\nHives stand 5 m from the fence.\n\n## Fines\n\nA fine is 50 **euros**.\n\n"
    "- it is paid in cash\n"
)
HEAD = "id,title,text\n"
ROWS = "m1,Anna Weber,Anna Weber lends out the extractor.\nm2,Bo,Bo keeps the keys.\n"
MARKDOWN_ROW = 'm3,Cy,"# Cy\n\nCy cooks the honey.\n\n## Later\n\nCy sells the wax."\n'
MORE = "".join(f"n{number},Name {number},Name {number} has hive {number}.\n" for number in range(9))


@pytest.mark.parametrize(
    ("page", "rows", "documents"),
    [(LAW, ROWS, True), (LAW, ROWS + MORE, False), ("", ROWS + MARKDOWN_ROW, True)],
    ids=["more pages", "more terms", "a row with headings"],
)
def test_pages_and_rows_in_one_folder_are_found_alike(
    page: str, rows: str, documents: bool, tmp_path: Path, indexed: Indexed
) -> None:
    folder = tmp_path / "club"
    folder.mkdir()
    if page:
        (folder / "law.md").write_text(page)
    (folder / "members.csv").write_text(HEAD + rows)
    root = indexed(read_knowledge_base(folder))
    with closing(Index(root)) as index, Assistant(index, threshold=0.0) as assistant:
        assert index.holds_documents is documents
        assert {entry.is_document for entry in index.entries} == {documents}
        for question, quote in (
            ("who lends out the extractor?", "Anna Weber lends out the extractor."),
            ("who keeps the keys?", "Bo keeps the keys."),
            *([("how much is a fine?", "A fine is 50")] if page else ()),
        ):
            quotes = [one.quote for one in assistant.ask(question).citations]
            assert any(one.startswith(quote) for one in quotes), question
        for entry in index.entries:
            for section in entry.sections:
                assert all(section.text[one.start : one.end] for one in section.blocks)


def test_a_term_becomes_a_page_of_its_paragraphs() -> None:
    page = read(LAW)
    term = Entry("t", "Term", "c", (Section("a", "One\ntwo.\n\n\n  Three. \n"), Section("b", "")))
    made = of_one_kind(KnowledgeBase((page, term)))["t"]
    (first,) = made.sections
    assert [(one.kind, one.plain) for one in first.blocks] == [
        ("paragraph", "One two."),
        ("paragraph", "Three."),
    ]
    assert [first.text[one.start : one.end] for one in first.blocks] == ["One\ntwo.", "Three."]


def test_a_page_becomes_a_term_that_says_the_same_without_markup() -> None:
    terms = [Entry(f"t{n}", f"Term {n}", "c", (Section("a", "It is."),)) for n in range(3)]
    made = of_one_kind(KnowledgeBase((*terms, read(LAW))))
    assert made.entries[:3] == tuple(terms)
    texts = [section.text for section in made["law"].sections]
    assert texts == ["Hives stand 5 m from the fence.", "A fine is 50 euros.\n\nit is paid in cash"]
    assert not any(section.is_markdown for section in made["law"].sections)


def test_what_is_of_one_kind_stays_as_it_is() -> None:
    pages = KnowledgeBase((read(LAW),))
    assert of_one_kind(pages) is pages
    assert of_one_kind(terms := KnowledgeBase((Entry("t", "T", "c", ()),))) is terms


def read(markdown: str) -> Entry:
    from entrywise.data.documents.sections import read_page

    page = read_page(markdown)
    return Entry("law", page.title, "c", page.sections)
