from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.documents.dialects.sphinx import definition
from entrywise.data.readers.generators.settings import (
    configured,
    definitions_of_sphinx,
    folder_of_mkdocs,
    folders_of_snippets,
    languages_of_mkdocs,
    route_of_docusaurus,
    sphinx_within,
    suffixes_tell,
    title_of_site,
    titles_of_mkdocs,
)
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]


def test_settings_are_looked_for_up_to_the_repository(write: Write, tmp_path: Path) -> None:
    write("", "mkdocs.yml")
    write("", "repository/.git/config")
    write("", "repository/docs/a.md")
    folder = tmp_path / "repository" / "docs"
    assert configured(folder, "mkdocs.yml") is None
    found = write("", "repository/mkdocs.yaml")
    assert configured(folder, "mkdocs.yml", "mkdocs.yaml") == found


def test_substitutions_of_sphinx_are_made(write: Write, tmp_path: Path) -> None:
    epilog = ".. |co| replace:: |us| Ltd\n.. |us| replace:: Acme\n"
    conf = f"release = '2.1.4*'\nversion = read()\nrst_epilog = {epilog!r}\n"
    write(conf, "docs/conf.py")
    write("Of |release|\n============\n\n|co| on |today| since |release|.\n", "docs/a.rst")
    write("B |version|\n===========\n\n.. |co| replace:: We\n\n|co| do.\n", "docs/b.rst")
    knowledge_base = read_knowledge_base(tmp_path / "docs")
    assert [(one.name, one.sections[0].text) for one in knowledge_base.entries] == [
        ("Of 2.1.4*", r"Acme Ltd on since 2.1.4\*."),
        ("B", "We do."),
    ]
    assert [one.place for one in knowledge_base.unread] == ["1 .py file"]


@pytest.mark.parametrize(
    "conf", ["version =", "version = 1.2", "version = (" * 10_000, "version += '1'", "version: x"]
)
def test_settings_that_tell_nothing_define_nothing(write: Write, conf: str) -> None:
    told = definitions_of_sphinx(write(conf, "conf.py"))
    assert told == {name: definition(name, "") for name in ("version", "release", "today")}


def test_settings_of_sphinx_below_a_project_are_found(write: Write, tmp_path: Path) -> None:
    write("import os", "docs/conf.py")
    assert sphinx_within(tmp_path) is None
    found = write("project = 'Bees'", "docs/source/conf.py")
    assert sphinx_within(tmp_path) == found.resolve()
    found = write("import os\nfrom sphinx_acme import conf\n", "docs/conf.py")
    assert sphinx_within(tmp_path) == found.resolve()


def test_a_project_of_sphinx_is_read_from_its_root(write: Write, tmp_path: Path) -> None:
    write("project = 'Bees'\nexclude_patterns = ['drafts']", "docs/conf.py")
    for name in ("docs/use.rst", "docs/drafts/bee.rst", "README.md", "drafts/kept.md"):
        write("Text\n====\n\nBy hand.\n", name)
    write("<p>x", "docs/_build/html/index.html")
    write('base_url = "https://a.b"', "entrywise.toml")
    found = {one.id: one.url for one in read_knowledge_base(tmp_path).entries}
    assert found == {
        "README": None,
        "docs/use": "https://a.b/use.html",
        "drafts/kept": None,
    }


@pytest.mark.parametrize(
    ("settings", "route"),
    [
        ("", "docs"),
        ("docs: {editUrl: (a) => { return a }, routeBasePath: '/guide/'}, blog: {}", "guide"),
        ('docs: {\n sidebarPath: "x",\n routeBasePath: "/",\n}', ""),
        ("docs: {path: 'x'}, blog: {routeBasePath: '/news'}", "docs"),
    ],
)
def test_docusaurus_says_where_documents_stand(write: Write, settings: str, route: str) -> None:
    assert route_of_docusaurus(write(settings, "docusaurus.config.js")) == route


@pytest.mark.parametrize(
    ("settings", "tell"),
    [
        ("", False),
        ("markdown: {mermaid: true, format: 'mdx'}", False),
        ("markdown: {\n  mermaid: true,\n  format: 'detect',\n}", True),
        ("markdown: {mermaid: true}, format: 'md'", False),
    ],
)
def test_docusaurus_says_what_it_reads_as_mdx(write: Write, settings: str, tell: bool) -> None:
    assert suffixes_tell(write(settings, "docusaurus.config.js")) is tell


def test_mkdocs_says_what_pages_are_called(write: Write) -> None:
    nav = (
        "nav: # all\n"
        "- Home: index.md\n"
        "  - More:\n"
        "      - 'Static: files': \"guide/static.md\"  # new\n"
        "      - untitled.md\n"
        "\n"
        "      - Elsewhere: https://a.b/c.md\n"
        "      # - Old: old.md\n"
        "      - 'The &nbsp<samp>ship</samp>&nbsp; Command': ship.md\n"
        "theme:\n"
        "  - Dark: dark.md\n"
    )
    settings = write(f"site_name: x\n{nav}", "mkdocs.yml")
    assert titles_of_mkdocs(settings) == {
        "index.md": "Home",
        "guide/static.md": "Static: files",
        "ship.md": "The ship Command",
    }
    assert titles_of_mkdocs(write("site_name: x", "mkdocs.yml")) == {}


def test_mkdocs_says_what_pages_are_called_in_each_language(write: Write) -> None:
    settings = write(
        "nav:\n- Set-up: setup.md\n- 'The FAQ': faq.md\n"
        "plugins:\n- i18n:\n    languages:\n"
        "    - locale: en\n      default: true\n"
        "    - locale: de\n      nav_translations:\n"
        "        ### All of them\n"
        "        'Set-up': \"Einrichten\"\n"
        "      build: true\n"
        "- search: {}\n",
        "mkdocs.yml",
    )
    titles = titles_of_mkdocs(settings)
    assert (titles["setup.md"], titles["setup.en.md"]) == ("Set-up", "Set-up")
    assert (titles["setup.de.md"], titles["de/setup.md"]) == ("Einrichten", "Einrichten")
    assert titles["faq.de.md"] == "The FAQ"
    assert languages_of_mkdocs(settings) == {"en": "", "de": "de"}
    assert languages_of_mkdocs(write("site_name: x", "mkdocs.yml")) == {}


@pytest.mark.parametrize(
    ("settings", "folder"),
    [("site_name: x", "docs"), ("docs_dir: 'pages/en/'  # all", "pages/en")],
)
def test_mkdocs_says_where_documents_are(write: Write, settings: str, folder: str) -> None:
    assert folder_of_mkdocs(write(settings, "mkdocs.yml")) == folder


@pytest.mark.parametrize(
    ("options", "folders"),
    [
        ("base_path: parts/all  # of them\n      check_paths: true", ["parts/all"]),
        ("base_path: ['parts', \"more parts\", .]", ["parts", "more parts", ""]),
        ("base_path:\n      - !relative $config_dir/parts\n      - $docs_dir", ["parts", "docs"]),
        ("base_path: [\n        parts,\n        more\n      ]", ["parts", "more"]),
        ("# base_path: parts", []),
        ("base_path:", []),
    ],
)
def test_mkdocs_says_where_snippets_are(
    write: Write, tmp_path: Path, options: str, folders: list[str]
) -> None:
    others = "  - toc:\n      base_path: no\n  - pymdownx.b64:\n      base_path: no\n"
    settings = (
        f"icon: !!python/name:bees.icon\nmarkdown_extensions:\n{others}"
        f"  - pymdownx.snippets:\n      {options}\n{others}"
    )
    found = folders_of_snippets(write(settings, "mkdocs.yml"))
    assert [*found] == [tmp_path / folder for folder in folders]


@pytest.mark.parametrize(
    ("name", "settings", "title"),
    [
        ("mkdocs.yml", "theme:\n  title: x\nsite_name: Tide & Watch  # all\n", "Tide & Watch"),
        ("mkdocs.yaml", "site_name: 'Tide: Watch'", "Tide: Watch"),
        ("mkdocs.yml", "site_name: !ENV [NAME, 'Tide']", "Tide"),
        ("mkdocs.yml", "site_name: !ENV NAME", ""),
        ("docusaurus.config.ts", "const config = {\n  title: 'Tide',\n  tagline: 'x',", "Tide"),
        ("docusaurus.config.js", "title: name,", ""),
        ("conf.py", 'author = "me"\nproject = "Tide"\n', "Tide"),
        ("conf.py", "project = name()", ""),
        ("conf.py", "title: str = 'x'", ""),
        ("_quarto.yml", 'project:\n  type: book\nbook:\n  title: "Tide"', "Tide"),
        ("docs/conf.py", 'extensions = []\nproject = "Tide"', "Tide"),
    ],
)
def test_settings_say_what_a_site_is_called(
    write: Write, tmp_path: Path, name: str, settings: str, title: str
) -> None:
    write(settings, name)
    assert title_of_site(tmp_path) == title


def test_without_settings_a_site_has_no_title(tmp_path: Path) -> None:
    assert title_of_site(tmp_path) == ""


ZENSICAL = """
[project]
site_name = "Bees: a guide"
site_url = "https://bees.org/"
docs_dir = "pages"
nav = ["index.md", { "The queen" = [{ "Marking: how" = "mark.md" }, { "Her life" = "life.md" }] }]
[project.markdown_extensions.pymdownx.snippets]
base_path = ["parts"]
"""


def test_settings_of_zensical_are_read_as_those_of_mkdocs(write: Write, tmp_path: Path) -> None:
    settings = write(ZENSICAL, "zensical.toml")
    assert title_of_site(tmp_path) == "Bees: a guide"
    assert folder_of_mkdocs(settings) == "pages"
    assert titles_of_mkdocs(settings) == {"mark.md": "Marking: how", "life.md": "Her life"}
    assert folders_of_snippets(settings) == ((tmp_path / "parts").resolve(),)
    write("Text.\n\n## Wax\n\nIs {{ warm", "pages/life.md")
    write("Parts.", "parts/a.md")
    (entry,) = read_knowledge_base(tmp_path).entries
    assert entry.name == "Her life"
    assert entry.sections[1].anchor == "wax"
    assert entry.url == "https://bees.org/life/"


@pytest.mark.parametrize(
    "text",
    [
        "project = 1",
        "[project",
        "[project]\nmarkdown_extensions = [1]",
        "[project.markdown_extensions]\npymdownx = 1",
        f"[project]\na = {'{a = ' * 300}1{'}' * 300}",
        f"[project]\na = {'[' * 5_000}{']' * 5_000}",
    ],
)
def test_settings_of_zensical_that_tell_nothing(write: Write, text: str) -> None:
    settings = write(text, "zensical.toml")
    assert folder_of_mkdocs(settings) == "docs"
    assert titles_of_mkdocs(settings) == {}
    assert folders_of_snippets(settings) == ()
