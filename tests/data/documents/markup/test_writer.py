from __future__ import annotations

import pytest
from quoted import FENCE

from entrywise.data.documents.markup.writer import Writer


def written(html: str) -> str:
    return "\n".join(line.text for line in Writer().lines(html, 0))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<table><thead><tr><td>Way<td>Fee</thead><tr><td>By <b>card</b></td><td>1|2</table>",
            "| Way | Fee |\n|---|---|\n| By **card** | 1\\|2 |",
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "|  |  |\n|---|---|\n| a | b |"),
        (
            "<table><tr><td></td><td><b>a</b></td><td><b>b</b></td></tr><tr><td>c<td>d<td>e</table>",
            "|  | **a** | **b** |\n|---|---|---|\n| c | d | e |",
        ),
        (
            "<table><tr><th>a<th>b</tr><tr><td rowspan=2>c<td>d</tr><tr><td>e</table>",
            "| a | b |\n|---|---|\n| c | d |\n| c | e |",
        ),
        (
            "<table><caption>Fees</caption><tr><th>a<th>b<tr><td><ul><li>c<li>d</ul><td>"
            "<p>e</p><p>f</p></table>",
            "**Fees**\n\n| a | b |\n|---|---|\n| • c • d | e f |",
        ),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
        (
            "<table><tr><th>a<th>b<th data-hidden data-card>c</tr><tr><td>d<td>e<td>f</table>",
            "| a | b |\n|---|---|\n| d | e |",
        ),
        (
            "<ul><li>a</li><li>b<ol start=3><li>c</li></ol></li><li><p>d</p><p>e</p></ul>",
            "- a\n- b\n  3. c\n- d\n\n  e",
        ),
        ("<dl><dt>A</dt><dd>b</dd><dt>C</dt><dd>d</dd></dl>", "**A**\nb\n\n**C**\nd"),
        ("<p>a.</p><p>b<br>c <i>d</i></p>", "a.\n\nb\\\nc *d*"),
        (
            '<pre><code class="language-py">x &lt; 1\n\n  y</code></pre>',
            f"{FENCE}py\nx < 1\n\n  y\n{FENCE}",
        ),
        (
            "<details><summary>More</summary>It <code>x</code>.</details>",
            "**More**\n\nIt `x`.",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<p><a href="b.md">c</a><img src="d.png" alt="e"></p>', "[c](b.md)![e](d.png)"),
        ("<p><!-- no -->a<script>b()</script></p>", "a"),
        ("<ul><li>a<Badge text='>'>new</Badge></li></ul>", "- anew"),
    ],
)
def test_elements_become_blocks(html: str, expected: str) -> None:
    assert written(html) == expected


def test_each_block_has_the_characters_that_it_is_of() -> None:
    html = "<ul>\n <li>a\n  <b>b</b></li>\n <li>c<ul><li>d</li></ul></li></ul><p>e</p>"
    lines = [line for line in Writer().lines(html, 10) if line.start < line.end]
    assert [(line.text, html[line.start - 10 : line.end - 10]) for line in lines] == [
        ("- a **b**", "<li>a\n  <b>b</b></li>"),
        ("- c", "<li>c"),
        ("  - d", "<li>d</li>"),
        ("e", "<p>e</p>"),
    ]
