from __future__ import annotations

import pytest

from entrywise.data.documents.markup.tree import Element, Text, tree


def told(node: Element | Text) -> str:
    if isinstance(node, Text):
        return node.text
    return f"{node.name}({','.join(map(told, node.children))})"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", "(p(a),p(b))"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "(ul(li(a,ul(li(b))),li(c)))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "(dl(dt(a),dd(b),dt(c)))"),
        ("<table><tr><td>a<th>b<tr><td>c</table>", "(table(tr(td(a),th(b)),tr(td(c))))"),
        ("a</b><br>c<Tab/>d", "(a,br(),c,Tab(),d)"),
        ("`<b>`<TABLE>", "(`<b>`,table())"),
    ],
)
def test_elements_end_where_html_says(html: str, expected: str) -> None:
    assert told(tree(html)) == expected


def test_an_attribute_may_be_quoted_bare_or_an_expression() -> None:
    element = next(tree("""<a href='x&amp;y' id=z title={"t"} b={{c: '>'}} >""").elements)
    found = [element.attribute(name) for name in ("href", "id", "title", "b", "d")]
    assert found == ["x&y", "z", "t", "", ""]
