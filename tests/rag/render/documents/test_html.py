from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Page
from quoted import FENCE

from entrywise.rag.render.documents.html import Form, html_of
from entrywise.rag.render.documents.spans import is_absolute
from entrywise.rag.render.documents.tree import Node, marked, parsed

FORM = Form(lambda number: f"<sup>{number}</sup>")


def html(source: str, form: Form = FORM) -> str:
    return html_of(parsed(source), form)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**a** *b* `<c>`", "<p><strong>a</strong> <em>b</em> <code>&lt;c&gt;</code></p>"),
        ("### t", "<p><strong>t</strong></p>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- [ ] a\n- [x] *b*", '<ul class="tasks"><li>☐ a</li><li>☑ <em>b</em></li></ul>'),
        (
            "- [ ] a\n- b",
            '<ul class="tasks"><li>☐ a</li>'
            '<li><span class="bullet" aria-hidden="true">• </span>b</li></ul>',
        ),
        ("- [a]\n- `[ ]`\n- [ ]", "<ul><li>[a]</li><li><code>[ ]</code></li><li>[ ]</li></ul>"),
        ("**a**\nb\nc", "<p><strong>a</strong><br>b c</p>"),
        ("**a\nb**\nc", "<p><strong>a</strong><strong> </strong><strong>b</strong> c</p>"),
        ("**a** **b**\nc", "<p><strong>a</strong> <strong>b</strong> c</p>"),
        ("3. a\n\n4. b", '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>'),
        (f"{FENCE}\n<x>\n{FENCE}", '<pre tabindex="0"><code>&lt;x&gt;</code></pre>'),
        (
            f'{FENCE}js title="<a>.js"\nx\n{FENCE}',
            '<p><strong>&lt;a&gt;.js</strong></p><pre tabindex="0"><code>x</code></pre>',
        ),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("![a map](http://evil/x.png)", "<p><em>a map</em></p>"),
        ("$n^2$ a  \nb", "<p>n² a<br>b</p>"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            '<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">a</th>'
            '<th scope="col">b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>'
            "</table></div>",
        ),
    ],
)
def test_blocks_are_elements(source: str, shown: str) -> None:
    assert html(source) == shown


def test_a_bar_in_code_parts_no_cells_of_a_quote() -> None:
    assert "<td><code>a|b</code></td></tr>" in html("| a | b |\n|---|---|\n| 1 | `a|b` |")


def test_a_link_leads_to_the_web_or_where_the_caller_says() -> None:
    form = Form(str, lead=lambda address: "/entry/x?a&b" if address == "x.md" else None)
    assert html("[x](x.md) [y](y.md)", form) == '<p><a href="/entry/x?a&amp;b">x</a> y</p>'
    out = '<a href="https://a.b/?c&amp;d" rel="nofollow noopener noreferrer">x</a>'
    assert html("[x](https://a.b/?c&d)") == f"<p>{out}</p>"


def test_marks_and_attributes_are_the_callers() -> None:
    shown = html_of(marked(parsed("- a\n\n  b"), [4]), FORM)
    assert shown == "<ul><li><p>a</p><p>b<sup>4</sup></p></li></ul>"
    alone = html_of(marked(parsed("```\na\n```"), [4]), FORM)
    assert alone.endswith('<p class="marks"><sup>4</sup></p>')
    seen: list[tuple[int, int]] = []

    def lines(node: Node) -> str:
        seen.append((node.first, node.last))
        return ""

    html("a\n\n- b\n- c\n\n| d |\n|---|\n| e |\n\n    f", Form(str, attributes=lines))
    assert sorted(seen) == [(0, 1), (2, 3), (3, 4), (5, 6), (7, 8), (9, 10)]


HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(2)> <b onclick=alert(3)>b</b>

[a](javascript:alert(4)) [b](JaVaScRiPt:alert(5)) [c](data:text/html,x) [d](vbscript:x)
<javascript:alert(6)> [e](//evil.org) [f](https://a.b/"onload="x) ![g](http://evil/x.png "t")

[h]: javascript:alert(7)

[h] `<script>` **<iframe src=x>** &lt;script&gt; &#60;script&#62;

<div onload="alert(8)">
<style>*{}</style>
</div>

| <script>alert(9)</script> | [i](javascript:x) |
|---|---|
| <svg/onload=alert(10)> | &#27;[31m |

```<script>
</code></pre><script>alert(11)</script>
"""


def test_a_column_of_sentences_says_so() -> None:
    sentence = "how many cells are charged at once by the tool"
    shown = html(f"| a | b |\n|---|---|\n| 1 | {sentence} |\n| 2 | few |")
    assert shown.count('<td class="long">') == 2
    assert f'<tr><td>1</td><td class="long">{sentence}</td></tr>' in shown


def test_nothing_of_a_quote_is_markup() -> None:
    page = Page(html(HOSTILE))
    assert set(page.tags) == set("p a em strong code div table thead tbody tr th td pre".split())
    assert {name for name, _ in page.attributes} <= {"href", "rel", "class", "tabindex", "scope"}
    assert page.addresses == ["https://a.b/%22onload=%22x"]
    assert "\x1b" not in page.text


ELEMENTS = set(
    "p a em strong code pre ul ol li blockquote div table thead tbody tr th td br".split()
)


@given(st.text(st.sampled_from("ab <>&\"'/=:()[]!*_`~|#-.\n1\\$"), max_size=80))
def test_whatever_it_is_has_only_elements_of_its_own(source: str) -> None:
    page = Page(html(source))
    assert set(page.tags) <= ELEMENTS
    assert {name for name, _ in page.attributes} <= {
        "href",
        "rel",
        "class",
        "tabindex",
        "scope",
        "start",
    }
    assert all(is_absolute(address) for address in page.addresses)
