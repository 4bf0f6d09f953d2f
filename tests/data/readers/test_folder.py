from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.entries import Entry
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.pictures import LARGEST
from entrywise.data.readers.base import Contents
from entrywise.data.readers.registry import find_reader

Write = Callable[..., Path]


def read(folder: Path) -> Contents:
    return find_reader(folder).read(folder)


def entries(folder: Path) -> dict[str, Entry]:
    return {entry.id: entry for entry in read(folder).entries}


def unread(folder: Path) -> list[str]:
    return [f"{one.severity}: {one}" for one in read(folder).unread]


def test_files_are_sorted_by_path_and_their_folders_are_categories(
    write: Write, tmp_path: Path
) -> None:
    for name in ("b.md", "a/how/z.MD", "a/y.txt", ".git/c.md", ".hidden.md"):
        write(f"text of {name}", name)
    assert [(one.id, one.category) for one in read(tmp_path).entries] == [
        ("a/how/z", "a"),
        ("a/y", "a"),
        ("b", "documents"),
    ]


def test_folders_that_hold_all_are_no_categories(write: Write, tmp_path: Path) -> None:
    for name in ("docs/en/pay/a.md", "docs/en/leave/b.md", "docs/en/c.md", "docs/en/pay/d/e.md"):
        write(f"text of {name}", name)
    assert {one.id: one.category for one in read(tmp_path).entries} == {
        "docs/en/pay/a": "pay",
        "docs/en/leave/b": "leave",
        "docs/en/c": "documents",
        "docs/en/pay/d/e": "pay",
    }


def test_files_of_the_same_name_are_told_by_their_suffix(write: Write, tmp_path: Path) -> None:
    write("one", "a.md")
    write("two", "a.txt")
    write("text\nx", "r.csv")
    write('{"text": "y"}', "r.jsonl")
    write("z", "r/1.md")
    assert list(entries(tmp_path)) == ["a", "a.txt", "r/1", "r.csv/1", "r.jsonl/1"]


def test_one_bad_file_stops_no_other(write: Write, tmp_path: Path) -> None:
    write("good", "z.md")
    (tmp_path / "a.md").write_bytes(b"\0")
    write("no pdf", "b.pdf")
    write('{"text": 1}\n[]\n', "c.jsonl")
    write("", "d.md")
    write('{"name": "settings"}', "e.json")
    write("---\nurl: x:y\n---\ntext", "f.md")
    assert list(entries(tmp_path)) == ["c/1", "f", "z"]
    assert unread(tmp_path) == [
        "error: a.md: holds NUL bytes, so it is no text; save it as UTF-8",
        "error: b.pdf: is a broken PDF (PDFSyntaxError); save it again",
        "error: c.jsonl: line 2: [] is no JSON object; write {...}",
        "warning: d.md: holds no text",
        "warning: e.json: is no glossary",
        "warning: f.md: front matter, field 'url': 'x:y' is no web address; write one such as "
        "https://example.org, or it is left out",
    ]


def test_pages_without_titles_are_called_as_their_site_calls_them(
    write: Write, tmp_path: Path
) -> None:
    write("nav:\n- Static Files: guide/static.md\n- Other: titled.md\n", "mkdocs.yml")
    write("Text.", "docs/guide/static.md")
    write("# Titled\n\nText.", "docs/titled.md")
    write("Text.", "docs/bare.md")
    assert {e.id: e.name for e in read(tmp_path).entries} == {
        "docs/bare": "bare",
        "docs/guide/static": "Static Files",
        "docs/titled": "Titled",
    }


def test_what_no_reader_reads_is_counted_by_its_kind(write: Write, tmp_path: Path) -> None:
    for name in (
        "a.png",
        "b/c.PNG",
        "Makefile",
        "a.Dockerfile",
        "b.dockerfile",
        *(f"{n}.py" for n in range(1_204)),
        "z.md",
    ):
        write("x", name)
    assert unread(tmp_path) == [
        "warning: 1 file without suffix: no reader for this kind: Makefile",
        "warning: 2 .dockerfile files: no reader for this kind: a.Dockerfile, b.dockerfile",
        "warning: 2 .png files: no text: a.png, b/c.PNG",
        "warning: 1,204 .py files: no reader for this kind: 0.py, 1.py, 10.py and 1,201 more",
    ]


def test_what_is_no_file_is_told(write: Write, tmp_path: Path) -> None:
    write("text", "a.md")
    os.mkfifo(tmp_path / "b.md")
    what = "is a pipe, a socket or a device, and no file; remove it"
    assert unread(tmp_path) == [f"warning: b.md: {what}"]


def test_a_folder_without_anything_to_read_is_refused(write: Write, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="holds no file; add some, or name another"):
        read(tmp_path)
    write("# Only a heading", "a.md")
    with pytest.raises(KnowledgeBaseError, match=r"nothing that can be read \(a.md: holds no text"):
        read(tmp_path)


def test_a_file_name_that_is_no_utf_8_is_listed(write: Write, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("text")
    write("text", "a.md")
    assert unread(tmp_path) == ["error: '\\udcff.md': the name is no UTF-8; rename the file"]


def test_names_of_several_lines_are_listed_on_one(write: Write, tmp_path: Path) -> None:
    write("text", "a\nb.md")
    write("", "c\nd.md")
    assert list(entries(tmp_path)) == ["a b"]
    assert unread(tmp_path) == ["warning: c d.md: holds no text"]


def test_links_between_documents_are_relations(write: Write, tmp_path: Path) -> None:
    write(
        "[b](b.md#x) [c](sub/c) [self](a.md) [web](https://a.b/b.md) [d](/sub/d.html?x)\n\n"
        "[again](./b.md) [out](../../x.md) [none](none.md) [mail](mailto:b.md)\n\n[r]: sub/c.rst\n",
        "a.md",
    )
    write("<a href='../sub/'>Sub</a>", "b.md")
    write("*C*: :doc:`/b`, :doc:`d`", "sub/c.rst")
    write("[up](../../a/) [folder](index.md)", "sub/d.md")
    write("[d](/d.md)", "sub/index.md")
    found = entries(tmp_path)
    assert {key: entry.related for key, entry in found.items()} == {
        "a": ("b", "sub/c", "sub/d"),
        "b": ("sub/index",),
        "sub/c": ("b", "sub/d"),
        "sub/d": ("a", "sub/index"),
        "sub/index": ("sub/d",),
    }


def test_addresses_of_links_may_have_blanks_and_parentheses(write: Write, tmp_path: Path) -> None:
    write("[b](<b c.md>), [d](d_(e).md)", "a.md")
    write("Text.", "b c.md")
    write("Text.", "d_(e).md")
    assert entries(tmp_path)["a"].related == ("b c", "d_(e)")


def test_links_from_the_root_of_a_site_tell_where_the_folder_stands_on_it(
    write: Write, tmp_path: Path
) -> None:
    write("[b](/docs/1.x/b) [c](/docs/1.x/sub/c#x) [sub](/docs/1.x/sub/)", "a.md")
    write("[a](/docs/1.x/a), [none](/docs/1.x/none), [blog](/blog/a), [docs](/docs/a)", "b.md")
    write("[a](/docs/1.x/a?y)", "sub/c.md")
    # Of those that begin with `/blog/` as many lead to nothing without it.
    write(
        "[b](/blog/b), [c](/blog/sub/c), [no](/blog/x) [no](/blog/y) [no](/blog/z)", "sub/index.md"
    )
    found = entries(tmp_path)
    assert {key: entry.related for key, entry in found.items()} == {
        "a": ("b", "sub/c", "sub/index"),
        "b": ("a",),
        "sub/c": ("a",),
        "sub/index": (),
    }


def test_two_links_do_not_tell_where_a_folder_stands(write: Write, tmp_path: Path) -> None:
    write("[b](/docs/b) [again](/docs/b)", "a.md")
    write("text", "b.md")
    assert entries(tmp_path)["a"].related == ()


def test_links_to_the_address_of_the_folder_are_relations(write: Write, tmp_path: Path) -> None:
    write("[b](https://a.b/docs/b), [other](https://a.b/docs-old/c), [c](http://x.y/c)", "a.md")
    write("text", "b.md")
    write("text", "c.md")
    write('title = "A"\nbase_url = "https://a.b/docs/"\n', "entrywise.toml")
    assert entries(tmp_path)["a"].related == ("b",)


def test_a_page_that_opens_a_folder_is_called_by_it(write: Write, tmp_path: Path) -> None:
    write("text", "our-guides/index.md")
    write("# Setup\ntext", "setup/README.md")
    write("text", "README.md")
    write('title = "Handbook"', "entrywise.toml")
    names = {key: entry.name for key, entry in entries(tmp_path).items()}
    assert names == {
        "README": "Handbook",
        "our-guides/index": "Our guides",
        "setup/README": "Setup",
    }


@pytest.mark.parametrize(
    ("settings", "addresses", "anchor"),
    [
        ("mkdocs.yml", ["/", "/g/", "/g/a/", "/p.pdf"], "a-b"),
        ("docusaurus.config.js", ["/", "/g/", "/g/a/", "/p.pdf"], "a--b"),
        ("conf.py", ["/README.html", "/g/index.html", "/g/a.html", "/p.pdf"], "a-b"),
        ("", ["/README.md", "/g/index.md", "/g/a.md", "/p.pdf"], "a--b"),
    ],
)
def test_addresses_and_anchors_follow_who_makes_the_site(
    write: Write, tmp_path: Path, settings: str, addresses: list[str], anchor: str
) -> None:
    from pdfs import pdf

    (tmp_path / ".git").mkdir()
    for name in ("README.md", "g/index.md", "g/a.md"):
        write("# T\n## A & B\ntext", f"pages/{name}")
    (tmp_path / "pages" / "p.pdf").write_bytes(pdf([(10, 700, "Text.")]))
    write("id,text,url\n1,x,\n", "pages/r.csv")
    write('base_url = "https://a.b/docs/"', "pages/entrywise.toml")
    if settings:
        write("", settings)
    found = entries(tmp_path / "pages")
    urls = [found[key].url for key in ("README", "g/index", "g/a", "p")]
    assert urls == [f"https://a.b/docs{address}" for address in addresses]
    assert found["r/1"].url is None
    assert found["README"].sections[0].anchor == anchor


def test_what_sphinx_makes_pages_with_is_left_out(write: Write, tmp_path: Path) -> None:
    for name in ("a.rst", "_templates/layout.html", "sub/_build/b.html", "_c.rst"):
        write("Text.", name)
    write("", "conf.py")
    assert list(entries(tmp_path)) == ["_c", "a"]


def test_pages_below_docs_stand_at_the_top_of_a_site(write: Write, tmp_path: Path) -> None:
    write("", "mkdocs.yml")
    write("text", "docs/a b.md")
    write('base_url = "https://a.b"', "entrywise.toml")
    assert entries(tmp_path)["docs/a b"].url == "https://a.b/a%20b/"


def test_a_path_that_a_document_gives_itself_is_one_on_the_site(
    write: Write, tmp_path: Path
) -> None:
    write("---\nurl: /help/my parcels/\n---\ntext", "a.md")
    write("---\nurl: https://b.c/d\n---\ntext", "b.md")
    assert {key: one.url for key, one in entries(tmp_path).items()} == {
        "a": None,
        "b": "https://b.c/d",
    }
    write('base_url = "https://a.b/docs/"', "entrywise.toml")
    assert entries(tmp_path)["a"].url == "https://a.b/docs/help/my%20parcels/"


def test_a_document_can_be_changed_where_its_file_is(write: Write, tmp_path: Path) -> None:
    write("text", "docs/a b.md")
    write("id,text\n1,x,\n", "docs/r.csv")
    write('edit_url = "https://a.b/edit/main/docs/"', "docs/entrywise.toml")
    found = entries(tmp_path / "docs")
    assert found["a b"].edit_url == "https://a.b/edit/main/docs/a%20b.md"
    assert {entry.edit_url for entry in found.values() if entry.id != "a b"} <= {None}


def test_pictures_that_documents_show_are_kept(write: Write, tmp_path: Path) -> None:
    write(
        "![a](img/a%20b.png) ![b](/top.svg) <img src='../gone.png'> ![c](https://a.b/c.png)\n\n"
        "![d](../../secret.png) ![e](large.png) ![again](img/a%20b.png) "
        "![e](large.png) ![f](note.txt)",
        "docs/guide/a.md",
    )
    for name in ("docs/guide/img/a b.png", "docs/top.svg", "docs/unused.png", "secret.png"):
        write("x", name)
    write("y" * (LARGEST + 1), "docs/guide/large.png")
    found = read(tmp_path / "docs")
    assert {name: path.name for name, path in found.pictures.items()} == {
        "guide/img/a b.png": "a b.png",
        "top.svg": "top.svg",
    }
    assert [str(one) for one in found.unread] == [
        "guide/large.png: is a picture of 2,097,153 bytes, which is too much; shrink it",
        "2 .png files: no text: guide/large.png, unused.png",
    ]


def test_includes_stay_in_the_folder_that_is_read(write: Write, tmp_path: Path) -> None:
    write("shared", "docs/shared/x.md")
    write("secret", "secret.md")
    write('--8<-- "../shared/x.md"\n--8<-- "../../secret.md"', "docs/a/b.md")
    found = read(tmp_path / "docs")
    assert found.entries[0].oneliner == "shared"
    assert [one.place for one in found.unread] == ["a/b.md: line 2"]


def test_pictures_from_the_root_of_a_site_are_found_where_generators_have_them(
    write: Write, tmp_path: Path
) -> None:
    write("![a](/img/a.png) ![b](/img/b.png) ![own](/c.png) ![no](img/a.png)", "docs/a.md")
    write("x", "static/img/a.png")
    write("x", "one/img/b.png")
    write("x", "two/img/b.png")
    write("x", "c.png")
    write("x", "static/c.png")
    found = read(tmp_path)
    assert found.pictures == {
        "img/a.png": tmp_path / "static" / "img" / "a.png",
        "c.png": tmp_path / "c.png",
    }
    assert [str(one) for one in found.unread] == [
        "3 .png files: no text: one/img/b.png, static/c.png, two/img/b.png"
    ]


def test_a_glossary_in_a_folder_keeps_its_relations(
    write: Write, tmp_path: Path, glossary: dict[str, object]
) -> None:
    write(glossary, "terms.json")
    assert entries(tmp_path)["terms/gqa"].related == ("terms/mla",)


def test_what_needs_a_package_that_is_missing_is_listed(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    monkeypatch.setitem(sys.modules, "docutils.core", None)
    write("text", "a.md")
    write("text", "b.rst")
    remedy = "needs the package 'docutils.core'; pip install 'entrywise[documents]'"
    assert unread(tmp_path) == [f"error: b.rst: {remedy}"]


def test_a_reader_that_cannot_be_loaded_is_said_once(
    write: Write, tmp_path: Path, plug_in: Callable[[str], None]
) -> None:
    plug_in("broken")
    for name in ("a.md", "b.dish", "c.dish"):
        write("text", name)
    first, second = unread(tmp_path)
    assert first.startswith("error: b.dish: the reader 'broken' cannot be loaded")
    assert second == "warning: 1 .dish file: no reader for this kind: c.dish"


def test_a_reader_of_another_distribution_reads_files_of_a_folder(
    write: Write, tmp_path: Path, plug_in: Callable[[str], None]
) -> None:
    plug_in("recipe")
    write("= Rice\nBoil it.\n", "menu/dinner.recipe")
    (entry,) = read(tmp_path).entries
    assert (entry.id, entry.category) == ("menu/dinner/Rice", "dinner")


def test_a_link_by_name_leads_to_a_document_in_any_folder(write: Write, tmp_path: Path) -> None:
    write("See [[Sick leave]], [[Plans/Fire drill|the drill]], [[#Here]] and [[Nowhere]].", "a.md")
    write("# Leave when ill\n\nCall.", "People/Sick leave.md")
    write("# Drill\n\nRun. ![[way out.png]]", "Plans/Fire drill.md")
    (tmp_path / "Plans" / "way out.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = entries(tmp_path)
    assert found["a"].related == ("People/Sick leave", "Plans/Fire drill")
    assert list(read(tmp_path).pictures) == ["Plans/way out.png"]


def test_a_link_leads_to_the_page_in_its_own_language(write: Write, tmp_path: Path) -> None:
    for name in ("setup.de.md", "setup.en.md", "guide/a.md"):
        write("See [fees](fees.md), [them](fees).", name)
    for name in ("fees.de.md", "fees.en.md", "guide/fees.md", "guide/fees.1.md"):
        write("Fees.", name)
    related = {key: entry.related for key, entry in entries(tmp_path).items() if entry.related}
    assert related == {
        "setup.de": ("fees.de",),
        "setup.en": ("fees.en",),
        "guide/a": ("guide/fees",),
    }


def test_pages_that_a_server_has_in_several_languages_are_read(
    write: Write, tmp_path: Path
) -> None:
    for language in ("de", "pt-br"):
        write("<h1>Setup</h1><p>See <a href='fees.html'>fees</a>.", f"setup.html.{language}")
        write("<h1>Fees</h1><p>None.", f"fees.html.{language}")
    write("<p>Fees.", "fees.html.ja.utf8")
    write("<p>Fees.", "fees.html.bak")
    found = entries(tmp_path)
    assert [*found] == [
        *("fees.html", "fees.html.ja", "fees.html.pt-br", "setup.html", "setup.html.pt-br")
    ]
    assert found["setup.html"].related == ("fees.html",)
    assert found["setup.html.pt-br"].related == ("fees.html.pt-br",)
    assert unread(tmp_path) == ["warning: 1 .bak file: no reader for this kind: fees.html.bak"]
