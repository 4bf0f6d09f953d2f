from __future__ import annotations

import pytest

from entrywise.data.addresses import section_url
from entrywise.data.entries import Block, Entry, Section

CUT = (Block("paragraph", 0, 3, "Abc"),)


@pytest.mark.parametrize(
    ("url", "section", "expected"),
    [
        (None, Section("s", "Abc", blocks=CUT, anchor="x"), None),
        ("https://a.b/c", Section("s", "Abc"), "https://a.b/c"),
        ("https://a.b/c", Section("s", "Abc", blocks=CUT, anchor="x y"), "https://a.b/c#x%20y"),
        ("https://a.b/c#d", Section("s", "Abc", blocks=CUT, anchor="x"), "https://a.b/c#d"),
        ("https://a.b/c", Section("s", "Abc", blocks=CUT, is_markdown=True), "https://a.b/c"),
        ("https://a.b/c", Section("s", "Abc", blocks=CUT), "https://a.b/c#:~:text=A%26b%2C%20c"),
    ],
)
def test_a_section_has_the_address_of_its_anchor_or_its_words(
    url: str | None, section: Section, expected: str | None
) -> None:
    assert section_url(Entry("e", "E", "c", (), url=url), section, "A&b,  c") == expected
