from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from entrywise.data.readers.generators.site import Site, site_of
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]

DOCUSAURUS = Site("docusaurus", "docs", "docs")


@pytest.mark.parametrize(
    ("path", "own", "address"),
    [
        ("docs/billing/api.md", "", "docs/billing/api/"),
        ("docs/01-basics/02_first steps.mdx", "", "docs/basics/first%20steps/"),
        ("docs/2024-01-news.md", "", "docs/2024-01-news/"),
        ("docs/guides/guides.md", "", "docs/guides/"),
        ("docs/index.md", "", "docs/"),
        ("docs/a/b.md", "/welcome", "docs/welcome/"),
        ("docs/a/b.md", "/", "docs/"),
        ("docs/a/b.md", "hello", "docs/a/hello/"),
        ("blog/news.md", "", "blog/news/"),
        ("docs/a.md", "https://c.d/e", None),
    ],
)
def test_pages_of_docusaurus_stand_where_it_puts_them(
    path: str, own: str, address: str | None
) -> None:
    found = DOCUSAURUS.address("https://a.b/", PurePosixPath(path), own)
    assert found == (f"https://a.b/{address}" if address is not None else own)


def test_what_others_take_in_is_no_page_of_docusaurus() -> None:
    assert not DOCUSAURUS.is_page(Path("docs/partials/_vat.mdx"))
    assert not DOCUSAURUS.is_page(Path("docs/_drafts/a.md"))
    assert DOCUSAURUS.is_page(Path("docs/a_b.md"))


def test_a_site_by_antora_has_its_pages_below_their_modules(write: Write, tmp_path: Path) -> None:
    write("name: a\n", "docs/antora.yml")
    site = site_of(tmp_path)
    paths = ("ROOT/pages/index.adoc", "guide/pages/row/hard.adoc", "guide/nav.adoc")
    found = [PurePosixPath("docs/modules", one) for one in paths]
    assert [site.is_page(Path(one)) for one in found] == [True, True, False]
    assert [site.address("https://a.b/c", one) for one in found[:2]] == [
        "https://a.b/c/index.html",
        "https://a.b/c/guide/row/hard.html",
    ]
    beside = PurePosixPath("README.md")
    assert (site.is_page(Path(beside)), site.address("https://a.b/c", beside)) == (True, None)


def test_modules_are_those_of_antora_only_where_it_has_settings(tmp_path: Path) -> None:
    assert site_of(tmp_path).is_page(Path("modules/network/README.adoc"))


def test_a_site_of_mintlify_is_told_by_its_settings(write: Write, tmp_path: Path) -> None:
    pages = {
        "index.mdx": "Our harbour.",
        "guide/moor.mdx": "import Ropes from '/snippets/ropes.mdx'\n\nMoor it.\n\n<Ropes />",
        "snippets/ropes.mdx": "Two ropes.",
        "snippets/unused.mdx": "Three ropes.",
    }
    for name, text in pages.items():
        write(f"---\ntitle: {name}\ndescription: Told here.\n---\n{text}", name)
    write('{\n  "name": "Harbour"\n}', "docs.json")
    assert site_of(tmp_path).maker == ""
    write('{\n  "$schema": "https://mintlify.com/docs.json",\n  "name": "Harbour"\n}', "docs.json")
    write('base_url = "https://a.b"', "entrywise.toml")
    knowledge_base = read_knowledge_base(tmp_path)
    assert knowledge_base.identity.title == "Harbour"
    told = {
        one.url: [block.plain for block in one.sections[0].blocks] for one in knowledge_base.entries
    }
    assert told == {
        "https://a.b/guide/moor": ["Told here.", "Moor it.", "Two ropes."],
        "https://a.b/": ["Told here.", "Our harbour."],
    }


def test_a_path_of_its_own_is_one_on_the_site() -> None:
    address = Site("mkdocs", "docs").address("https://a.b", PurePosixPath("docs/c/d.md"), "/e f/")
    assert address == "https://a.b/e%20f/"
    assert Site().address("https://a.b", PurePosixPath("c/d.md"), "e#f") == "https://a.b/c/e#f"


def test_pages_in_several_languages_stand_below_theirs() -> None:
    site = Site("mkdocs", languages={"en": "", "de": "de"})
    paths = ("a/setup.de.md", "a/setup.en.md", "index.de.md", "a/v1.2.md")
    found = [site.address("https://a.b", PurePosixPath(path)) for path in paths]
    ends = ("de/a/setup/", "a/setup/", "de/", "a/v1.2/")
    assert found == [f"https://a.b/{end}" for end in ends]


def test_what_lies_beside_the_documents_has_no_address() -> None:
    assert Site("mkdocs", "docs").address("https://a.b", PurePosixPath("README.md")) is None


def test_the_folder_that_is_read_tells_who_makes_its_site(write: Write, tmp_path: Path) -> None:
    write("", ".git/config")
    write("x", "site/docs/a.md")
    write("docs: {routeBasePath: 'guide'}", "site/docusaurus.config.ts")
    assert site_of(tmp_path / "site") == Site("docusaurus", "docs", "guide")
    assert site_of(tmp_path / "site" / "docs") == Site("docusaurus")
    assert site_of(tmp_path) == Site()


def test_a_book_by_quarto_is_read_as_its_site_shows_it(write: Write, tmp_path: Path) -> None:
    write("project:\n  type: book\n", "_quarto.yml")
    write('base_url = "https://a.b"', "entrywise.toml")
    write("# The tide {#sec-tide}\n\nSee @sec-dunes.\n\n{{< include _high.qmd >}}", "sea/tide.qmd")
    write("It is high.", "sea/_high.qmd")
    write(
        "# Beaches\n\n## 1. Dunes & sand {#sec-dunes}\n\nDry.\n\n## 2. Wet & sand\n\nWet.",
        "land.Rmd",
    )
    land, sea = read_knowledge_base(tmp_path).entries
    assert (land.url, sea.url) == ("https://a.b/land.html", "https://a.b/sea/tide.html")
    assert [one.anchor for one in land.sections] == ["sec-dunes", "wet-sand"]
    assert [one.plain for one in sea.sections[0].blocks] == ["See 1. Dunes & sand.", "It is high."]


def test_documents_say_their_addresses_by_slugs(write: Write, tmp_path: Path) -> None:
    write("", "docusaurus.config.js")
    write("---\nslug: /welcome\n---\ntext", "docs/a.mdx")
    write("---\nurl: /other\n---\ntext", "docs/b.mdx")
    write('base_url = "https://a.b"', "entrywise.toml")
    assert [one.url for one in read_knowledge_base(tmp_path).entries] == [
        "https://a.b/docs/welcome/",
        "https://a.b/docs/b/",
    ]


def test_markdown_of_docusaurus_is_mdx_and_takes_in_what_is_no_page(
    write: Write, tmp_path: Path
) -> None:
    settings = write("", "docusaurus.config.js")
    write("Rates are 7 %.", "docs/_vat.md")
    write(
        "# Pay\n\nYes.\n\nimport Vat from './\\_vat.md';\nexport const a = 1;\n\n<Vat />\n",
        "docs/a.md",
    )
    (page,) = read_knowledge_base(tmp_path).entries
    assert [one.plain for one in page.sections[0].blocks] == ["Yes.", "Rates are 7 %."]
    assert page.sections[0].is_mdx
    settings.write_text("markdown: {format: 'detect'}", encoding="utf-8")
    (page,) = read_knowledge_base(tmp_path).entries
    assert not page.sections[0].is_mdx


def test_what_jekyll_makes_pages_with_is_none(write: Write, tmp_path: Path) -> None:
    write("<p>Rates are 7 %.</p>", "docs/_includes/vat.html")
    write("Yes.\n\n{% include vat.html %}", "docs/pay.md")
    assert len(read_knowledge_base(tmp_path).entries) == 2
    write("title: Acme", "_config.yml")
    (page,) = read_knowledge_base(tmp_path).entries
    assert page.id == "docs/pay"
    assert site_of(tmp_path).address("https://a.b", PurePosixPath("docs/pay.md")) is not None


def test_addresses_of_the_own_site_are_links_to_its_pages(write: Write, tmp_path: Path) -> None:
    write("", "docusaurus.config.js")
    write('base_url = "https://a.b/acme"', "entrywise.toml")
    home, elsewhere = "[a](https://a.b/acme)", "[b](https://a.b/acmeshop/)"
    write(f"Use [it](https://a.b/acme/docs/first%20steps/#run), {home}, {elsewhere}.", "docs/a.md")
    write("Look [back](/docs/start/).", "docs/01-first steps.md")
    write("---\nslug: /start\n---\nBegin.", "docs/b.md")
    write("---\nslug: https://a.b/acme\n---\nHome.", "docs/c.md")
    entries = read_knowledge_base(tmp_path).entries
    assert {one.id: one.related for one in entries} == {
        "docs/01-first steps": ("docs/b",),
        "docs/a": ("docs/01-first steps", "docs/c"),
        "docs/b": (),
        "docs/c": (),
    }


@pytest.mark.parametrize(
    ("path", "own", "address"),
    [
        ("blog/2031-04-05-out.md", "", "https://a.b/blog/2031/04/05/out/"),
        ("blog/2031-04-05-out/index.mdx", "", "https://a.b/blog/2031/04/05/out/"),
        ("blog/2031-04-05-out.md", "now", "https://a.b/blog/now/"),
        ("blog/out.md", "", "https://a.b/blog/out/"),
        ("src/pages/help.md", "", "https://a.b/help/"),
        ("README.md", "", None),
        ("src/notes.md", "", None),
    ],
)
def test_what_stands_beside_the_documents_of_docusaurus(
    path: str, own: str, address: str | None
) -> None:
    assert DOCUSAURUS.address("https://a.b", PurePosixPath(path), own) == address
