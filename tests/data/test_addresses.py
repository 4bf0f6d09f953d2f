from __future__ import annotations

import pytest

from entrywise.data.addresses import section_url, without_secrets
from entrywise.data.entries import Block, BlockKind, Entry, Section

CUT = (Block("paragraph", 0, 3, "Abc"),)


def marked(kind: BlockKind, plain: str) -> Section:
    """A section of Markdown with one block, above all headings."""
    return Section("s", "A&b,  c", blocks=(Block(kind, 0, 7, plain),), is_markdown=True)


@pytest.mark.parametrize(
    ("url", "section", "expected"),
    [
        (None, Section("s", "Abc", blocks=CUT, anchor="x"), None),
        ("https://a.b/c", Section("s", "Abc"), "https://a.b/c"),
        ("https://a.b/c", Section("s", "Abc", blocks=CUT, anchor="x y"), "https://a.b/c#x%20y"),
        ("https://a.b/c#d", Section("s", "Abc", blocks=CUT, anchor="x"), "https://a.b/c#d"),
        (
            "https://a.b/c",
            Section("s", "A&b,  c", blocks=CUT),
            "https://a.b/c#:~:text=A%26b%2C%20c",
        ),
        ("https://a.b/c", marked("paragraph", "A, b"), "https://a.b/c#:~:text=A%2C%20b"),
        ("https://a.b/c", marked("row", "Land: A b; Days: 2"), "https://a.b/c#:~:text=A%20b"),
        ("https://a.b/c", marked("header", "Land, Days"), "https://a.b/c#:~:text=Land"),
        ("https://a.b/c", marked("code", "ls\ncd"), "https://a.b/c#:~:text=ls"),
        ("https://a.b/c", marked("paragraph", "$x$ is"), "https://a.b/c"),
    ],
)
def test_a_section_has_the_address_of_its_anchor_or_its_words(
    url: str | None, section: Section, expected: str | None
) -> None:
    assert section_url(Entry("e", "E", "c", (), url=url), section, 0, 7) == expected


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:pw@a.b:8/c", "https://(set)@a.b:8/c"),
        ("https://pw@a.b", "https://(set)@a.b"),
        ("https://me:p@w@a.b/c", "https://(set)@a.b/c"),
        ("https://me:p/w?@a.b/c", "https://(set)@a.b/c"),
        ("me:pw@a.b/c", "(set)@a.b/c"),
        ("postgresql://me:pw@a.b/c", "postgresql://(set)@a.b/c"),
        ("https://a.b/?x=1&API-Key=k&y=2#access_token=t", None),
        ("https://a.b:8/@c", "https://a.b:8/@c"),
        ("https://a.b:8/c?x=1&y=a@b", "https://a.b:8/c?x=1&y=a@b"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("/home/me", "/home/me"),
    ],
)
def test_an_address_is_shown_without_secrets(address: str, shown: str | None) -> None:
    veiled = "https://a.b/?x=1&API-Key=(set)&y=2#access_token=(set)"
    assert without_secrets(address) == (veiled if shown is None else shown)
