"""What of a page of HTML leads on and says nothing."""

from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html

MENU = '<p><a href="./">Home</a> | <a href="m/">Modules</a> | <a href="f/">FAQ</a></p>'
TITLE = "<h1>Oars</h1><p>Two of them.</p>"


def markdown(html: str) -> str:
    return from_html(f"<title>Oars</title><body>{html}").markdown


@pytest.mark.parametrize(
    "above",
    [
        MENU,
        f'<div id=head>{MENU}<p>Boats 2.5</p><img alt="" src="f.png"></div>',
        f'<div>{MENU}</div><div><a href="./"><img alt="&lt;-" src="left.gif"></a></div><div>',
    ],
)
def test_a_menu_above_the_title_is_no_text(above: str) -> None:
    assert markdown(above + TITLE) == "# Oars\n\nTwo of them."


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("<p>Row well, or do not row.</p>" + MENU, "Row well"),
        (MENU + "<p>Row well, or do not row.</p>", "Row well"),
        (f"Boats{MENU}", "[Home](./)"),
        ('<p>By <a href="m">Mia</a>, 3 March</p>', "[Mia](m), 3 March"),
        (MENU + '<img alt="Two oars" src="o.png">', "![Two oars](o.png)"),
        (MENU + "<h1>Boats</h1>", "[Home](./)"),
    ],
)
def test_what_says_something_above_the_title_is_kept(above: str, kept: str) -> None:
    assert kept in markdown(above + TITLE)


@pytest.mark.parametrize("title", ["Oars", "1.2 Oars", "Oars and Paddles"])
def test_a_menu_above_a_title_of_a_lower_level_is_no_text(title: str) -> None:
    # Scribble numbers the levels of headings by those of the book, and shows all its chapters.
    rows = "".join(f'<tr><td>{n}</td><td><a href="{n}">Boat {n}</a></td></tr>' for n in range(99))
    page = from_html(
        f"<title>Oars</title><div><table>{rows}</table></div><div><h4>{title}</h4><p>Two.</p>"
    )
    assert page.markdown == f"#### {title}\n\nTwo."


def test_a_menu_above_a_heading_that_is_no_title_is_kept() -> None:
    assert "[Home](./)" in markdown(f"{MENU}<h4>Boats</h4><p>Two.")


def test_where_the_page_is_in_other_languages_is_no_text() -> None:
    links = " | ".join(
        f'<a href="{one}/oars.html" hreflang="{one}" rel="alternate">&nbsp;{one}&nbsp;</a>'
        for one in ("de", "fr")
    )
    said = markdown(f"<h1>Oars</h1><div><p>Languages: {links}</p></div><p>Two.</p>")
    assert said == "# Oars\n\nTwo."


def test_links_to_other_pages_in_other_languages_are_kept() -> None:
    said = markdown(f'{TITLE}<p>See <a href="d" hreflang="de">Ruder</a> by a Dane.</p>')
    assert "[Ruder](d)" in said


def test_lines_of_links_to_headings_are_no_text() -> None:
    lines = "".join(f'<div><a href="#{one}">{one}</a></div>' for one in "abc")
    heads = "".join(f"<h2 id={one}>{one}</h2><p>Text." for one in "abc")
    assert "(#" not in markdown(f"<div>{lines}</div>{heads}")
    assert "(#b)" in markdown(f'<div>See <a href="#b">b</a></div>{lines[:40]}{heads}')
