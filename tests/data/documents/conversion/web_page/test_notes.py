"""Footnotes of pages of HTML, as several programs write them, and notes on the margin."""

from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html


@pytest.mark.parametrize(
    "html",
    [
        # Google Docs
        '<p>Fly.<sup><a href="#f1" id="r1">[1]</a></sup></p><hr>'
        '<div><p><a href="#r1" id="f1">[1]</a><span>&nbsp;Not far.</span></p></div>',
        # pandoc
        '<p>Fly.<a href="#fn1" id="fnref1"><sup>1</sup></a></p><section><ol><li id="fn1">'
        '<p>Not far. <a href="#fnref1">↩︎</a></p></li></ol></section>',
        # MediaWiki
        '<p>Fly.<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p><ol><li '
        'id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <span>Not far.</span></li></ol>',
    ],
)
def test_a_mark_and_the_note_that_leads_back_are_a_footnote(html: str) -> None:
    assert from_html(f"<main>{html}</main>").markdown == "Fly.[^1]\n\n[^1]: Not far."


def test_notes_are_numbered_as_they_are_referred_to_and_may_be_several_paragraphs() -> None:
    html = """<main><p>A<a id="ra" href="#na">*</a> b<a id="rb" href="#nb">†</a>.</p>
    <div id="na"><p>One.</p><p>Two.</p><a href="#ra">↑</a></div>
    <div id="nb">Three. <a href="#rb">↑</a></div></main>"""
    assert from_html(html).markdown == "A[^1] b[^2].\n\n[^1]: One.\n\n    Two.\n\n[^2]: Three."


def test_comments_of_google_docs_are_no_text() -> None:
    html = """<main><p>Fly.<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
    <div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>Still so?</p><p>_Assigned to Uma_</p></div>
    </main>"""
    assert from_html(html).markdown == "Fly."


def test_a_list_of_contents_that_headings_lead_back_to_is_none() -> None:
    html = """<main><p><a id="t1" href="#s1">1</a> and <a href="#s2">2</a></p>
    <section id="s1"><h2><a href="#t1">Salt</a></h2><p>Two days.</p></section></main>"""
    assert "[^" not in from_html(html).markdown


@pytest.mark.parametrize("note", ["<aside>Or not.</aside>", '<p class="refpara">Or not.</p>'])
def test_a_note_on_the_margin_parts_nothing_that_is_announced(note: str) -> None:
    said = from_html(f"<main><p>So:</p>\n{note}\n<pre>row</pre><p>And stop.</p></main>").markdown
    assert said == "So:\n\n```\nrow\n```\n\nOr not.\n\nAnd stop."
    assert from_html(f"<main><p>So.</p>{note}<pre>row</pre></main>").markdown.startswith(
        "So.\n\nOr"
    )
    assert from_html(f"<main><p>So:</p>{note}</main>").markdown == "So:\n\nOr not."
