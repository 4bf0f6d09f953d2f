"""Settings of generators: where they are, and what of them is read without running any.

conf.py                 version = "2.1"                              what |version| is
docusaurus.config.js    docs: {routeBasePath: "guide"}               documents stand in /guide/
mkdocs.yml              docs_dir: pages                              its documents are in there
mkdocs.yml              nav: [{Static files: static.md}]             its name without a title
mkdocs.yml              site_name: !ENV [NAME, "Bees"]            Bees, where no machine says more
mkdocs.yml              pymdownx.snippets: {base_path: parts}     snippets are looked for there
mkdocs.yml              nav_translations: {Static files: Dateien}    that of static.de.md
zensical.toml           [project] with what MkDocs' settings have    as MkDocs'
docs.json               "$schema": "https://mintlify.com/docs.json"  Mintlify's
any of them, _quarto.yml   site_name, title, project                 what all of it is called

What they pass over is in `exclusions.py`.
"""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from entrywise.data.documents.dialects.sphinx import definition, definitions_in
from entrywise.data.documents.plain_text import without_tags
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import parse_toml, read_text
from entrywise.data.readers.generators.books import BOOK
from entrywise.data.readers.walk import repository

_SPHINX_FOLDERS = ("docs", "doc", "docs/source", "doc/source", "source")
_OF_SPHINX = re.compile(
    r"^(?:(?:extensions|html_theme|exclude_patterns|project)\s*=|(?:from|import)[ \t]+sphinx)",
    re.MULTILINE,
)
_ROUTE = re.compile(
    r"\bdocs\s*:\s*\{(?:(?!\bblog\s*:).)*?\brouteBasePath\s*:\s*[\"'](?P<folder>[^\"']*)", re.DOTALL
)
_FORMAT = re.compile(r"\bmarkdown\s*:\s*\{[^{}]*?\bformat\s*:\s*[\"'](?:detect|md)[\"']")
_DOCS_DIR = re.compile(r"^docs_dir:[ \t]*[\"']?(?P<folder>[^\s\"'#]+)", re.MULTILINE)
_CUSTOM_DIR = re.compile(
    r"^[ \t]+custom_dir[ \t]*:[ \t]*[\"']?(?P<folder>[^\s\"'#]+)", re.MULTILINE
)
_SRC = re.compile(r"^[ \t]*src[ \t]*=[ \t]*[\"'](?P<folder>[^\"'\n]+)[\"']", re.MULTILINE)
_ZENSICAL = "zensical.toml"
MKDOCS = (_ZENSICAL, "mkdocs.yml", "mkdocs.yaml")
"""Settings of MkDocs, and of what reads them, too, beside its own."""
DOCUSAURUS = tuple(f"docusaurus.config.{kind}" for kind in ("js", "ts", "mjs", "cjs"))
SPHINX = "conf.py"
QUARTO = ("_quarto.yml", "_quarto.yaml")
MINTLIFY = ("docs.json", "mint.json")
_CALLED = {
    **dict.fromkeys(MKDOCS, r"^site_name[ \t]*:"),
    **dict.fromkeys(DOCUSAURUS, r"^[ \t]*title[ \t]*:"),
    SPHINX: r"^project[ \t]*=",
    **dict.fromkeys(QUARTO, r"^[ \t]+title[ \t]*:"),
    BOOK: r"^title[ \t]*=",
    **dict.fromkeys(MINTLIFY, r"^[ \t]*\"name\"[ \t]*:"),
}
"""What a site is called, by the file of its settings."""
_QUOTED = r"[ \t]*(?:\"(?P<double>[^\"\n]{1,200})\"|'(?P<single>[^'\n]{1,200})'"
_BARE = r"|(?P<bare>[^\s\"'#{\[|>!&*][^\n#]{0,200})"
"""Text without quotes, in YAML."""
_NAV = re.compile(r"^nav:[ \t]*(?:#.*)?\n(?P<pages>(?:[ \t]*(?:[-#].*)?\n)*)", re.MULTILINE)
_TITLED = re.compile(
    r"^[ \t]*-[ \t]+([\"']?)(?P<title>[^\"'#:\n][^\"'\n]{0,200}?)\1[ \t]*:[ \t]+"
    r"([\"']?)(?P<page>[^\s\"'#:]+\.\w+)\3[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_LOCALE = re.compile(r"^[ \t]*-[ \t]+locale:[ \t]*[\"']?(?P<locale>[\w-]+).*\n", re.MULTILINE)
_DEFAULT = re.compile(r"^[ \t]+default:[ \t]*true\b", re.MULTILINE)
_TRANSLATED = re.compile(
    r"^(?P<indent>[ \t]+)nav_translations:[ \t]*(?:#.*)?\n"
    r"(?P<titles>(?:(?P=indent)[ \t]+.*\n|[ \t]*(?:#.*)?\n)*)",
    re.MULTILINE,
)
_TRANSLATION = re.compile(
    r"^[ \t]+([\"']?)(?P<title>[^\"'#\n][^\"'\n]{0,200}?)\1[ \t]*:[ \t]+"
    r"(?:\"(?P<double>[^\"\n]{1,200})\"|'(?P<single>[^'\n]{1,200})'"
    r"|(?P<bare>[^\s\"'#][^\n#]{0,200}))",
    re.MULTILINE,
)
_SNIPPETS = re.compile(
    r"^(?P<indent>[ \t]*)(?:-[ \t]+)?(?:pymdownx\.snippets|markdown_include\.include)[ \t]*:"
    r"[ \t]*(?:#.*)?\n(?P<options>(?:(?P=indent)[ \t]+\S.*\n|[ \t]*(?:#.*)?\n)*)",
    re.MULTILINE,
)
_BASE_PATH = re.compile(
    r"^[ \t]+base_path[ \t]*:(?P<paths>[ \t]*\[[^\]]*|.*(?:\n[ \t]*-[ \t].*)*)", re.MULTILINE
)
_PATH = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'|(?<![^\s,\[])(?![!-])([^\s,\[\]\"']+)")
_REMARK = re.compile(r"(?<!\S)#.*")
_OF_ENVIRONMENT = re.compile(
    r"!ENV[ \t]+(?:\[(?:[ \t]*\w{1,100}[ \t]*,){1,20}[ \t]*"
    r"(?P<usual>\"[^\"\n]*\"|'[^'\n]*'|[^\s\"',\[\]]+)[ \t]*\]|\w+|\[[ \t]*\w+[ \t]*\])"
)
"""What MkDocs takes from the machine that makes its site, and what it is where that says nothing:
the last of several."""
_MOST = 100_000
"""Characters of settings that are looked at."""


def configured(folder: Path, *names: str) -> Path | None:
    """The nearest file of one of these names in a folder or above it, in the same repository."""
    for place in (folder.resolve(), *repository(folder.resolve())[::-1]):
        for name in names:
            if (place / name).is_file():
                return place / name
    return None


def definitions_of_sphinx(settings: Path) -> dict[str, str]:
    """{name: its definition} of the substitutions that Sphinx and its settings make, where they are
    written out there; its own that are not stand for nothing."""
    values = assigned(settings)
    told = {name: value for name, value in values.items() if isinstance(value, str)}
    own = {name: told.get(name, "").strip() for name in ("version", "release", "today")}
    return {
        **{name: definition(name, value) for name, value in own.items()},
        **definitions_in(told.get("rst_prolog", "")),
        **definitions_in(told.get("rst_epilog", "")),
    }


def assigned(settings: Path) -> dict[str, object]:
    """The values that settings in Python give names, as far as they are written out."""
    found: dict[str, object] = {}
    # What cannot be read or is no Python names nothing.
    with suppress(KnowledgeBaseError, SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.parse(read_text(settings)).body:
            if not isinstance(node, ast.Assign):
                continue
            try:
                value = ast.literal_eval(node.value)
            except (TypeError, ValueError, RecursionError, MemoryError):
                value = None
            found |= {one.id: value for one in node.targets if isinstance(one, ast.Name)}
    return found


def sphinx_within(folder: Path) -> Path | None:
    """Sphinx's settings in one of the folders below a project where people put them."""
    for name in _SPHINX_FOLDERS:
        path = folder / name / "conf.py"
        if path.is_file() and _OF_SPHINX.search(settings_text(path)):
            return path.resolve()
    return None


def route_of_docusaurus(settings: Path) -> str:
    """The path on its site below which Docusaurus puts documents; empty where that is its top."""
    return _folder(settings, _ROUTE, "docs")


def suffixes_tell(settings: Path) -> bool:
    """Whether Docusaurus reads `.md` as Markdown; it is MDX where no `format` is set."""
    return _FORMAT.search(settings_text(settings)) is not None


def is_of_mintlify(settings: Path) -> bool:
    """Whether settings are Mintlify's: others have a `docs.json`, too."""
    return "mintlify.com/" in settings_text(settings)


def folder_of_mkdocs(settings: Path) -> str:
    """The folder of MkDocs' documents, beside its settings."""
    return _folder(settings, _DOCS_DIR, "docs")


def folder_of_theme(settings: Path) -> Path | None:
    """The folder of what MkDocs' theme is changed with, links resolved; None where none is told."""
    named = _folder(settings, _CUSTOM_DIR, "")
    with suppress(OSError, ValueError):
        return (settings.parent / named).resolve() if named else None
    return None


def folders_of_snippets(settings: Path) -> tuple[Path, ...]:
    """Where the extensions of MkDocs look for what pages take in, in this order, links resolved;
    none where that is not said."""
    text = settings_text(settings)
    block = _SNIPPETS.search(f"{text}\n") if "base_path" in text else None
    told = _BASE_PATH.search(block["options"]) if block else None
    top = settings.parent
    places = {"$config_dir": top, "$docs_dir": top / folder_of_mkdocs(settings)}
    found: list[Path] = []
    for path in _PATH.finditer(_REMARK.sub("", told["paths"]) if told else ""):
        first, _, rest = next(filter(None, path.groups())).partition("/")
        folder = places.get(first, top / first) / rest if first else Path("/") / rest
        with suppress(OSError, ValueError):
            found.append(folder.resolve())
    return tuple(found)


def folder_of_book(settings: Path) -> str:
    """The folder of the pages of mdBook, beside its settings."""
    return _folder(settings, _SRC, "src")


def _folder(settings: Path, pattern: re.Pattern[str], usual: str) -> str:
    """A folder that settings name, or the usual one."""
    found = pattern.search(settings_text(settings))
    return found["folder"].strip("/") if found else usual


def titles_of_mkdocs(settings: Path) -> dict[str, str]:
    """{path below the documents' folder: title} of the pages that its navigation gives one; of a
    page that is there in several languages (`setup.de.md`, `de/setup.md`), each in its own."""
    text = f"{settings_text(settings)}\n"
    found = _NAV.search(text)
    lines = found["pages"] if found else ""
    titles = {one["page"]: one["title"] for one in _TITLED.finditer(lines)}
    in_languages = dict(titles)
    for locale, part in _languages(text):
        block = _TRANSLATED.search(part)
        told = _TRANSLATION.finditer(block["titles"] if block else "")
        translated = {
            one["title"]: one["double"] or one["single"] or one["bare"].strip() for one in told
        }
        for page, title in titles.items():
            name, _, suffix = page.rpartition(".")
            said = translated.get(title, title)
            in_languages |= {f"{name}.{locale}.{suffix}": said, f"{locale}/{page}": said}
    return {page: without_tags(title) for page, title in in_languages.items()}


def languages_of_mkdocs(settings: Path) -> dict[str, str]:
    """{language: the path below which its pages stand} of a site in several languages, where that
    of the first is the site's top."""
    parts = _languages(f"{settings_text(settings)}\n")
    usual = next((locale for locale, part in parts if _DEFAULT.search(part)), "")
    return {locale: "" if locale == usual else locale for locale, _ in parts}


def _languages(text: str) -> list[tuple[str, str]]:
    """The languages of MkDocs' plugin for pages in several, each with what is set for it."""
    _, *found = re.split(_LOCALE, text)
    return list(zip(found[::2], found[1::2], strict=True))


def title_of_site(folder: Path) -> str:
    """What the settings of a site call it, in a folder or above it; empty where none do."""
    settings = configured(folder, *_CALLED) or sphinx_within(folder)
    if settings is None:
        return ""
    bare = _BARE if settings.name in (*MKDOCS, *QUARTO) else ""
    pattern = f"{_CALLED[settings.name]}{_QUOTED}{bare})"
    found = re.search(pattern, settings_text(settings), re.MULTILINE)
    return next(filter(None, found.groups()), "").strip() if found else ""


def settings_text(settings: Path) -> str:
    """What settings say, as on a machine that says nothing else, Zensical's as MkDocs would have
    them; nothing where they cannot be read."""
    with suppress(KnowledgeBaseError):
        text = read_text(settings)[:_MOST]
        if settings.name == _ZENSICAL:
            return _as_mkdocs(parse_toml(text, str(settings)))
        is_of_mkdocs = settings.name in MKDOCS and "!ENV" in text
        return (
            _OF_ENVIRONMENT.sub(lambda found: found["usual"] or "", text) if is_of_mkdocs else text
        )
    return ""


def _as_mkdocs(settings: dict[str, object]) -> str:
    """Zensical's settings in the YAML of MkDocs, which it takes as well."""
    import yaml

    project = settings.get("project", {})
    # A table of another form names no folders.
    with suppress(AttributeError, TypeError):
        extensions = cast(dict[str, Any], project).get("markdown_extensions", {})
        of_pymdownx = extensions.pop("pymdownx", {})
        extensions |= {f"pymdownx.{name}": options for name, options in of_pymdownx.items()}
    with suppress(RecursionError):
        return cast(str, yaml.safe_dump(project, sort_keys=False, allow_unicode=True, width=_MOST))
    return ""
