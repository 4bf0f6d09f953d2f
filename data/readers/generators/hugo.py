"""Hugo's sites: their settings, the folder of their pages, and where these stand.

hugo.toml                  baseURL = "https://a.b/", contentDir = "content/en"
content/en/_index.md       https://a.b/
content/en/Set up/Oars.md  https://a.b/set-up/oars/
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from entrywise.data.readers.generators.settings import settings_text
from entrywise.data.readers.walk import repository

NAMES = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml")
)
"""Where its settings may stand in the folder of a site; what is called `config` is others', too."""
BASE = re.compile(r"^baseURL[ \t]*[=:]", re.MULTILINE | re.IGNORECASE)
_TITLE = re.compile(
    r"^title[ \t]*[=:][ \t]*(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|([^\s\"'#][^\n#]{0,200}))",
    re.MULTILINE,
)
_CONTENT = re.compile(
    r"^[ \t]*contentDir[ \t]*[=:][ \t]*[\"']?(?P<folder>[^\s\"'#]+)", re.MULTILINE | re.IGNORECASE
)
_USUAL = "content"
_MADE_OF = frozenset(("archetypes", "layouts", "public", "resources", "themes"))


def site_of_hugo(folder: Path) -> tuple[Path, Path] | None:
    """The folder of a site and its settings, where a folder is that, or lies in the one of its
    pages within the same repository; None without."""
    real = folder.resolve()
    for place in (real, *repository(real)[::-1]):
        for settings in (place / name for name in NAMES):
            if settings.is_file() and BASE.search(settings_text(settings)):
                pages = place / folder_of_hugo(settings)
                is_of_it = pages.is_dir() and (real == place or real.is_relative_to(pages))
                return (place, settings) if is_of_it else None
    return None


def title_of_hugo(folder: Path) -> str:
    """What a site is called that a folder is, or lies in; empty without."""
    found = site_of_hugo(folder)
    title = _TITLE.search(settings_text(found[1])) if found else None
    return next(filter(None, title.groups()), "").strip() if title else ""


def folder_of_hugo(settings: Path) -> str:
    """The folder of its pages, in that of the site; the first of those of several languages."""
    found = _CONTENT.search(settings_text(settings))
    return found["folder"].strip("/") if found else _USUAL


def is_made_of(path: PurePosixPath | Path) -> bool:
    """Whether a file below a site's folder is of what Hugo makes pages with, or of what it made."""
    return path.parts[0] in _MADE_OF


def page_path(bare: PurePosixPath) -> str:
    """The path of a page on its site, of the path of its file without a suffix: in small letters,
    with hyphens for blanks.

    >>> page_path(PurePosixPath("Set up/Oars")), page_path(PurePosixPath("Set up/_index"))
    ('set-up/oars/', 'set-up/')
    """
    parts = bare.parent.parts if bare.name in ("index", "_index") else bare.parts
    return "".join(f"{'-'.join(part.lower().split())}/" for part in parts)
