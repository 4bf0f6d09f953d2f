"""Settings of generators: where they are, and what of them is read without running any.

conf.py                 exclude_patterns = ["drafts"]                Sphinx passes over these
conf.py                 version = "2.1"                              what |version| is
docusaurus.config.js    docs: {routeBasePath: "guide"}               documents stand in /guide/
mkdocs.yml              docs_dir: pages                              its documents are in there
mkdocs.yml              nav: [{Static files: static.md}]             its name without a title
any of them             site_name, title, project                    what all of it is called
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import cast

from entrywise.data.documents.dialects.sphinx import definition, definitions_in
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_text
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
_SRC = re.compile(r"^[ \t]*src[ \t]*=[ \t]*[\"'](?P<folder>[^\"'\n]+)[\"']", re.MULTILINE)
MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
DOCUSAURUS = tuple(f"docusaurus.config.{kind}" for kind in ("js", "ts", "mjs", "cjs"))
SPHINX = "conf.py"
_CALLED = {
    **dict.fromkeys(MKDOCS, r"^site_name[ \t]*:"),
    **dict.fromkeys(DOCUSAURUS, r"^[ \t]*title[ \t]*:"),
    SPHINX: r"^project[ \t]*=",
    BOOK: r"^title[ \t]*=",
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
_MOST = 100_000
"""Characters of settings that are looked at."""


def configured(folder: Path, *names: str) -> Path | None:
    """The nearest file of one of these names in a folder or above it, in the same repository."""
    for place in (folder.resolve(), *repository(folder.resolve())[::-1]):
        for name in names:
            if (place / name).is_file():
                return place / name
    return None


def excluded_by_sphinx(settings: Path, folder: Path) -> Callable[[Path], bool]:
    """Tells which files of a folder Sphinx passes over: what `exclude_patterns` in its settings
    names, where it is written out there."""
    from pathspec import GitIgnoreSpec

    named = _assigned(settings).get("exclude_patterns", ())
    patterns = (
        [one for one in cast(Iterable[object], named) if isinstance(one, str)]
        if isinstance(named, list | tuple | set)
        else []
    )
    spec = GitIgnoreSpec.from_lines(f"/{one.lstrip('/')}" for one in patterns)
    real, top = folder.resolve(), settings.parent
    if not real.is_relative_to(top):
        below = top.relative_to(real)
        return lambda path: path.is_relative_to(below) and spec.match_file(path.relative_to(below))
    within = real.relative_to(top)
    return lambda path: spec.match_file(within / path)


def definitions_of_sphinx(settings: Path) -> dict[str, str]:
    """{name: its definition} of the substitutions that Sphinx and its settings make, where they are
    written out there; its own that are not stand for nothing."""
    assigned = _assigned(settings)
    told = {name: value for name, value in assigned.items() if isinstance(value, str)}
    own = {name: told.get(name, "").strip() for name in ("version", "release", "today")}
    return {
        **{name: definition(name, value) for name, value in own.items()},
        **definitions_in(told.get("rst_prolog", "")),
        **definitions_in(told.get("rst_epilog", "")),
    }


def _assigned(settings: Path) -> dict[str, object]:
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
        if path.is_file() and _OF_SPHINX.search(_text(path)):
            return path.resolve()
    return None


def route_of_docusaurus(settings: Path) -> str:
    """The path on its site below which Docusaurus puts documents; empty where that is its top."""
    return _folder(settings, _ROUTE, "docs")


def suffixes_tell(settings: Path) -> bool:
    """Whether Docusaurus reads `.md` as Markdown; it is MDX where no `format` is set."""
    return _FORMAT.search(_text(settings)) is not None


def folder_of_mkdocs(settings: Path) -> str:
    """The folder of MkDocs' documents, beside its settings."""
    return _folder(settings, _DOCS_DIR, "docs")


def folder_of_book(settings: Path) -> str:
    """The folder of the pages of mdBook, beside its settings."""
    return _folder(settings, _SRC, "src")


def _folder(settings: Path, pattern: re.Pattern[str], usual: str) -> str:
    """A folder that settings name, or the usual one."""
    found = pattern.search(_text(settings))
    return found["folder"].strip("/") if found else usual


def titles_of_mkdocs(settings: Path) -> dict[str, str]:
    """{path below the documents' folder: title} of the pages that its navigation gives one."""
    found = _NAV.search(f"{_text(settings)}\n")
    lines = found["pages"] if found else ""
    return {one["page"]: one["title"] for one in _TITLED.finditer(lines)}


def title_of_site(folder: Path) -> str:
    """What the settings of a site call it, in a folder or above it; empty where none do."""
    settings = configured(folder, *_CALLED) or sphinx_within(folder)
    if settings is None:
        return ""
    bare = _BARE if settings.name in MKDOCS else ""
    pattern = f"{_CALLED[settings.name]}{_QUOTED}{bare})"
    found = re.search(pattern, _text(settings), re.MULTILINE)
    return next(filter(None, found.groups()), "").strip() if found else ""


def _text(settings: Path) -> str:
    """What settings say; nothing where they cannot be read."""
    with suppress(KnowledgeBaseError):
        return read_text(settings)[:_MOST]
    return ""
