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


CONTENTS = (
    "<p><b>In this part</b></p><dl><dt>1. <a href=oars.html>Oars</a></dt>"
    "<dd><dl><dt><a href=oars.html#wood>1.1. Wood</a></dt></dl></dd></dl>"
)


@pytest.mark.parametrize(
    "opening",
    ["<div class=toc>", "<nav-box id=TOC>", "<div role=doc-toc>", "<div class='box contents'>"],
)
def test_a_table_of_contents_is_no_text(opening: str) -> None:
    assert markdown(f"<h2>Boats</h2>{opening}{CONTENTS}</div></nav-box><p>They float.") == (
        "## Boats\n\nThey float."
    )


def test_a_table_of_contents_is_kept_where_it_is_all_or_tells_something() -> None:
    assert "[Oars](oars.html)" in markdown(f"<h2>Boats</h2><div class=toc>{CONTENTS}</div>")
    told = f"<div class=toc>{CONTENTS}<p>Read all of it.</p></div><p>They float."
    assert "Read all of it." in markdown(told)
    assert "Eight oars" in markdown("<div class=contents>Eight oars</div><p>They float.")


@pytest.mark.parametrize(("target", "is_kept"), [("sails.html", False), ("masts.html", True)])
def test_one_link_with_a_key_leads_on_where_the_head_says_so(target: str, is_kept: bool) -> None:
    head = '<head><title>Oars</title><link rel="next" href="sails.html"></head>'
    row = f'<table><tr><td></td><td><a accesskey="n" href="{target}">Next</a></td></tr></table>'
    page = from_html(f"{head}<body><h1>Oars</h1><p>Two of them.</p>{row}")
    assert ("[Next]" in page.markdown) == is_kept
