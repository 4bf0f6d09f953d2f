"""What a page of HTML shows as lines of code."""

from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html

LINES = "<tr><td>(define x</td></tr><tr><td><span>&nbsp;&nbsp;</span>1)</td></tr>"
CODE = "```\n(define x\n  1)\n```"


@pytest.mark.parametrize(
    "html",
    [
        f'<blockquote class="SCodeFlow"><table class="RktBlk">{LINES}</table></blockquote>',
        f'<blockquote><table class="RktBlk"><tr><td><table>{LINES}</table></td></tr></table>',
        '<p class="SVerbatim">(define x<br>&nbsp; 1)</p>',
    ],
)
def test_lines_that_are_laid_out_as_tables_are_code(html: str) -> None:
    assert from_html(html).markdown == CODE


def test_what_is_above_a_file_is_no_line_of_it() -> None:
    named = f'<p class="Rfiletitle">x.rkt</p><table class="RktBlk">{LINES}</table>'
    said = from_html(f'<blockquote class="SCodeFlow">{named}</blockquote>').markdown
    assert said == "> x.rkt\n>\n> ```\n> (define x\n>   1)\n> ```"


def test_code_that_is_indented_as_a_quotation_is_none() -> None:
    said = from_html("<blockquote><pre>row --all</pre><pre>row --fast</pre></blockquote>").markdown
    assert said == "```\nrow --all\n```\n\n```\nrow --fast\n```"
