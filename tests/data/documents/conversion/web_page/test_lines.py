"""Lines of pages of HTML."""

from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        (
            "https://www.google.com/url?q=https://a.b/c%3Fd%3De&amp;sa=D&amp;usg=x",
            "https://a.b/c?d=e",
        ),
        ("https://www.google.com/search?q=cheese", "https://www.google.com/search?q=cheese"),
        ("https://www.google.com/url?sa=D", "https://www.google.com/url?sa=D"),
    ],
)
def test_a_link_that_is_sent_around_leads_where_it_ends(target: str, leads_to: str) -> None:
    assert from_html(f'<main><a href="{target}">us</a></main>').markdown == f"[us]({leads_to})"


@pytest.mark.parametrize(
    ("text", "said"), [("⚠️", ""), ("*", "\\*"), ("⚠️ Hot", "⚠️ Hot"), ("奶", "奶")]
)
def test_a_sign_alone_is_no_paragraph(text: str, said: str) -> None:
    assert from_html(f"<main><p>{text}</p></main>").markdown == said


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<div>One.<br><br>Two.<br>Three.<br> <br></div>Four.", "One.\n\nTwo.\\\nThree.\n\nFour."),
        ("<p><b><br>Fee<br></b>15 EUR</p>", "**Fee**\\\n15 EUR"),
        ("<p>Mia wrote:<br></p><blockquote>Why?</blockquote>", "Mia wrote:\n\n> Why?"),
        ("<p><b>One.<br><br>Two.</b> 2 * 3<br><br>So.</p>", "**One.\\\n\\\nTwo.** 2 \\* 3\n\nSo."),
    ],
)
def test_several_breaks_part_paragraphs_and_none_stands_around_one(
    html: str, markdown: str
) -> None:
    assert from_html(html).markdown == markdown


def test_a_break_in_a_cell_is_a_blank() -> None:
    html = "<table><tr><th>A</th><th>B</th></tr><tr><td>one<br>two<br></td><td>3</td></tr></table>"
    assert from_html(html).markdown == "| A | B |\n|---|---|\n| one two | 3 |"
