from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.readers.generators.site_address import address_of_site
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("file", "settings", "address"),
    [
        (
            "mkdocs.yml",
            "site_url: 'https://docs.bees.org/guide/'  # live",
            "https://docs.bees.org/guide",
        ),
        ("mkdocs.yml", "site_url: !ENV SITE_URL", ""),
        ("mkdocs.yml", "site_url: !ENV [SITE_URL]\nrepo_url: https://bees.org", ""),
        (
            "mkdocs.yml",
            "emoji: !!python/name:bees.icon\nsite_url: !ENV [URL, HOST, 'https://bees.org/x/']",
            "https://bees.org/x",
        ),
        ("mkdocs.yml", "site_url: !ENV [SITE_URL, https://bees.org]", "https://bees.org"),
        ("mkdocs.yml", "site_url: https://bees.org\nuse_directory_urls: false", ""),
        ("mkdocs.yml", "site_url: https://bees.org\nextra:\n  version:\n    provider: mike", ""),
        ("mkdocs.yml", "site_url: https://bees.example.com", ""),
        ("mkdocs.yml", "site_url: http://localhost:8000", ""),
        ("mkdocs.yml", "site_url: http://127.0.0.1", ""),
        ("mkdocs.yml", "site_url: http://[::1", ""),
        ("mkdocs.yml", "site_url: https://bees.org/\x1b[31m", ""),
        ("mkdocs.yml", "site_url: javascript:alert(1)", ""),
        ("conf.py", "html_baseurl = 'https://bees.org/\\x9b'", ""),
        (
            "docusaurus.config.js",
            '  url: "https://bees.org",\n  baseUrl: "/x/",',
            "https://bees.org/x",
        ),
        ("docusaurus.config.js", '  url: "https://bees.org",\n  baseUrl,', ""),
        ("docusaurus.config.js", '  baseUrl: "/",', ""),
        ("conf.py", "html_baseurl = 'ftp://bees.org/en/'", ""),
        ("conf.py", "html_baseurl = 'https://bees.org/en/'", "https://bees.org/en"),
        ("conf.py", "html_baseurl = os.environ['HOME_PAGE']", ""),
        ("_quarto.yml", "website:\n  site-url: https://bees.org", "https://bees.org"),
        ("book.toml", '[output.html]\nsite-url = "/x/"', ""),
    ],
)
def test_the_settings_of_a_site_say_where_it_is(
    write: Write, tmp_path: Path, file: str, settings: str, address: str
) -> None:
    write(settings, file)
    assert address_of_site(tmp_path) == address


def test_versions_of_docusaurus_stand_elsewhere(write: Write, tmp_path: Path) -> None:
    write('  url: "https://bees.org",\n  baseUrl: "/",', "docusaurus.config.js")
    write("[]", "versions.json")
    assert address_of_site(tmp_path) == ""


def test_a_folder_of_the_documents_stands_below(write: Write, tmp_path: Path) -> None:
    write("", ".git/config")
    write("site_url: https://bees.org/x", "mkdocs.yml")
    for name in ("docs/use a/hive.md", "notes/a.md"):
        write("# Page\n\nText.", name)
    folders = ("", "docs", "docs/use a", "notes")
    assert [address_of_site(tmp_path / one) for one in folders] == [
        "https://bees.org/x",
        "https://bees.org/x",
        "https://bees.org/x/use%20a",
        "",
    ]
    urls = {one.id: one.url for one in read_knowledge_base(tmp_path).entries}
    assert urls == {"docs/use a/hive": "https://bees.org/x/use%20a/hive/", "notes/a": None}
    (page,) = read_knowledge_base(tmp_path / "docs" / "use a").entries
    assert page.url == "https://bees.org/x/use%20a/hive/"


def test_the_identity_says_otherwise(write: Write, tmp_path: Path) -> None:
    write("site_url: https://bees.org", "mkdocs.yml")
    write("# Page\n\nText.", "docs/a.md")
    assert read_knowledge_base(tmp_path).identity.base_url == "https://bees.org"
    write('base_url = "https://hives.org"', "entrywise.toml")
    knowledge_base = read_knowledge_base(tmp_path)
    assert knowledge_base.identity.base_url == "https://hives.org"
    assert [one.url for one in knowledge_base.entries] == ["https://hives.org/a/"]
