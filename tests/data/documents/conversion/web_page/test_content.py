"""What a page holds and what it is called, as tools write it that export pages."""

from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import read_page


def outline(html: str) -> list[tuple[tuple[str, ...], list[str]]]:
    page = read_page(from_html(html).markdown)
    found = [(section.path, [one.plain for one in section.blocks]) for section in page.sections]
    return [((page.title,), []), *found]


def test_the_title_stands_above_the_content_whose_headings_are_parts() -> None:
    html = """<title>Dairy : Cheese</title><body>
    <div id="main-header"><ol><li><a href="index.html">Dairy</a></li></ol>
    <h1 id="title-heading"><span id="title-text"> Dairy : Cheese </span></h1></div>
    <div id="content"><div class="page-metadata">Created by Uma, last modified on May 4</div>
    <div id="main-content"><h1 id="c-Salt">Salt</h1><p>Two days.</p><h1>Rind</h1><p>Wash it.</p>
    </div><div class="pageSection"><h2>Attachments:</h2></div></div>"""
    assert outline(html) == [
        (("Dairy : Cheese",), []),
        (("Salt",), ["Two days."]),
        (("Rind",), ["Wash it."]),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<div class="article-body">{}</div><h2>Related articles</h2><p>0 comments</p>',
        '<p>By Uma</p><div itemprop="articleBody">{}</div><p>Was this helpful?</p>',
        '<p>Jump to search</p><div class="mw-parser-output">{}</div><p>Retrieved from x</p>',
    ],
)
def test_of_an_article_its_text_is_read(body: str) -> None:
    page = f"<title>Cheese – Dairy</title><article><h1>Cheese</h1>{body}</article>"
    assert outline(page.format("<p>Stir it.</p>")) == [(("Cheese",), []), ((), ["Stir it."])]


def test_what_heads_all_pages_of_a_site_is_no_title() -> None:
    html = """<title>Cheese – Dairy</title><header><h1>Dairy</h1></header>
    <main><h1>Cheese</h1><p>Stir it.</p></main>"""
    assert outline(html) == [(("Cheese",), []), ((), ["Stir it."])]


def test_what_the_header_of_an_article_says_in_a_table_is_lines() -> None:
    html = """<title>Cheese</title><article class="page"><header><span class="icon">🧀</span>
    <h1 class="page-title">Cheese</h1><table class="properties"><tr><th>Owner</th><td>Uma</td></tr>
    <tr><th>Tags</th><td><span>Milk</span><span>Salt</span></td></tr></table></header>
    <div class="page-body"><p>Stir it.</p></div></article>"""
    assert from_html(html).markdown == "# Cheese\n\nOwner: Uma\\\nTags: Milk, Salt\n\nStir it."


def test_the_title_of_a_word_processors_page_is_a_paragraph() -> None:
    html = """<body class="doc-content"><p class="c1 title" id="h.1"><span>Dairy guide</span></p>
    <p class="c2"><a href="#h.2">Salt</a><span>&nbsp;</span><a href="#h.2">1</a></p>
    <p class="c2"><a href="#h.3">Rind</a><span>&nbsp;</span><a href="#h.3">2</a></p>
    <p class="c2"><a href="#h.4">Sale</a><span>&nbsp;</span><a href="#h.4">3</a></p>
    <h1 id="h.2">Salt</h1><p>Two days.</p><h1 id="h.3">Rind</h1><p>See <a href="#h.2">salt</a>.</p>
    <h1 id="h.4">Sale</h1><p class="title">At noon.</p>"""
    assert outline(html) == [
        (("Dairy guide",), []),
        (("Salt",), ["Two days."]),
        (("Rind",), ["See salt."]),
        (("Sale",), ["At noon."]),
    ]


def test_a_heading_that_folds_up_its_text_loses_none() -> None:
    html = "<main><h2><details open><summary>Rind</summary><p>Wash it.</p></details></h2></main>"
    assert from_html(html).markdown == "## Rind\n\nWash it."
    html = html.replace("<details", "On the <details")
    assert from_html(html).markdown == "## Rind\n\nOn the\n\nWash it."


def test_what_is_only_to_be_pressed_is_no_text() -> None:
    html = """<main><h2>Rind <span class="mw-editsection">[<a href="e">edit</a>]</span></h2>
    <p class="noprint">Share this</p><div class="hatnote navigation-not-searchable">Not milk.</div>
    <div><span class="icon">⚠️</span></div><p>Wash it.</p></main>"""
    assert from_html(html).markdown == "## Rind\n\nWash it."


def test_a_remark_is_told_by_the_kind_of_its_class() -> None:
    html = """<main><div class="panel-macro panel-macro-warning"><p class="title">Hot</p>
    <div class="body"><p>Wear gloves.</p></div></div><div class="alert alert--info">Rest.</div>
    <div class="my-note">Plain.</div></main>"""
    assert from_html(html).markdown == (
        "!!! warning\n\n    **Hot**\n\n    Wear gloves.\n\n!!! info\n\n    Rest.\n\nPlain."
    )


def test_code_has_the_language_that_a_highlighter_is_told() -> None:
    html = '<main><pre data-syntaxhighlighter-params="brush: bash; gutter: false">ls</pre></main>'
    assert from_html(html).markdown == "```bash\nls\n```"


def test_short_texts_in_rows_are_a_table_whatever_it_says() -> None:
    row = "<tr><td><p>{}</p></td><td><p>{}</p></td></tr>"
    rows = [row.format(*one) for one in (("Mark", "Means"), ("S", "salt"), ("W", "wash"))]
    table = '<main><table role="presentation">{}</table></main>'
    (section,) = read_page(from_html(table.format("".join(rows))).markdown).sections
    assert [one.plain for one in section.blocks] == ["Mark; Means", "S; salt", "W; wash"]
    (section,) = read_page(from_html(table.format("".join(rows[:2]))).markdown).sections
    assert [one.plain for one in section.blocks] == ["Mark", "Means", "S", "salt"]


def test_a_title_above_several_headings_of_the_first_level_is_the_page_s() -> None:
    page = "<title>All on oars – Acme</title><div>All on oars – Acme</div>{}<h1>Care</h1><p>Oil."
    headed = page.format("<h1>Use</h1><p>Row.</p>")
    assert from_html(headed).markdown.startswith("# All on oars – Acme\n\n# Use\n")
    menu = "<ul><li><a href=a>Home</a><li>All on oars – Acme</ul>"
    named = "<div>All on oars – Acme</div>"
    for other in (page.format(""), headed.replace(named, ""), headed.replace(named, menu)):
        assert "# All" not in from_html(other).markdown
    own = from_html(headed.replace(">Use<", ">All on oars<")).markdown
    assert "# All on oars\n" in own
    assert "# All on oars –" not in own
