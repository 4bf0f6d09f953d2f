from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.sections import read_page

PICTURE = "<img src=p.png alt='The pier'>"


def markdown(html: str) -> str:
    return from_html(f"<main><p>Moor here.</p>{html}</main>").markdown.partition("\n\n")[2]


@pytest.mark.parametrize(
    "html",
    [
        f"<figure>{PICTURE}<figcaption>Figure 1: The pier</figcaption></figure>",
        f"<div><p class=title>Figure 1: The pier</p><div><p>{PICTURE}</p></div></div>",
        f"<div><div>{PICTURE}</div><p class=wp-caption-text>Figure 1: The pier</div>",
        f"<div><p class=title>Figure 1: The pier</p><table><tr><td>{PICTURE}</table>"
        "<div class=caption><p>An image of the pier</p></div></div>",
    ],
)
def test_what_the_caption_of_a_picture_says_is_told_once(html: str) -> None:
    assert markdown(html) == "![The pier](p.png)\\\nFigure 1: The pier"
    (section,) = read_page(f"Moor here.\n\n{markdown(html)}").sections
    assert section.blocks[-1].plain == "Figure 1: The pier"


def test_the_link_of_a_picture_is_kept() -> None:
    html = f"<figure><a href=p.html>{PICTURE}</a><figcaption>The pier</figcaption></figure>"
    assert markdown(html) == "[![The pier](p.png)](p.html)\\\nThe pier"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            f"<figure>{PICTURE}<figcaption>At ebb</figcaption></figure>",
            "![The pier](p.png)\n\nAt ebb",
        ),
        (
            f"<div><h4 class=title>The pier</h4>{PICTURE}</div>",
            "#### The pier\n\n![The pier](p.png)",
        ),
        (f"<ul><li>The pier<p>{PICTURE}</p></ul>", "- The pier\n\n  ![The pier](p.png)"),
        (
            f"<figure>{PICTURE}<img src=q alt='Ebb'><figcaption>The pier</figcaption></figure>",
            "![The pier](p.png) ![Ebb](q)\n\nThe pier",
        ),
        (
            f"<figure>{PICTURE}<figcaption><p>The pier</p><p>At ebb</p></figcaption></figure>",
            "![The pier](p.png)\n\nThe pier\n\nAt ebb",
        ),
    ],
)
def test_what_says_something_else_is_kept(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize("more", ["Built of oak", "An image of the old oak pier at ebb"])
def test_a_description_that_says_more_than_the_caption_is_kept(more: str) -> None:
    own = f"<p class=caption>{more}</p>"
    html = f"<figure>{PICTURE}<figcaption>The pier</figcaption>{own}</figure>"
    assert markdown(html) == f"![The pier](p.png)\\\nThe pier\n\n{more}"
