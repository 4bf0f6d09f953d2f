from __future__ import annotations

import re
from dataclasses import replace

import pytest
from quoted import quoted

from entrywise.data.documents.sections import read_page
from entrywise.data.documents.stretches import stretch
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.rag.answer import Citation
from entrywise.web.documents.html import NO_DOCUMENTS, Documents
from entrywise.web.served.links import quote_path

TOUR = "booking-a-guided-tour"


def section(museum: KnowledgeBase, name: str) -> Section:
    return next(one for one in museum["visit"].sections if one.name == name)


def citing(museum: KnowledgeBase, name: str, begin: str, end: str) -> Citation:
    text = section(museum, name).text
    start = text.index(begin)
    stop = text.index(end, start) + len(end)
    quote = text[start:stop]
    return Citation(1, "visit", "T", name, start, stop, quote, is_markdown=True)


def quoted_blocks(html: str) -> list[str]:
    found = re.findall(r'<(\w+)[^>]* class="quoted"[^>]*>(.*?)</\1>', html)
    return [re.sub("<[^<>]*>", "", text) for _, text in found]


def test_a_section_marks_the_blocks_of_a_quote(museum: KnowledgeBase) -> None:
    place = citing(museum, TOUR, "1. Choose", "rules).")
    found = section(museum, TOUR)
    html = Documents(museum).section("visit", found, place.start, place.end)
    assert quoted_blocks(html) == [
        "Choose a day in the calendar.",
        "Write to tours@museum.example, see the rules.",
    ]
    assert html.count('id="quote"') == 1
    assert "quoted" not in Documents(museum).section("visit", found)


def test_rows_of_a_table_are_marked(museum: KnowledgeBase) -> None:
    place = citing(museum, "tickets", "| Child", "EUR |")
    found = section(museum, "tickets")
    html = Documents(museum).section("visit", found, place.start, place.end)
    assert quoted_blocks(html) == ["Child4 EUR"]


def test_rows_that_are_left_out_of_a_table_are_counted(museum: KnowledgeBase) -> None:
    shown = Documents(museum, more_rows="{} more rows".format)
    row, all_rows = (
        citing(museum, "tickets", begin, "4 EUR |") for begin in ("| Child", "| Visitor")
    )
    path = quote_path(row).replace("&", "&amp;")
    assert f'<p class="beyond"><a href="{path}">1 more rows</a></p>' in shown.excerpt([row], str)
    assert "more rows" not in shown.excerpt([all_rows], str)
    assert "more rows" not in shown.excerpt([citing(museum, TOUR, "1. Choose", "rules).")], str)


def test_steps_that_are_left_out_of_a_list_are_counted(museum: KnowledgeBase) -> None:
    shown = Documents(museum, more_items="{} more items".format)
    step, two, all_steps = (
        citing(museum, TOUR, "1. Choose", end) for end in ("opening-hours).", "rules).", "<day>")
    )
    path = quote_path(two).replace("&", "&amp;")
    assert f'<p class="beyond"><a href="{path}">1 more items</a></p>' in shown.excerpt([two], str)
    assert "2 more items" in shown.excerpt([step], str)
    assert "more items" not in shown.excerpt([all_steps], str)


def test_links_lead_to_the_pages_of_documents(museum: KnowledgeBase) -> None:
    html = Documents(museum).section("visit", section(museum, TOUR))
    assert re.findall('href="([^"]*)"', html) == [
        "/entry/rooms/index#section-opening-hours",
        "mailto:tours@museum.example",
        "https://museum.example/rules",
        "/entry/visit",
    ]
    cafe = Documents(museum).section("visit", section(museum, "the-café"))
    assert cafe == "<p>It is closed in winter.</p>"
    kiosk = Documents(museum).section("visit", section(museum, "the-kiosk"))
    assert kiosk == "<p>It sells water <em>a bottle</em>.</p>"


def test_a_link_whose_address_stands_below_another_heading_leads_there() -> None:
    text = "See [the map].\n\n## Links\n\nMore [here].\n\n[the map]: https://a.b/m\n[here]: #links"
    (first, _) = read_page(text).sections
    shown = '<p>See <a href="https://a.b/m"'
    assert NO_DOCUMENTS.section("e", first).startswith(shown)
    cited = Citation(1, "e", "E", first.name, 0, 14, first.text, is_markdown=True)
    cited = replace(cited, source=stretch(first, 0, 14).text)
    assert NO_DOCUMENTS.excerpt([cited], str).startswith(shown)


def test_a_remark_is_a_box_on_its_page_in_answers_and_around_a_quote() -> None:
    text = 'Before.\n\n!!! note "Feast"\n    It is closed.\n\nAfter.'
    found = Section("s", text, is_markdown=True)
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (found,)),)))
    said = "<p{}><strong>Feast</strong><br>It is closed.{}</p>"
    box = f'<div class="admonition" role="note">{said}</div>'
    assert documents.section("e", found) == f"<p>Before.</p>{box.format('', '')}<p>After.</p>"
    start, end = text.index("!!!"), text.index("\n\nAfter")
    quote = text[start:end]
    cited = Citation(1, "e", "E", "s", start, end, quote, is_markdown=True)
    assert documents.excerpt([cited], str) == box.format("", "1")
    assert box.format(' class="quoted"', "") in documents.around(cited)
    assert "quoted" not in documents.around(cited, is_evidence=False)


def test_a_remark_in_an_item_is_a_box_in_it() -> None:
    text = "1. Come.\n\n    !!! warning\n        It is closed.\n\n2. Go."
    found = Section("s", text, is_markdown=True)
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (found,)),)), kinds={"warning": "W"})
    kind = '<p class="kind urgent">W</p>'
    box = f'<div class="admonition" role="note">{kind}<p>It is closed.</p></div>'
    shown = f"<ol><li><p>Come.</p>{box}</li><li><p>Go.</p></li></ol>"
    assert documents.section("e", found) == shown
    told = stretch(found, 0, len(text))
    cited = Citation(
        1, "e", "E", "s", 0, len(text), text, None, None, True, told.text, None, told.remarks
    )
    assert documents.excerpt([cited], str) == shown.replace("Go.", "Go.1")


FERRY = """Line 7.

> The boat goes at nine.
> It is *full* on Sundays. Come early.

- in coins
- by card

| Day | Boats |
|---|---|
| Sunday | two |
| Monday | one |"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It is *full* on Sundays.", "<mark>It is <em>full</em> on Sundays.</mark> Come early."),
        ("- by card", '<li>in coins</li><li class="quoted">by card</li>'),
        ("| Sunday | two |", '<tr class="quoted"><td>Sunday</td><td>two</td></tr>'),
        ("| Monday | one |", '<tr class="quoted"><td>Monday</td><td>one</td></tr>'),
    ],
    ids=["a sentence", "an item", "a row", "a row by itself"],
)
def test_what_answers_by_itself_is_marked_in_its_quote(said: str, expected: str) -> None:
    found = Section("s", FERRY, is_markdown=True)
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (found,)),)))
    place = FERRY.index(said)
    cited = []
    # Rows of a table may be quoted one by one, and are shown as one table.
    for number, quote in enumerate(
        (FERRY[FERRY.index(">") : FERRY.index("\n| Mon")], "| Monday | one |")
    ):
        start = FERRY.index(quote)
        end = start + len(quote)
        own = (place, place + len(said)) if start <= place < end else None
        cited.append(
            Citation(number + 1, "e", "E", "s", start, end, quote, is_markdown=True, highlight=own)
        )
    html = documents.excerpt(cited, str)
    assert expected in html
    assert html.count('class="quoted"') + html.count("<mark>") == 1
    assert (
        documents.excerpt([replace(one, highlight=None) for one in cited], str).count("quoted") == 0
    )


def test_it_is_marked_in_plain_text() -> None:
    text = "Terms.\n\nThe fare is due on board,\nin coins. Children go *free*. Dogs pay.\n\nEnd."
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (Section("s", text),)),)))
    place = text.index("Children")
    quote = text[8:]
    cited = Citation(1, "e", "E", "s", 8, len(text), quote, highlight=(place, place + 19))
    assert documents.excerpt([cited], str) == (
        "<p>The fare is due on board, in coins. <mark>Children go *free*.</mark> Dogs pay.</p>"
        "<p>End.1</p>"
    )


def test_the_number_of_a_quote_belongs_to_what_answers_at_its_end() -> None:
    text = "Dogs pay. Children go free."
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (Section("s", text),)),)))
    cited = Citation(1, "e", "E", "s", 0, len(text), text, highlight=(10, len(text)))
    assert documents.excerpt([cited], str) == "<p>Dogs pay. <mark>Children go free.1</mark></p>"


def test_a_quote_stands_among_what_is_near_it() -> None:
    rows = "\n".join(f"| row {number} | {'x' * 60} |" for number in range(50))
    items = "\n".join(f"{number}. item {number}: {'x' * 60}" for number in range(1, 51))
    text = f"| a | b |\n|---|---|\n{rows}\n\n{items}\n\n> said {'x' * 300}\n>\n> far"
    section_of_all = Section("s", text, is_markdown=True)
    base = KnowledgeBase((Entry("e", "E", "c", (section_of_all,)),))
    shown = {}
    for word in ("row 30 ", "item 30:", "said"):
        start = text.index(word)
        citation = Citation(1, "e", "E", "s", start, start + 4, word, is_markdown=True)
        shown[word] = Documents(base).around(citation)
    assert re.findall(r"row \d+", shown["row 30 "]) == [f"row {n}" for n in range(26, 34)]
    assert '<th scope="col">a</th>' in shown["row 30 "]
    assert "<li><mark>item</mark> 30: " in shown["item 30:"]
    numbers = re.findall(r"\bitem(?:</mark>)? (\d+)", shown["item 30:"])
    assert f'<ol start="{numbers[0]}">' in shown["item 30:"]
    assert "30" in numbers
    assert len(numbers) < 12
    assert "item 50" in shown["said"]
    assert "far" not in shown["said"]


def test_the_middle_of_a_long_quote_that_is_read_elsewhere_is_left_out() -> None:
    text = "Before.\n\n" + "\n\n".join(f"{n}. {'x' * 50}" for n in "12345678") + "\n\nAfter."
    base = KnowledgeBase((Entry("e", "E", "c", (Section("s", text, is_markdown=True),)),))
    start, end = text.index("1."), text.index("\n\nAfter")
    cited = Citation(1, "e", "E", "s", start, end, text[start:end], is_markdown=True)
    assert quoted_blocks(Documents(base).around(cited, is_read=True)) == ["x" * 50] * 2
    begun, ended = Documents(base).around(cited, is_read=True).split("<p>…</p>")
    assert begun.startswith("<p>Before.</p><ol>")
    assert ended.startswith('<ol start="8">')
    assert ended.endswith("</ol><p>After.</p>")
    assert quoted_blocks(Documents(base).around(cited)) == ["x" * 50] * 8
    short = replace(cited, end=text.index("\n\n5."))
    assert "…" not in Documents(base).around(short, is_read=True)


def test_without_documents_links_are_text() -> None:
    assert NO_DOCUMENTS.excerpt([quoted("[a](b.md)")], str) == "<p>a1</p>"


def test_code_says_its_language_and_can_be_copied() -> None:
    documents = Documents(copy="Kopieren")
    text = "```<py>\nx = 1\n```\n\n    y = 2"
    html = documents.section("a", Section("text", text, is_markdown=True))
    button = '<button type="button" class="quiet" data-action="copy-code">Kopieren</button>'
    assert html == (
        f'<div class="code"><p class="head"><span>&lt;py&gt;</span>{button}</p>'
        '<pre tabindex="0"><code>x = 1</code></pre></div>'
        f'<div class="code"><p class="head"><span></span>{button}</p>'
        '<pre tabindex="0"><code>y = 2</code></pre></div>'
    )


@pytest.mark.parametrize("language", ["text", "plain", "None", "txt"])
def test_a_language_that_is_none_is_not_named(language: str) -> None:
    section = Section("text", f"```{language}\nx\n```", is_markdown=True)
    assert "<span></span>" in Documents(copy="Kopieren").section("a", section)


def test_short_code_stays_on_its_line() -> None:
    long = "--" + 6 * "very-" + "long"
    text = f"Say `--dry-run`, `six`, `a b-c` or `{long}`.\n\n    x-1"
    assert Documents().section("a", Section("text", text, is_markdown=True)) == (
        '<p>Say <code class="whole">--dry-run</code>, <code>six</code>, '
        '<code class="whole">a b-c</code> or '
        f'<code>{long}</code>.</p><pre tabindex="0"><code>x-1</code></pre>'
    )


def test_longer_code_breaks_between_its_words() -> None:
    text = "Run `tool run --refresh-all <name> it`."
    assert Documents().section("a", Section("text", text, is_markdown=True)) == (
        '<p>Run <code>tool run <span class="whole">--refresh-all</span> '
        '<span class="whole">&lt;name&gt;</span> it</code>.</p>'
    )


def test_code_in_a_block_that_is_quoted_is_left_alone() -> None:
    section = Section("text", "    tool run --refresh-all now\n\nSo.", is_markdown=True)
    html = Documents().section("a", section, 0, 20)
    assert '<pre tabindex="0" class="quoted" id="quote"><code>tool run --refresh-all now<' in html


@pytest.mark.parametrize(
    "text",
    [
        "!!! warning\n    Mind *the* gap.",
        "::: warning\nMind *the* gap.\n:::",
        "> [!WARNING]\n> Mind *the* gap.",
        "/// warning\nMind *the* gap.\n///",
    ],
)
def test_a_remark_says_of_what_kind_it_is(text: str) -> None:
    documents = Documents(kinds={"warning": "Warnung"})
    said = '<p class="kind urgent">Warnung</p><p>Mind <em>the</em> gap.</p>'
    assert documents.section("a", Section("text", text, is_markdown=True)) == (
        f'<div class="admonition" role="note">{said}</div>'
    )


def test_a_kind_of_the_authors_own_is_not_named() -> None:
    text = "::: <b>grid\nText.\n:::\n\n::: grid\nText.\n:::"
    html = Documents(kinds={"note": "Note"}).section("a", Section("text", text, is_markdown=True))
    assert 'class="kind' not in html
    assert "<b>" not in html


def test_a_quote_from_within_a_remark_says_so() -> None:
    text = "Look up.\n\n!!! warning\n    Mind the gap.\n\n    Then go."
    entry = Entry("gap", "Gap", "stations", sections=(Section("text", text, is_markdown=True),))
    documents = Documents(KnowledgeBase((entry,)), kinds={"warning": "Warning"})

    def shown(quote: str) -> str:
        start = text.index(quote)
        end = start + len(quote)
        cited = Citation(1, "gap", "Gap", "text", start, end, quote, is_markdown=True)
        return documents.excerpt([cited], lambda number: f"[{number}]")

    said = '<div class="admonition" role="note"><p class="kind urgent">Warning</p>'
    assert shown("Mind the gap.") == f"{said}<p>Mind the gap.[1]</p></div>"
    assert shown("Then go.") == f"{said}<p>Then go.[1]</p></div>"
    assert shown("Look up.") == "<p>Look up.[1]</p>"
