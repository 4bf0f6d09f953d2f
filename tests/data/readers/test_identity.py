"""The identity of a knowledge base, as people write it down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from paths import ROOT

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.identity import Identity
from entrywise.data.readers.identity import LARGEST_LOGO, logo_bytes, read_identity
from entrywise.data.source import read_knowledge_base, shipped

WHOLE = """
title = "Acme handbook"
description = "All that holds at Acme."
tagline = "How we work"
logo = "pictures/acme.svg"
accent = "#0a6847"
examples = ["How many days of leave do I have?"]
contact = "people@acme.example"
base_url = "https://handbook.acme.example/"
language = "de"
domain = "part_numbers"
include = ["guides/**"]
exclude = ["drafts/**"]
details = ["notes"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one document and a picture."""
    docs = tmp_path / "acme_docs"
    (docs / "pictures").mkdir(parents=True)
    (docs / "pictures" / "acme.svg").write_text("<svg/>")
    (docs / "leave.md").write_text("# Leave\n\nThirty days.")
    return docs


def test_all_that_is_written_is_read(folder: Path) -> None:
    (folder / "entrywise.toml").write_text(WHOLE)
    identity = read_identity(folder)
    logo = str(folder / "pictures" / "acme.svg")
    assert identity == Identity(
        title="Acme handbook",
        description="All that holds at Acme.",
        tagline="How we work",
        logo=logo,
        accent="#0a6847",
        examples=("How many days of leave do I have?",),
        contact="mailto:people@acme.example",
        base_url="https://handbook.acme.example",
        language="de",
        domain="part_numbers",
        include=("guides/**",),
        exclude=("drafts/**",),
        details=("notes",),
    )
    assert logo_bytes(identity) == b"<svg/>"


def test_without_one_the_name_of_the_source_is_the_title(folder: Path) -> None:
    assert read_identity(folder) == Identity(title="Acme docs")
    (folder / "my-notes.csv").write_text("id,title,text\n1,A,B.\n")
    assert read_knowledge_base(folder / "my-notes.csv").title == "My notes"


def test_the_site_says_what_it_is_called_unless_the_identity_does(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("site_name: Acme at work\n", "utf-8")
    assert read_identity(folder).title == "Acme at work"
    (folder / "entrywise.toml").write_text('tagline = "x"', "utf-8")
    assert read_identity(folder).title == "Acme at work"
    (folder / "entrywise.toml").write_text('title = "Handbook"', "utf-8")
    assert read_identity(folder).title == "Handbook"


def test_the_title_is_written_as_in_its_texts(tmp_path: Path) -> None:
    docs = tmp_path / "npm" / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# NPM\n\nInstalls.")
    (docs / "other.md").write_text("# Npm and others\n\nThey differ.")
    assert read_knowledge_base(docs).identity.title == "NPM"
    (docs / "entrywise.toml").write_text('title = "npm"')
    assert read_knowledge_base(docs).identity.title == "npm"
    (docs / "entrywise.toml").unlink()
    # Who makes a site writes its name.
    (docs / "mkdocs.yml").write_text("site_name: npm")
    assert read_knowledge_base(docs).identity.title == "npm"


def test_a_folder_that_is_called_documents_says_less_than_the_one_above(tmp_path: Path) -> None:
    inner = tmp_path / "acme-router" / "docs" / "content"
    inner.mkdir(parents=True)
    assert read_identity(inner).title == "Acme router"


def test_it_stands_in_the_folder_or_beside_the_source(folder: Path) -> None:
    (folder.parent / "entrywise.toml").write_text('title = "Beside"')
    assert read_identity(folder).title == "Beside"
    (folder / "entrywise.toml").write_text('title = "Within"')
    assert read_identity(folder).title == "Within"
    assert read_identity(folder / "leave.md").title == "Within"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", r"'titel': is unknown; .*nearest: 'title'"),
        ("title = 3", "'title': 3 is no text"),
        ("title = ", "no valid TOML"),
        ("accent = 'green'", "'accent': 'green' is not a colour; write one as #0a6847"),
        ("language = 'German'", "'language': 'German' is not a language tag"),
        ("contact = 'the office'", "'contact': 'the office' is no address"),
        ("base_url = 'javascript:x'", "'base_url': 'javascript:x' is no web address"),
        ("base_url = 'https://'", "'base_url': 'https://' is no web address; write one such as"),
        ("logo = '../secret.png'", "'logo': '../secret.png' is no file below"),
        (f"logo = '{'x' * 300}'", "'logo': 'x+...x+' is no file below"),
        ("title = 0x" + "f" * 5_000, r"'title': 0xf+\.\.\. is no text"),
        (f"title = {'[' * 3_000}", "no valid TOML"),
        ("logo = 'leave.md'", "'logo': 'leave.md' is no picture"),
        ("logo = 'large.png'", f"'large.png' has more than {LARGEST_LOGO:,} bytes"),
        ("examples = ['a', 'a']", "'examples': 'a' is listed twice"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder: Path, text: str, message: str) -> None:
    (folder.parent / "secret.png").touch()
    (folder / "large.png").write_bytes(bytes(LARGEST_LOGO + 1))
    (folder / "entrywise.toml").write_text(text)
    with pytest.raises(KnowledgeBaseError, match=message) as caught:
        read_identity(folder)
    assert "\n" not in str(caught.value)


def test_its_page_tells_every_key_and_its_example_is_read(folder: Path) -> None:
    text = (ROOT / "docs" / "knowledge-base.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (folder / "entrywise.toml").write_text(example)
    assert read_identity(folder).title == "Acme handbook"
    keys = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)))
    assert [name for name in Identity.__slots__ if name not in keys] == []


def test_the_shipped_glossary_says_what_it_is() -> None:
    identity = shipped().identity
    assert identity.title == "LLM Reference"
    assert identity.domain == "language_models"
    assert len(identity.examples) >= 3


def test_only_what_is_included_and_not_excluded_is_read(folder: Path) -> None:
    (folder / "guides" / "drafts").mkdir(parents=True)
    for name in ("guides/start.md", "guides/drafts/later.md"):
        (folder / name).write_text("Some text.")
    (folder / "entrywise.toml").write_text('include = ["guides/*"]\nexclude = ["*/drafts/*"]\n')
    assert [entry.id for entry in read_knowledge_base(folder)] == ["guides/start"]
    (folder / "entrywise.toml").write_text('include = ["nothing/*"]')
    with pytest.raises(KnowledgeBaseError, match=r"leaves out all 4 files"):
        read_knowledge_base(folder)
