from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from entrywise.data.checks.check import Finding, check
from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Block, Category, Entry, KnowledgeBase, Section, Unread
from entrywise.data.source import shipped

SECTION = Section("text", "A text.")


def entry(entry_id: str, **changes: object) -> Entry:
    whole = Entry(entry_id, entry_id.upper(), "a", (SECTION,), sources=("a talk",))
    return replace(whole, **changes)  # type: ignore[arg-type]


def checked(*entries: Entry, kinds: Collection[str] = ()) -> list[tuple[str, str, str, str]]:
    found = check(KnowledgeBase(entries, (Category("a", "A", 0),)), kinds)
    assert all(finding.remedy for finding in found)
    return [(one.severity, one.entry, one.field, one.message) for one in found]


def test_a_sound_knowledge_base_has_no_findings() -> None:
    mutual = entry("gqa", related=("mla",)), entry("mla", related=("gqa",))
    assert checked(*mutual, entry("bf16", verified_date="2026-04-10", confidence="high")) == []


def test_errors_come_first_and_then_the_order_of_the_entries() -> None:
    found = checked(
        entry("z", confidence="low"),
        entry("b", sections=()),
        entry("a", confidence="Low", expansion="$x"),
    )
    assert [(severity, entry_id) for severity, entry_id, _, _ in found] == [
        ("error", "b"),
        ("error", "a"),
        ("warning", "z"),
        ("warning", "a"),
    ]


def test_what_was_not_read_is_told_first_by_its_severity() -> None:
    unread = (
        Unread("2 .png files", "no text", "warning"),
        Unread("a.pdf", "is encrypted; save it without a password"),
    )
    knowledge_base = KnowledgeBase(
        (entry("a", sections=()), entry("b")), (Category("a", "A", 0),), unread=unread
    )
    assert check(knowledge_base) == (
        Finding("error", "a.pdf", "", "is encrypted", "save it without a password"),
        Finding("error", "a", "sections", "there are none", "write at least one"),
        Finding("warning", "2 .png files", "", "no text", "leave it out if that is right"),
    )


def test_documents_need_not_link_back() -> None:
    page = (Section("t", "x", blocks=(Block("paragraph", 0, 1, "x"),)),)
    assert checked(entry("a", sections=page, related=("b",)), entry("b", sections=page)) == []


def test_documents_may_have_one_title_and_dollar_signs() -> None:
    text = "Run `$ x{` for $5."
    block = Block("paragraph", 0, len(text), text)
    page = (Section("t", text, blocks=(block,), is_markdown=True),)
    found = checked(
        entry("a", name="Overview", sections=page),
        entry("b", name="Overview", sections=(replace(page[0], text="Two words."),)),
    )
    assert found == [("warning", "b", "name", "'Overview' is also a name of 'a'")]


def test_two_entries_of_one_id_are_an_error() -> None:
    found = checked(entry("a"), entry("b", sections=()), entry("a", name="Other"))
    assert found == [
        ("error", "a", "id", "2 entries have this id"),
        ("error", "b", "sections", "there are none"),
    ]


def test_two_entries_of_one_name_are_an_error() -> None:
    found = checked(entry("a", name="Attention"), entry("b", name="ATTENTION"))
    assert found == [("error", "b", "name", "'ATTENTION' is also a name of 'a'")]


def test_an_alias_that_is_a_name_elsewhere_is_a_warning_for_the_alias() -> None:
    found = checked(entry("a", aliases=("Mla", "a")), entry("mla", aliases=("x",)), entry("c"))
    assert found == [("warning", "a", "aliases", "'Mla' is also a name of 'mla'")]


def test_names_are_the_same_where_they_are_looked_up_by_the_same() -> None:
    found = checked(entry("a", name="Oil Filter", aliases=("-it",)), entry("b", name="oil-filters"))
    assert found == [("error", "b", "name", "'oil-filters' is also a name of 'a'")]
    assert checked(entry("a", name="-it"), entry("b", name="It"), entry("c", name="Щи")) == []
    found = checked(entry("a", name="Щи"), entry("b", name="щи"))
    assert found == [("error", "b", "name", "'щи' is also a name of 'a'")]


def test_an_empty_section_is_an_error() -> None:
    found = checked(entry("a", sections=(SECTION, Section("more", " "))))
    assert found == [("error", "a", "more", "is empty")]


def test_broken_latex_is_an_error_in_every_text() -> None:
    found = checked(entry("a", name="$x", sections=(Section("text", "$x{$"),)))
    assert [(severity, field) for severity, _, field, _ in found] == [
        ("error", "name"),
        ("error", "text"),
    ]
    assert found[1][3] == "broken LaTeX: unbalanced braces in '$x{$'"


def test_a_dangling_link_is_an_error_and_names_the_nearest_id() -> None:
    (found,) = check(KnowledgeBase((entry("gqa", related=("gqaa",)),), (Category("a", "A", 0),)))
    remedy = "remove it or add the entry (nearest: 'gqa')"
    assert found == Finding("error", "gqa", "related", "'gqaa' is no entry id", remedy)


def test_one_way_links_are_one_warning_for_each_entry() -> None:
    found = checked(
        entry("a", related=("b", "c", "d")), entry("b", related=("a",)), entry("c"), entry("d")
    )
    assert found == [("warning", "a", "related", "not linked back from 'c', 'd'")]


def test_an_entry_in_no_category_is_a_warning() -> None:
    found = checked(entry("x", category="b"))
    assert found == [
        ("warning", "x", "category", "'b' is no category, so the entry is listed in none")
    ]


def test_an_entry_without_references_is_a_warning_where_others_have_some() -> None:
    bare = entry("b", sources=())
    what = "no source, paper or resource backs this entry"
    assert checked(entry("a"), bare) == [("warning", "b", "sources", what)]
    assert checked(entry("a"), replace(bare, url="https://example.org")) == []
    assert checked(bare) == []


def test_a_part_that_the_domain_does_not_know_is_an_error_and_names_the_nearest_kind() -> None:
    knowledge_base = KnowledgeBase(
        (entry("a", parts=("length", "treads")),), (Category("a", "A", 0),)
    )
    (found,) = check(knowledge_base, ("length", "thread"))
    assert found == Finding(
        "error",
        "a",
        "parts",
        "'treads' is no kind of part that the domain tells apart",
        "remove it or correct it (nearest: 'thread')",
    )


def test_a_part_that_two_entries_explain_is_a_warning() -> None:
    entries = (entry("a", parts=("thread", "thread")), entry("b", parts=("length", "thread")))
    what = "'thread' is explained by 'a' too, and one of them is cited"
    assert checked(*entries, kinds=("length", "thread")) == [("warning", "b", "parts", what)]


def test_parts_where_no_domain_takes_names_apart_are_a_warning() -> None:
    what = "no domain takes names apart, so that no part of one is explained"
    found = checked(entry("a", parts=("length", "thread")), entry("b"))
    assert found == [("warning", "a", "parts", what)]


def test_a_date_that_is_none_is_a_warning() -> None:
    for wrong in ("10.4.2026", "20260410", "2026-02-30"):
        found = checked(entry("a", verified_date=wrong))
        assert found == [("warning", "a", "verified_date", f"{wrong!r} is no date")]


def test_entries_that_say_the_same_are_a_warning() -> None:
    text = (Section("text", " ".join(f"w{number}" for number in range(31))),)
    found = checked(entry("a", sections=text), entry("b", sections=text))
    assert found == [
        ("warning", "b", "sections", "says nearly the same as 'a' (similarity 0.97)"),
    ]


def test_numbers_that_differ_are_a_warning() -> None:
    texts = {"a": "The H100 has 3.35 TB/s.", "b": "An H100 has 2 TB/s."}
    found = checked(*(entry(key, sections=(Section("t", text),)) for key, text in texts.items()))
    assert found == [
        ("warning", "b", "t", "'H100 has 2 TB/s' here, but 'H100 has 3.35 TB/s' in 'a' (t)")
    ]


def test_the_known_errors_of_the_shipped_glossary_are_found() -> None:
    errors = {(one.entry, one.field) for one in check(shipped()) if one.severity == "error"}
    assert errors == {("mha", "fundamentals"), ("test-time-compute", "name")}


def test_links_of_a_document_to_pages_that_are_not_there_are_warnings() -> None:
    text = (
        "[here](b.md) [gone](../gone.md#x) [again](../gone.md) ![picture](gone.png) "
        "[web](https://a.b/c.md) [root](/docs/gone.md) [gone too](<c.md>)\n\n"
        "```\n[code](code.md)\n```\n\n[named]: d.md\n"
    )
    page = read_page(text)
    one = entry("guide/a", sections=page.sections)
    other = entry("guide/b", sections=read_page("B.").sections)
    term = entry("c", sections=(Section("text", "[x](gone.md)"),))
    assert checked(one, other, term) == [
        ("warning", "guide/a", "introduction", "its link '../gone.md' leads to no page"),
        ("warning", "guide/a", "introduction", "its link 'c.md' leads to no page"),
        ("warning", "guide/a", "introduction", "its link 'd.md' leads to no page"),
    ]
