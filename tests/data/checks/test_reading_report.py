from __future__ import annotations

from pathlib import Path

from entrywise.data.checks.reading_report import reading_report
from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, KnowledgeBase, Section, Unread
from entrywise.data.source import read_knowledge_base


def test_documents_are_counted_and_their_longest_sections_named() -> None:
    text = "Intro.\n\n## One\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |\n\n```\nx\n```"
    text += "\n\n[a]: https://example.org/a"
    knowledge_base = KnowledgeBase((Entry("a", "A", "c", read_page(text).sections),))
    assert list(reading_report(knowledge_base)) == [
        "1 pages, 2 sections, 2 tables, 1 blocks of code",
        "longest section: a, 'One' (53 characters)",
        "longest section: a (6 characters)",
        "nearly empty section: a (words: 1)",
    ]


def test_what_is_lost_comes_first_and_what_is_more_is_counted() -> None:
    unread = tuple(
        Unread(str(number), "why", "error" if number % 2 else "warning") for number in range(30)
    )
    terms = (Entry("a", "A", "c", (Section("t", "x"),)),)
    *told, last = reading_report(KnowledgeBase(terms, unread=unread))
    assert told[:2] == ["not read: 1: why", "not read: 3: why"]
    assert (told[-1], len(told)) == ("note: 8: why", 20)
    assert last == "and 10 more; `entrywise check` lists all"


def test_a_glossary_that_was_read_whole_has_no_report() -> None:
    terms = (Entry("a", "A", "c", (Section("t", "x"),)),)
    assert list(reading_report(KnowledgeBase(terms))) == []


def test_a_section_without_blanks_is_not_nearly_empty() -> None:
    page = read_page("## 残業\n残業は事前に上司の許可が必要です。\n\n## 給与\n25日。")
    told = [*reading_report(KnowledgeBase((Entry("a", "A", "c", page.sections),)))]
    nearly_empty = [line for line in told if line.startswith("nearly")]
    assert nearly_empty == ["nearly empty section: a, '給与' (words: 2)"]


def test_what_other_columns_say_of_a_row_is_no_empty_section(tmp_path: Path) -> None:
    (tmp_path / "faq.csv").write_text(
        "question,answer,zone\nWhere is it?,At the pier behind the old blue crane.,2\n"
    )
    told = [*reading_report(read_knowledge_base(tmp_path / "faq.csv"))]
    assert told[0] == "1 pages, 2 sections, 0 tables, 0 blocks of code"
    assert not [line for line in told if line.startswith("nearly")]
