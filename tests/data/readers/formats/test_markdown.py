from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Reading
from entrywise.data.readers.formats.markdown import MarkdownReader
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]


def read(path: Path) -> Entry:
    (entry,) = MarkdownReader().read(path).entries
    return entry


def test_a_document_is_an_entry_and_its_headings_are_sections(write: Write) -> None:
    path = write("# Set **up** `it`\n\nFirst *this*.\n\n## On Linux\nThen that.\n", "setup.md")
    entry = read(path)
    assert (entry.id, entry.name, entry.category) == ("setup", "Set up it", "documents")
    assert [(one.name, one.text, one.path) for one in entry.sections] == [
        ("introduction", "First *this*.", ()),
        ("on-linux", "Then that.", ("On Linux",)),
    ]
    assert entry.url is None
    assert entry.is_document


def test_markdown_that_begins_with_an_import_is_mdx(write: Write) -> None:
    text = "---\ntitle: A\n---\n\nimport Tabs from '@theme/Tabs';\n\nText {/* no */}.\n"
    (section,) = read(write(text, "a.md")).sections
    assert section.is_mdx
    assert [block.plain for block in section.blocks] == ["Text."]
    (plain,) = read(write("import it from a shop.", "b.md")).sections
    assert (plain.is_mdx, plain.blocks[0].plain) == (False, "import it from a shop.")


def test_a_document_is_called_by_its_title_its_file_or_both(write: Write) -> None:
    assert read(write("text", "leave.md")).name == "leave"
    assert read(write("# Paid time off\ntext", "pto.md")).name == "Paid time off (PTO)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nquestion: Can I row?\nname: row\n---\nYes.", "Can I row?"),
        ("---\nname: dry-run\n---\nMoors nothing.", "dry-run"),
        ("---\nname: dry-run\n---\n# Dry runs\nThey moor nothing.", "Dry runs"),
        ("---\ntitle: Rowing\nquestion: Can I row?\n---\nYes.", "Rowing"),
        ("---\nquestion: [a]\nname: '  '\n---\nYes.", "page"),
    ],
)
def test_without_a_title_front_matter_may_say_what_it_is(
    write: Write, text: str, expected: str
) -> None:
    contents = MarkdownReader().read(write(text, "page.md"))
    assert ([one.name for one in contents.entries], contents.unread) == ([expected], ())


def test_one_without_text_is_no_entry(write: Write) -> None:
    assert MarkdownReader().read(write("# Only a heading", "a.md")).entries == ()


def test_front_matter_gives_title_and_address(write: Write) -> None:
    entry = read(
        write(
            '---\r\ntitle: "A: b"\r\nurl: https://a.b/c\r\ntags: []\r\n---\r\n# B\r\ntext\r\nmore',
            "a.md",
        )
    )
    assert (entry.name, entry.url) == ("A: b", "https://a.b/c")
    assert entry.sections[0].text == "text\nmore"


def test_a_short_subtitle_is_part_of_the_name(write: Write) -> None:
    text = "---\ntitle: Policy 12\nsubtitle: {}\n---\n# Policy 12\n\nHow.\n"
    assert read(write(text.format("Finance"), "a.md")).name == "Policy 12: Finance"
    assert read(write(text.format("It tells " * 20), "b.md")).name == "Policy 12"
    assert read(write("---\nsubtitle: Finance\n---\n# Policy\n\nHow.", "c.md")).name == "Policy"


def test_a_rule_at_the_top_is_no_front_matter(write: Write) -> None:
    assert read(write("---\ntitle: x", "a.md")).sections[0].text == "---\ntitle: x"


@pytest.mark.parametrize(
    ("front", "name", "fault"),
    [
        ("url: file:///etc", "a", "field 'url': 'file:///etc' is no web address"),
        ("title: [a]", "a", "field 'title': ['a'] is no text"),
        ("url: [a]\ntitle: B", "B", "field 'url': ['a'] is no text"),
    ],
)
def test_what_is_wrong_in_front_matter_is_left_out_and_noted(
    write: Write, front: str, name: str, fault: str
) -> None:
    path = write(f"---\n{front}\n---\ntext", "a.md")
    contents = MarkdownReader().read(path)
    assert [(entry.name, entry.url) for entry in contents.entries] == [(name, None)]
    (unread,) = contents.unread
    assert str(unread).startswith(f"{path}: front matter, {fault}")
    assert unread.severity == "warning"


def test_a_title_is_told_without_tags(write: Write) -> None:
    for title, name in (
        ("Set up <em>now</em>", "Set up now"),
        ("The <head> tag", "The <head> tag"),
    ):
        assert read(write(f"---\ntitle: {title}\n---\ntext", "a.md")).name == name


@pytest.mark.parametrize("title", ["3.10", "1984", "2024-01-01", "true"])
def test_a_title_is_what_stands_there(write: Write, title: str) -> None:
    assert read(write(f"---\ntitle: {title}\n---\ntext", "a.md")).name == title
    assert read(write(f"+++\ntitle = {title}\n+++\ntext", "b.md")).name == title


def test_a_path_is_no_address_of_a_file_on_no_site(write: Write) -> None:
    assert read(write("---\nurl: /help/\n---\ntext", "a.md")).url is None


def test_anchors_follow_who_makes_the_site(write: Write) -> None:
    path = write("# T\n## A & B\ntext", "a.md")
    (entry,) = MarkdownReader(Reading(slugs="mkdocs")).read(path).entries
    assert (entry.sections[0].anchor, read(path).sections[0].anchor) == ("a-b", "a--b")


def test_a_lower_heading_is_no_title_beside_one_that_the_front_matter_gives(write: Write) -> None:
    entry = read(write("---\ntitle: Leave\n---\n## How to ask\nEarly.", "a.md"))
    assert (entry.name, entry.sections[0].path) == ("Leave", ("How to ask",))


def test_components_of_mdx_become_their_text(write: Write) -> None:
    path = write("import Tabs from 'x'\n\n<Tabs>\nText.\n</Tabs>", "a.MDX")
    assert [block.plain for block in read(path).sections[0].blocks] == ["Text."]


def test_what_is_included_is_part_of_the_text_and_what_is_not_is_listed(write: Write) -> None:
    write("included", "part.md")
    path = write('--8<-- "part.md"\n\n--8<-- "none.md"', "a.md")
    contents = MarkdownReader().read(path)
    assert contents.entries[0].oneliner == "included"
    what = (
        "the include 'none.md' is no file below the folder that is read; correct it, or read more"
    )
    assert contents.unread == (Unread(f"{path}: line 3", what),)


@pytest.mark.parametrize("content", [b"\x89PNG\0\0\xff", b"\0\0\0"])
def test_binary_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(KnowledgeBaseError, match="holds NUL bytes, so it is no text"):
        MarkdownReader().read(path)


def test_a_page_of_one_word_is_a_page(write: Write) -> None:
    assert read(write("Yes", "a.md")).oneliner == "Yes"


def test_a_document_with_front_matter_that_is_wrong_is_read_without(write: Write) -> None:
    path = write("---\ntitle: Retries: the [whole\n- a\n---\n# Retries\n\nThree.\n", "retries.md")
    contents = MarkdownReader().read(path)
    assert [entry.name for entry in contents.entries] == ["Retries"]
    (unread,) = contents.unread
    assert unread.severity == "warning"
    assert str(unread).startswith(f"{path}: front matter: no valid YAML at line 2")


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ("[Rind, The outside]", ("Rind", "The outside")),
        ("\n  - Rind\n  - Rind", ("Rind",)),
        ("Rind", ("Rind",)),
        ("[/old/address/, 5]", ("5",)),
        ("{a: b}", ()),
    ],
)
def test_front_matter_has_other_names(
    write: Write, aliases: str, expected: tuple[str, ...]
) -> None:
    assert read(write(f"---\naliases: {aliases}\n---\nWash it.", "crust.md")).aliases == expected


def test_a_document_is_related_to_those_in_its_tables_of_contents(
    write: Write, tmp_path: Path
) -> None:
    led = ":maxdepth: 2\n\npay.md\nLeave <leave/index>\ngenerated\nhttps://a.example"
    write(f"# Work\n\nOur rules.\n\n```{{toctree}}\n{led}\n```\n\n## More\n\nAsk.", "index.md")
    write("# Leave\n\n26 days.\n\n:::{toctree}\n../pay\n:::", "leave/index.md")
    write("# Pay\n\nMonthly.", "pay.md")
    knowledge_base = read_knowledge_base(tmp_path)
    assert {one.id: one.related for one in knowledge_base.entries} == {
        "index": ("pay", "leave/index"),
        "leave/index": ("pay",),
        "pay": (),
    }
    blocks = [block.plain for one in knowledge_base.entries[0].sections for block in one.blocks]
    assert blocks == ["Our rules.", "Ask."]
