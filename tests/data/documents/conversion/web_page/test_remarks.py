from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html

EBB = "<p>Ebb is at noon."
ICON = "<img src=note.png>"


def markdown(html: str) -> str:
    return from_html(f"<main>{html}</main>").markdown


@pytest.mark.parametrize(
    "html",
    [
        f"<div class=note><table><tr><td rowspan=2>{ICON}<th>Note<tr><td>{EBB}</table></div>",
        f"<div class=note><table><tr><td><img alt=[Note] src=a><th>Note<tr><td>{EBB}</table></div>",
        f"<table class='box note'><tr><td>{ICON}<td>{EBB}</table>",
        f"<table><tr><td><img alt='Note Icon' src=a><td>{EBB}</table>",
        f"<div class=note><div class=noteicon>{ICON}</div><div>{EBB}</div></div>",
        f"<div class=note><p><img alt='[note]' src=a></p>{EBB}</div>",
        f"<div class='callout callout-note'><div class=callout-icon>{ICON}</div>{EBB}</div>",
    ],
)
def test_what_stands_beside_the_icon_of_a_remark_is_the_remark(html: str) -> None:
    assert markdown(html) == "!!! note\n\n    Ebb is at noon."
    assert markdown(f"<ul><li>Wait.{html}</ul>") == "- Wait.\n\n  Ebb is at noon."


def test_a_remark_in_a_table_has_the_title_that_its_author_gave() -> None:
    html = (
        f"<div class=tip><table><tr><td>{ICON}<th>Tides<tr><td>{EBB}<pre>tide</pre></table></div>"
    )
    assert (
        markdown(html)
        == "!!! tip\n\n    **Tides**\n\n    Ebb is at noon.\n\n    ```\n    tide\n    ```"
    )


def test_one_text_beside_a_picture_is_no_table() -> None:
    html = f"<table><tr><td><img alt='A pier' src=p.png><tr><td>{EBB}<td></table>"
    assert markdown(html) == "![A pier](p.png)\n\nEbb is at noon."


@pytest.mark.parametrize(
    "html",
    [
        "<div class=note><table><tr><td>Ebb<td>Noon<tr><td>Flood<td>Six</table></div>",
        "<table><tr><td><img alt=Note src=a><td>Ebb<td>Noon</table>",
        "<table><tr><td>Ebb<td>Noon</table>",
        "<div class=note><p><img alt='A pier' src=p.png></p><p>Ebb.</p></div>",
        "<div class=note><img alt=Note src=a> Ebb.</div>",
        "<div><p><img alt=Note src=a></p><p>Ebb.</p></div>",
    ],
)
def test_other_tables_and_pictures_stay(html: str) -> None:
    assert "!!!" not in markdown(html)
    assert "Ebb" in markdown(html)
    assert ("![" in markdown(html)) == ("<img" in html)
