from __future__ import annotations

import re

import pytest

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.rag.answer import Citation
from entrywise.web.documents.html import Documents

_MARK = re.compile(r"<mark>(.*?)</mark>")


def shown(text: str, quote: str) -> str:
    """A section on its page, with a quote marked."""
    start = text.index(quote)
    (section,) = read_page(text).sections
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (section,)),)))
    return documents.section("e", section, start, start + len(quote))


PARAGRAPH = "The tide is low. It **rises** at `six`, see [the list](list.md). Ships wait. So do we."


@pytest.mark.parametrize(
    ("quote", "marked"),
    [
        ("The tide is low.", "The tide is low."),
        ("So do we.", "So do we."),
        (
            "It **rises** at `six`, see [the list](list.md). Ships wait.",
            "It <strong>rises</strong> at <code>six</code>, see the list. Ships wait.",
        ),
    ],
)
def test_of_a_paragraph_the_quoted_sentences_are_marked(quote: str, marked: str) -> None:
    html = shown(PARAGRAPH, quote)
    assert _MARK.findall(html) == [marked]
    assert html.startswith('<p id="quote">')
    assert "quoted" not in html
    plain = shown(PARAGRAPH, PARAGRAPH).replace(' class="quoted"', "")
    assert re.sub("</?mark>", "", html) == plain


def test_lines_of_a_paragraph_do_not_matter() -> None:
    html = shown("One\nis here. Two is\nthere. Three.", "Two is\nthere.")
    assert _MARK.findall(html) == ["Two is there."]


def test_between_its_ends_a_quote_has_whole_blocks() -> None:
    text = "Before. It begins:\n\n- one\n- two\n\n```\nx = 1\n```\n\nIt ends. After."
    html = shown(text, text[8:-7])
    assert _MARK.findall(html) == ["It begins:", "It ends."]
    assert re.findall(r'class="quoted"[^>]*>(?:<code>)?([^<]*)', html) == ["one", "two", "x = 1"]
    assert html.count('id="quote"') == 1


def test_a_quote_that_begins_with_code_or_comes_again_is_marked_by_its_ends() -> None:
    text = "```\nx = 1\n```\n\nIt ends. After."
    assert _MARK.findall(shown(text, text[:-7])) == ["It ends."]
    html = shown(
        "No. Yes.\n\nYes. It does.\n\nSo it is. End.", "Yes.\n\nYes. It does.\n\nSo it is."
    )
    assert _MARK.findall(html) == ["Yes.", "So it is."]
    assert ' class="quoted">Yes. It does.</p>' in html


def test_a_sentence_of_an_item_and_of_what_is_quoted_there_is_marked() -> None:
    assert _MARK.findall(shown("- One. Two.\n- Three.", "Two.")) == ["Two."]
    assert _MARK.findall(shown("> One. Two.\n>\n> Three.", "One.")) == ["One."]


def test_of_an_item_with_a_list_below_it_only_what_is_quoted_is_marked() -> None:
    text = "- Ships\n  - sloops\n  - brigs\n- Boats"
    assert re.findall(r'<(\w+) class="quoted"[^>]*>([^<]*)', shown(text, "- Ships")) == [
        ("span", "Ships")
    ]
    assert re.findall(
        r'<(\w+) class="quoted"[^>]*>([^<]*)', shown(text, text[: text.index("\n  - brigs")])
    ) == [
        ("span", "Ships"),
        ("li", "sloops"),
    ]


def test_a_picture_within_a_quote_stays_whole() -> None:
    quote = "Then ![a map](b.png) there."
    html = shown(f"See ![](a.png) now. {quote} End.", quote)
    assert _MARK.findall(html) == ["Then <em>a map</em> there."]


def test_where_the_words_of_a_quote_are_not_found_its_block_is_marked() -> None:
    html = shown("One [a b](c.md) two. Three.", "b](c.md) two.")
    assert html == '<p class="quoted" id="quote">One a b two. Three.</p>'


def test_html_within_markdown_is_shown_and_marked_as_what_it_is() -> None:
    quote = "<tr><td>Card<td onclick='x()'>1 &lt; 2<script>y()</script>"
    table = f"<table><tr><th>Way<th>Fee{quote}</table>"
    html = shown(f"A.\n\n{table}\n\n!!! note\n    B.", quote)
    head = '<th scope="col">Way</th><th scope="col">Fee</th>'
    row = '<tr class="quoted" id="quote"><td>Card</td><td>1 &lt; 2</td></tr>'
    assert f"<thead><tr>{head}</tr></thead><tbody>{row}</tbody>" in html
    assert html.endswith('<div class="admonition" role="note"><p>B.</p></div>')


SETTINGS = "\n\n".join(
    f"# The berth of boat number {n} at the quay.\nberth_{n} = {n}" for n in range(60)
)
LONG_CODE = f"Set:\n\n```toml\n{SETTINGS}\n```\n\nDone."
_CODE = re.compile(r"<pre([^>]*)><code>(.*?)</code></pre>", re.DOTALL)


def test_of_code_the_lines_that_are_quoted_stand_apart_and_are_marked() -> None:
    part = "# The berth of boat number 7 at the quay.\nberth_7 = 7"
    above, quoted, below = _CODE.findall(shown(LONG_CODE, part))
    assert (above[1][-11:], quoted[1], below[1][:6]) == ("berth_6 = 6", part, "# The ")
    assert ("quoted" in above[0], "quoted" in quoted[0], "quoted" in below[0]) == (
        False,
        True,
        False,
    )
    ((look, whole),) = _CODE.findall(shown(LONG_CODE, f"```toml\n{SETTINGS}\n```"))
    assert whole == SETTINGS
    assert "quoted" in look
    first, rest = _CODE.findall(
        shown(
            LONG_CODE,
            f"```toml\n{SETTINGS[: SETTINGS.index('# The berth of boat number 1 ')].rstrip()}",
        )
    )
    assert "quoted" in first[0]
    assert "quoted" not in rest[0]


def test_around_a_part_of_long_code_only_what_is_near_is_shown() -> None:
    (section,) = read_page(LONG_CODE).sections
    documents = Documents(KnowledgeBase((Entry("e", "E", "c", (section,)),)))
    start = section.text.index("# The berth of boat number 30 ")
    quote = section.text[start : section.text.index("30\n\n", start) + 2]
    cited = Citation(1, "e", "E", section.name, start, start + len(quote), quote, is_markdown=True)
    parts = _CODE.findall(documents.around(cited))
    assert [("quoted" in look) for look, _ in parts] == [False, True, False]
    assert all(len(text) < 400 for _, text in parts)
