from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.html import HtmlReader

Write = Callable[..., Path]


def test_a_page_is_an_entry_with_the_addresses_of_its_headings(write: Write) -> None:
    path = write(
        "<title>T</title><link rel=canonical href='https://a.b/c'><main><h1>Leave</h1>Ask."
        "<h2 id=d>Days</h2><p>26.",
        "leave.HTM",
    )
    (entry,) = HtmlReader().read(path).entries
    assert (entry.id, entry.name, entry.url) == ("leave", "Leave", "https://a.b/c")
    assert [(one.name, one.anchor, one.text) for one in entry.sections] == [
        ("introduction", "", "Ask."),
        ("days", "d", "26\\."),
    ]


def test_without_a_heading_the_page_says_its_title(write: Write) -> None:
    (entry,) = HtmlReader().read(write("<title>A  title</title><p>Text.", "a.html")).entries
    assert entry.name == "A title"


def test_front_matter_above_a_page_says_its_title_and_address(write: Write) -> None:
    matter = "---\ntitle: Leave\nurl: https://a.b/leave\nweight: 3\n---\n\n"
    page = "<title>T</title><h1>Leave</h1><p>Ask.<h2>Days</h2><p>26."
    (entry,) = HtmlReader().read(write(matter + page, "a.html")).entries
    assert (entry.name, entry.url) == ("Leave", "https://a.b/leave")
    assert [(one.path, one.text) for one in entry.sections] == [
        ((), "Ask."),
        (("Days",), "26\\."),
    ]
    # Nothing below it is no page, and what is wrong with it is said.
    assert HtmlReader().read(write(matter, "b.html")).entries == ()
    (unread,) = HtmlReader().read(write("---\na: [\n---\n<p>Ask.", "c.html")).unread
    assert unread.place.endswith("c.html")


def test_a_page_of_typed_text_alone_is_read_as_text(write: Write) -> None:
    told = "Boats are lifted by the crane of the harbour, by two people who have learned it. " * 2
    text = f"1. Oars\n\n   {told}\n\n2. Sails\n\n   {told}\n"
    (entry,) = HtmlReader().read(write(f"<title>T</title><pre>{text}</pre>", "a.html")).entries
    assert (entry.name, [one.path for one in entry.sections]) == (
        "T",
        [("1. Oars",), ("2. Sails",)],
    )
    (entry,) = HtmlReader().read(write(f"<pre><code>{text}</code></pre>", "b.html")).entries
    assert [block.kind for one in entry.sections for block in one.blocks] == ["code"]


def test_the_encoding_is_the_one_that_is_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes("<meta charset=koi8-r><p>Привет".encode("koi8-r"))
    contents = HtmlReader().read(path)
    assert (contents.entries[0].oneliner, contents.unread) == ("Привет", ())


def test_a_page_of_scripts_holds_no_text(write: Write) -> None:
    assert HtmlReader().read(write("<div id=app></div><script>x</script>", "a.html")).entries == ()


def test_without_the_library_the_extra_is_named(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    path = write("<p>x", "a.html")
    with pytest.raises(KnowledgeBaseError) as caught:
        HtmlReader().read(path)
    assert str(caught.value) == (
        f"{path}: needs the package 'selectolax.lexbor'; pip install 'entrywise[documents]'"
    )
