"""Books and wikis: what leads through their pages is none, and what it calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]


def test_a_wiki_calls_its_pages_by_their_files(write: Write, tmp_path: Path) -> None:
    write("* [[Washing the rind]]\n* [[Sales|When-we-sell]]\n* [Salt](Salt)", "Home.md")
    write("* [[Washing the rind]]", "_Sidebar.md")
    write("By Uma.", "_Footer.md")
    write("Use salt.\n\n[[/img/rind.png]]", "Washing-the-rind.md")
    write("At noon.", "When-we-sell.md")
    write("From the sea.", "Salt.md")
    write('base_url = "https://a.b/wiki"', "entrywise.toml")
    home, *others = read_knowledge_base(tmp_path).entries
    assert [(one.name, one.url) for one in others] == [
        ("Salt", "https://a.b/wiki/Salt"),
        ("Washing the rind", "https://a.b/wiki/Washing-the-rind"),
        ("When we sell", "https://a.b/wiki/When-we-sell"),
    ]
    assert (home.name, home.url) == ("Home", "https://a.b/wiki/")
    assert home.related == ("Washing-the-rind", "When-we-sell", "Salt")


def test_names_with_dashes_are_those_of_files_where_there_is_no_wiki(
    write: Write, tmp_path: Path
) -> None:
    write("Rewrites what was written.", "git-rebase.md")
    write("Welcome.", "Home.md")
    assert {one.name for one in read_knowledge_base(tmp_path).entries} == {"git-rebase", "Home"}


def test_a_book_has_addresses_and_its_summary_is_no_page(write: Write, tmp_path: Path) -> None:
    write('[book]\ntitle = "The cheese book"\nsrc = "text"', "book.toml")
    write(
        "# Summary\n\n[Preface](README.md)\n\n- [The `Rind`](a/rind.md)\n- [Sale]()",
        "text/SUMMARY.md",
    )
    write("# Preface\n\nWelcome.", "text/README.md")
    write("Wash it.", "text/a/rind.md")
    write('base_url = "https://a.b"', "entrywise.toml")
    kb = read_knowledge_base(tmp_path)
    assert [(one.name, one.url) for one in kb.entries] == [
        ("Preface", "https://a.b/index.html"),
        ("The Rind", "https://a.b/a/rind.html"),
    ]


def test_the_title_of_a_book_is_that_of_all(write: Write, tmp_path: Path) -> None:
    write('[book]\ntitle = "The cheese book"', "book.toml")
    write("Wash it.", "src/rind.md")
    assert read_knowledge_base(tmp_path).identity.title == "The cheese book"


def test_a_summary_that_says_something_is_a_page(write: Write, tmp_path: Path) -> None:
    write("# Summary\n\nSales rose.\n\n- [Rind](rind.md)\n- [Salt](salt.md)", "SUMMARY.md")
    write("Wash it.", "rind.md")
    assert [one.id for one in read_knowledge_base(tmp_path).entries] == ["SUMMARY", "rind"]


def test_a_summary_of_links_alone_is_no_page_of_gitbook(write: Write, tmp_path: Path) -> None:
    summary = "# Table of contents\n\n* [Rind \\[soon\\]](rind.md)\n\n***\n\n* [Salt](salt.md)"
    write(summary, "SUMMARY.md")
    write("Wash it.", "rind.md")
    assert [(one.id, one.name) for one in read_knowledge_base(tmp_path).entries] == [
        ("rind", "Rind [soon]")
    ]


def test_what_gitbook_lists_and_mentions_has_the_title_of_its_page(
    write: Write, tmp_path: Path
) -> None:
    listed = '{{% content-ref url="{0}" %}}\n[{1}]({0})\n{{% endcontent-ref %}}\n'
    text = "".join(map(listed.format, ("rind.md", "salt/", "no.md"), ("rind.md", "salt", "no.md")))
    write(
        f'# Home\n\n{text}\nSee [rind.md](rind.md#a "mention") and [rind.md](rind.md).', "home.md"
    )
    write("# Washing the *rind*\n\nWash it.", "rind.md")
    write("# Salt, coarse\n\nRub it in.", "salt/README.md")
    home = next(one for one in read_knowledge_base(tmp_path).entries if one.id == "home")
    assert [block.plain for block in home.sections[0].blocks] == [
        "Washing the rind",
        "Salt, coarse",
        "no.md",
        "See Washing the rind and rind.md.",
    ]
    assert home.related == ("rind", "salt/README")


def test_gitbook_shows_descriptions_below_titles(write: Write, tmp_path: Path) -> None:
    write("* [Rind](rind.md)\n* [Salt](salt.md)", "SUMMARY.md")
    write("---\ndescription: >-\n  What a cheese\n  wears.\n---\n\n# Rind\n\nWash it.", "rind.md")
    write("---\ndescription: Of the sea.\n---\nRub it in.", "salt.md")
    rind, salt = read_knowledge_base(tmp_path).entries
    assert rind.sections[0].text == "What a cheese wears.\n\nWash it."
    assert salt.sections[0].text == "Of the sea.\n\nRub it in."
