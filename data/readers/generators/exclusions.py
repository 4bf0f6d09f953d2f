"""What generators of sites pass over, as their settings say.

conf.py        exclude_patterns = ["drafts"]     Sphinx
_config.yml    exclude: [AGENTS.md, vendor]      Jekyll
mkdocs.yml     exclude_docs: |                   MkDocs, as `.gitignore` names them
                 drafts/
               base_path: parts              and what it takes snippets from, beside its documents
               custom_dir: docs/overrides    and what its theme is changed with
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import cast

from entrywise.data.readers.generators import jekyll
from entrywise.data.readers.generators.settings import (
    assigned,
    folder_of_mkdocs,
    folder_of_theme,
    folders_of_snippets,
    settings_text,
)

ELEVENTY = ("eleventy.config.js", ".eleventy.js")
_MADE_OF = frozenset(("_data", "_includes", "_layouts", "_plugins", "_sass", "_site"))
"""Folders of what Jekyll and Eleventy make pages with, and of those that were made."""
# Settings of MkDocs have tags of Python in them, which no YAML that is safe reads.
_EXCLUDE_DOCS = re.compile(
    r"^exclude_docs:[ \t]*(?:[|>][-+\d]*[ \t]*\n(?P<lines>(?:[ \t]+.*\n|[ \t]*\n)*)|(?P<one>\S.*))",
    re.MULTILINE,
)


def excluded_by_sphinx(settings: Path, folder: Path) -> Callable[[Path], bool]:
    """Tells which files of a folder Sphinx passes over: what `exclude_patterns` in its settings
    names, where it is written out there."""
    named = assigned(settings).get("exclude_patterns", ())
    patterns = named if isinstance(named, list | tuple | set) else ()
    return _matching(_from_the_top(patterns), settings.parent, folder)


def excluded_by_jekyll(settings: Path, folder: Path) -> Callable[[Path], bool]:
    """Tells which files of a folder are no pages of Jekyll's or Eleventy's: what they make pages
    with, and what `exclude` in Jekyll's settings names."""
    named = jekyll.values(settings).get("exclude") if settings.name in jekyll.NAMES else ()
    patterns = [named] if isinstance(named, str) else named if isinstance(named, list) else ()
    matches = _matching(_from_the_top(patterns), settings.parent, folder)
    return lambda path: not _MADE_OF.isdisjoint(path.parts) or matches(path)


def excluded_by_mkdocs(settings: Path, folder: Path) -> Callable[[Path], bool]:
    """Tells which files of a folder MkDocs passes over: what `exclude_docs` names, folders of
    snippets that stand beside its documents, and templates of its theme."""
    found = _EXCLUDE_DOCS.search(f"{settings_text(settings)}\n")
    lines = (found["lines"] or found["one"] or "").splitlines() if found else []
    top, real = (settings.parent / folder_of_mkdocs(settings)).resolve(), folder.resolve()
    matches = _matching([line.strip() for line in lines], top, folder)
    beside = [
        one
        for one in folders_of_snippets(settings)
        if not (one.is_relative_to(top) or top.is_relative_to(one))
    ]
    theme = folder_of_theme(settings)
    if theme and not top.is_relative_to(theme):
        beside.append(theme)
    return lambda path: matches(path) or any((real / path).is_relative_to(one) for one in beside)


def _from_the_top(patterns: object) -> list[str]:
    """Patterns of paths from the top of a site, as `.gitignore` has them."""
    named = cast(Iterable[object], patterns)
    return [f"/{one.lstrip('/')}" for one in named if isinstance(one, str) and one.strip()]


def _matching(patterns: Iterable[str], top: Path, folder: Path) -> Callable[[Path], bool]:
    """Tells which paths of a folder fit patterns of paths below another one, which may lie in it
    or hold it."""
    from pathspec import GitIgnoreSpec

    def is_one(pattern: str) -> bool:
        """Whether a pattern is none that is wrong (`!`, `a\\`): that leaves nothing out."""
        with suppress(ValueError):
            GitIgnoreSpec.from_lines([pattern])
            return True
        return False

    spec = GitIgnoreSpec.from_lines(filter(is_one, patterns))
    top, real = top.resolve(), folder.resolve()
    if real.is_relative_to(top):
        within = real.relative_to(top)
        return lambda path: spec.match_file(within / path)
    if not top.is_relative_to(real):
        return lambda path: False
    below = top.relative_to(real)
    return lambda path: path.is_relative_to(below) and spec.match_file(path.relative_to(below))
