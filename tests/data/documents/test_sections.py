from __future__ import annotations

import pytest
from growth import grows_linearly
from hypothesis import given, settings
from hypothesis import strategies as st

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Section

PIECES = [
    *("# A", "## B", "### C {#c}", "Title\n===", "text", "more text.", "Announced:", "**bold**"),
    *("- item", "  - below", "1. step", "> quote", ">> deep", "```", "    code", "| a | b |"),
    *("|---|---|", "| 1 | 2 |", "![p](q.png)", "<div>", "</div>", "<!-- c -->", "[r]: /x", "---"),
    *('!!! note "N"', "    in it", '=== "Tab"', "::: tip", ":::", "> [!NOTE]", "[^1]: f", "", ""),
    *("\ttab", "a\u2028b", "*", "\\", "&amp;", "\x0c", "- - x", "- ```", "* # h", "- | a |"),
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=25).map("\n".join)


def sections(text: str) -> dict[str, str]:
    return {section.name: section.text for section in read_page(text).sections}


def test_a_page_is_cut_at_its_headings() -> None:
    page = read_page(
        "# Leave\nAsk early.\n\n## Days\nAll 26.\n### Part-time\nFewer.\n## End\nGone."
    )
    assert page.title == "Leave"
    assert [(s.name, s.path, s.anchor, s.text) for s in page.sections] == [
        ("introduction", (), "", "Ask early."),
        ("days", ("Days",), "days", "All 26."),
        ("part-time", ("Days", "Part-time"), "part-time", "Fewer."),
        ("end", ("End",), "end", "Gone."),
    ]


def test_a_heading_without_a_name_only_parts_what_is_above_from_what_is_below() -> None:
    page = read_page("# A\n## B\nb\n## ---\n### C\nc\n## D\nd")
    assert [section.path for section in page.sections] == [("B",), ("C",), ("D",)]


def test_headings_in_code_quotes_and_lists_are_text() -> None:
    text = "```\n# no\n```\n\n> # no\n\n- # no\n\n    # no"
    assert sections(text) == {"introduction": text}


def test_headings_in_html_cut_a_page_below_its_first_text() -> None:
    text = "# A\na\n\n<h2 class='x' id=b>Two <code>b</code> &amp; c</h2>\nb\n<h3>C</h3>\n\nc"
    assert [(one.path, one.anchor, one.text) for one in read_page(text).sections] == [
        ((), "", "a"),
        (("Two b & c",), "b", "b"),
        (("Two b & c", "C"), "c", "c"),
    ]
    assert [section.path for section in read_page("<h2>Oars</h2>\n\na").sections] == [()]


def test_a_heading_in_html_above_all_is_no_section() -> None:
    page = read_page('<h1 align="center">Harbour</h1>\n\n## Berths\nOne.\n\n### Fees\nTwo.')
    assert [one.text for one in page.sections] == ["One.", "Two."]
    for text in ("<h1>Harbour</h1>\n\nBy the sea.", "<b>Harbour</b>", "<h2>A</h3>"):
        assert sections(f"{text}\n\n## Berths\nOne.")["introduction"] == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('<h1 align="center">Acme <b>Pump</b></h1>\n\nIt pumps.\n\n## Use\nOne.', "Acme Pump"),
        ("![logo](a.png)\n\n<h1>\n  Acme Pump\n</h1>\n\nIt pumps.", "Acme Pump"),
        ("<h1>Acme</h1>\n\nIt pumps.\n\n# Pump\n\nOne.", "Pump"),
        ('<h1><img src="a.png"></h1>\n\nIt pumps.\n\n## Use\nOne.', ""),
        ("```\n<h1>Acme</h1>\n```\n\nIt pumps.", ""),
        # The program's name, above each page.
        ('<h1 align="center">Acme</h1>\n\n## Hooks\nThey hook.\n\n## Use\nOne.', ""),
        ("## Use\nOne.\n\n<h1>Acme</h1>\n", "Use"),
    ],
)
def test_a_heading_in_html_above_all_is_the_title_where_no_other_is(text: str, title: str) -> None:
    assert read_page(text).title == title


@pytest.mark.parametrize("text", ["<h1 ", "<h1>a", "<h1>\n\n", "<h1>a</h", "<h1><h1"])
def test_time_grows_linearly_with_headings_that_are_not_closed(text: str) -> None:
    assert grows_linearly(lambda count: read_page(text * count), 8_000)


def test_underlined_headings_count() -> None:
    page = read_page("Title\nof it\n===\none\n\nPart\n---\ntwo")
    assert page.title == "Title of it"
    assert [section.text for section in page.sections] == ["one", "two"]


def test_section_names_are_unique_and_never_those_of_the_entry() -> None:
    text = "zero\n## A b\none\n## a-b!\ntwo\n## A b 2\nthree\n## Name\nfour\n## ?\nfive"
    assert sections(text) == {
        "introduction": "zero",
        "a-b": "one",
        "a-b-2": "two",
        "a-b-2-2": "three",
        "name-2": "four",
        "section": "five",
    }


def test_a_title_below_another_heading_is_a_section() -> None:
    page = read_page("## Before\none\n# Title\ntwo")
    assert page.title == "Title"
    assert [section.name for section in page.sections] == ["before", "title"]


@pytest.mark.parametrize(
    ("text", "title", "paths"),
    [
        ("## Leave\none\n### Days\ntwo", "Leave", [(), ("Days",)]),
        ("### Leave\none", "Leave", [()]),
        # A heading among others, or below a text, is none.
        ("## Leave\none\n## Days\ntwo", "", [("Leave",), ("Days",)]),
        ("above\n## Leave\none", "", [(), ("Leave",)]),
        ("## Leave\none\n# Days\ntwo", "Days", [("Leave",), ("Days",)]),
    ],
)
def test_what_a_document_begins_with_is_its_title(
    text: str, title: str, paths: list[tuple[str, ...]]
) -> None:
    page = read_page(text)
    assert (page.title, [section.path for section in page.sections]) == (title, paths)


@pytest.mark.parametrize(
    ("markdown", "paths"),
    [
        ("# Summary\n\nOne.\n\n# Need\n\nTwo.\n", [("Summary",), ("Need",)]),
        ("# Fast bees\n\nOne.\n\n# Need\n\nTwo.\n", [(), ("Need",)]),
        ("# Summary\n\nOne.\n\n## Need\n\nTwo.\n", [(), ("Need",)]),
        ("<a id='x'></a>\n\n## Fast `bees`\n\nOne.\n\n### Need\n\nTwo.\n", [(), ("Need",)]),
        ("## Fast bees\n\nOne.\n\n## Need\n\nTwo.\n", [("Fast bees",), ("Need",)]),
    ],
    ids=["parts", "the title again", "one heading", "of another level", "beside others"],
)
def test_below_a_title_of_front_matter_the_first_of_several_headings_is_a_section(
    markdown: str, paths: list[tuple[str, ...]]
) -> None:
    page = read_page(markdown, title="Fast Bees")
    assert page.title == "Fast Bees"
    assert [section.path for section in page.sections] == paths


def test_text_around_the_title_is_the_introduction() -> None:
    assert sections("above\n\n# Title\n\nbelow") == {"introduction": "above\n\n\nbelow"}


def test_anchors_are_counted_for_headings_without_text_too() -> None:
    page = read_page("# A\n## Use\n## Use\ntext", slugs="mkdocs")
    assert [section.anchor for section in page.sections] == ["use_1"]
    assert read_page("# A\n## B {#own}\nx").sections[0].anchor == "own"


@pytest.mark.parametrize(
    "marked",
    [
        '<a name="undo"></a>\n## Rolling back',
        "<a id='undo'></a>\n\n## Rolling back",
        "(undo)=\n## Rolling back",
        "(older)=\n(undo)=\n\nRolling back\n---",
        '## <a id="undo"></a>Rolling back',
        "## Rolling back <a name=undo />",
        '<a class="anchor" id="undo" href="#undo"></a>\n## Rolling back',
    ],
)
def test_an_anchor_in_or_above_a_heading_is_its_own(marked: str) -> None:
    page = read_page(f"# Deploy\n\nAsk early.\n\n{marked}\n\nWait.")
    before, after = page.sections
    assert (before.text, [block.plain for block in before.blocks]) == ("Ask early.", ["Ask early."])
    assert (after.path, after.anchor, after.text) == (("Rolling back",), "undo", "Wait.")


@pytest.mark.parametrize("shown", ["`(undo)=`", "```\n(undo)=\n```", "see (undo)= above"])
def test_what_only_looks_like_an_anchor_is_text(shown: str) -> None:
    before, after = read_page(f"# Deploy\n\n{shown}\n\n## Rolling back\n\nWait.").sections
    assert (before.text, after.anchor) == (shown, "rolling-back")


def test_the_source_is_kept_as_it_stands() -> None:
    text = '!!! note "Mind"\n    <!-- no -->\n    Hot, **very**.'
    (section,) = read_page(text).sections
    assert section.text == text
    assert [text[block.start : block.end] for block in section.blocks] == [
        '!!! note "Mind"',
        "Hot, **very**.",
    ]


def test_line_ends_of_other_systems_are_read() -> None:
    assert sections("## A\r\none\r\n## B\rtwo") == {"a": "one", "b": "two"}


def _is_sound(section: Section) -> None:
    last = 0
    for number, block in enumerate(section.blocks):
        assert last <= block.start < block.end <= len(section.text), (number, block)
        last = block.end
        assert -1 <= block.lead < number
        assert block.plain.strip()
        source = section.text[block.start : block.end]
        assert source.strip()
        assert block.kind == "code" or source == source.strip()


@given(st.one_of(MARKDOWN, st.text(max_size=200)), st.booleans())
@settings(max_examples=400)
def test_blocks_are_in_order_and_in_the_text(text: str, is_mdx: bool) -> None:
    page = read_page(text, is_mdx=is_mdx)
    names = [section.name for section in page.sections]
    assert len(set(names)) == len(names)
    for section in page.sections:
        assert section.blocks
        assert section.text.strip()
        _is_sound(section)


WORDS = st.text("abcäß", min_size=1, max_size=5)
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(st.lists(PARAGRAPH, min_size=1, max_size=8), st.sampled_from(["", "- ", "1. ", "> "]))
def test_every_character_of_a_paragraph_is_in_a_block(paragraphs: list[str], mark: str) -> None:
    text = "\n\n".join(mark + paragraph for paragraph in paragraphs)
    (section,) = read_page(text).sections
    assert [section.text[b.start : b.end] for b in section.blocks] == [mark + p for p in paragraphs]
    assert [block.plain for block in section.blocks] == paragraphs


# A page of so many.
HOSTILE = {
    "headings": lambda n: "".join(f"## Heading {k}\n\ntext {k}\n\n" for k in range(n // 5)),
    "same": lambda n: "".join(f"## Same {k % 2}\n\nb\n\n" for k in range(n // 5)),
    "rows": lambda n: "| a | b |\n|---|---|\n" + "".join(f"| {k} | x |\n" for k in range(n // 3)),
    "pipes": lambda n: "| a |\n" * n,
    "lists": lambda n: "- - - - - - - - - - - - - - - - x\n" * (n // 50),
    "quotes": lambda n: ">" * n + " x",
    "brackets": lambda n: "[" * n,
    "comments": lambda n: "<!--" * n,
    "anchors": lambda n: "## A {#" + "x" * n,
    "braces": lambda n: "::: note " + "{" * n,
    "tags": lambda n: "<a " * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_large_and_odd_pages_take_linear_time(kind: str) -> None:
    assert grows_linearly(lambda count: read_page(HOSTILE[kind](count)), 8_000)


@pytest.mark.parametrize(
    ("headings", "rows"), [(1000, 2000), pytest.param(5000, 10_000, marks=pytest.mark.slow)]
)
def test_all_of_a_large_page_is_read(headings: int, rows: int) -> None:
    page = read_page("".join(f"## Heading {n}\n\ntext {n}\n\n" for n in range(headings)))
    assert len(page.sections) == headings
    table = "| a |\n|---|\n" + "".join(f"| {n} |\n" for n in range(rows))
    (section,) = read_page(table).sections
    assert len(section.blocks) == rows + 1


def test_places_are_those_of_letters_with_their_marks() -> None:
    [one] = read_page("# A\n## U\u0308bung\nGro\u0308\u00dfe za\u0308hlt.").sections
    assert (one.path, one.anchor, one.text) == (("Übung",), "übung", "Größe zählt.")
    assert one.text[one.blocks[0].start : one.blocks[0].end] == "Größe zählt."


def test_codes_of_emoji_at_the_ends_of_a_heading_are_no_words_of_it() -> None:
    text = "# Barn - :cow: + :cat:\n\nHay.\n\n## :rocket: Start :+1:\n\nGo.\n\n## At :10:30:\n\nOn."
    page = read_page(text)
    assert page.title == "Barn"
    paths = [(one.path, one.anchor) for one in page.sections]
    assert paths == [((), ""), (("Start",), "rocket-start-1"), (("At :10:30:",), "at-1030")]
    assert read_page(text, slugs="mkdocs").sections[1].anchor == "start"


def test_a_heading_of_the_first_level_far_below_others_is_no_title() -> None:
    few, many = "word " * 20, "word " * 31
    assert read_page(f"## Status\n\n{few}\n\n# Boats\n\nRow.").title == "Boats"
    page = read_page(f"## Status\n\n{many}\n\n# Appendix\n\nRow.\n\n# Index\n\nOars.")
    assert page.title == ""
    assert [section.path for section in page.sections] == [("Status",), ("Appendix",), ("Index",)]
