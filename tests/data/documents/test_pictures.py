from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.pictures import place, shown


def test_pictures_are_found_in_markdown_and_html() -> None:
    text = 'a ![b *c*](d.png "e") <img alt="f" src="g.svg"/> [no](h.png) ![i](<j k.gif>) ![[l.png]]'
    assert list(shown(text)) == ["d.png", "g.svg", "j k.gif", "l.png"]


@pytest.mark.parametrize(
    ("address", "folder", "expected"),
    [
        ("a.png", "", "a.png"),
        ("a.png", ".", "a.png"),
        ("./a.png?raw=true#x", "guide", "guide/a.png"),
        ("/a/b.JPG", "guide", "a/b.JPG"),
        ("a.exe", "", None),
        ("data:image/png;base64,x", "", None),
        ("//evil.example/a.png", "", None),
        ("..%2f..%2fa.png", "guide", None),
        ("", "", None),
    ],
)
def test_a_picture_is_beside_its_document(address: str, folder: str, expected: str | None) -> None:
    assert place(address, folder) == expected


@given(st.text(alphabet="./ab%2e\\:?#", max_size=20), st.sampled_from(["", ".", "a", "a/b"]))
def test_no_address_leads_out_of_the_folder(address: str, folder: str) -> None:
    found = place(f"{address}.png", folder)
    if found is not None:
        assert not found.startswith(("/", "../"))
        assert posixpath.normpath(found) == found
