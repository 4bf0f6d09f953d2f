from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html

HEAD = '<head><base href="{}"></head>'


def markdown(base: str, target: str, address: str = "") -> str:
    body = f'<main><p>Row <a href="{target}">here</a></p></main>'
    return from_html(HEAD.format(base) + body, base=address).markdown


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("../../", "boats/oars.html#wood", "../../boats/oars.html#wood"),
        ("../index.html", "oars.html", "../oars.html"),
        ("https://a.b/c/d.html", "oars.html", "https://a.b/c/oars.html"),
        ("/c/", "oars.html", "/c/oars.html"),
        ("../", "https://a.b/", "https://a.b/"),
        ("../", "/oars.html", "/oars.html"),
        ("../", "#wood", "#wood"),
        ("", "oars.html", "oars.html"),
    ],
)
def test_links_are_relative_to_what_the_page_says(base: str, target: str, expected: str) -> None:
    assert markdown(base, target) == f"Row [here]({expected})"


def test_of_a_page_of_the_web_they_are_absolute() -> None:
    assert (
        markdown("../", "oars.html", "https://a.b/c/d.html") == "Row [here](https://a.b/oars.html)"
    )
    assert markdown("../", "#wood", "https://a.b/c") == "Row [here](https://a.b/c#wood)"
    assert markdown("../", "javascript:row()", "https://a.b/c") == "Row here"


def test_pictures_are_relative_to_it_too() -> None:
    page = from_html(f"{HEAD.format('../')}<main><img alt='An oar' src='oar.png'></main>")
    assert page.markdown == "![An oar](../oar.png)"
