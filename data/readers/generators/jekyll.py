"""Jekyll's sites: their settings, and where pages stand.

_config.yml         url: https://a.b, baseurl: /help, title: Boats
guide/setup.md      https://a.b/help/guide/setup.html
guide/index.md      https://a.b/help/guide/
guide/setup.md      https://a.b/help/guide/setup/           permalink: pretty
guide/setup.md      https://a.b/help/guide/setup            permalink: /:title
_posts/2031-04-05-out.md   nowhere that settings alone tell
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import cast

from entrywise.data.documents.front_matter import parse_yaml
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.generators.settings import configured, settings_text

NAMES = ("_config.yml", "_config.yaml")
_OF_OTHERS = ("_toc.yml", "_toc.yaml")
"""What stands beside settings of the same name that are of Jupyter Book."""
_ENDINGS = {"": ".html", "none": ".html", "date": ".html", "ordinal": ".html", "pretty": "/"}
"""What pages end with, by `permalink`; what else it may be is a pattern of posts, of which pages
have the end."""
_PLACES = ("url", "baseurl")
_WITH_SUFFIX = ":output_ext"


def settings_of_jekyll(folder: Path) -> Path | None:
    """The settings of a site that a folder is, or lies in; None without, and of Jupyter Book's and
    Hexo's, which are called the same."""
    found = configured(folder, *NAMES)
    is_other = found and any((found.parent / name).exists() for name in _OF_OTHERS)
    return None if found is None or is_other or "source_dir" in values(found) else found


def title_of_jekyll(folder: Path) -> str:
    """What a site is called that a folder is, or lies in; empty without."""
    settings = settings_of_jekyll(folder)
    return text(settings, "title") if settings else ""


def values(settings: Path) -> dict[str, object]:
    """What settings say; nothing where they are no YAML."""
    with suppress(KnowledgeBaseError):
        told = parse_yaml(settings_text(settings), str(settings), 1)
        return cast(dict[str, object], told) if isinstance(told, dict) else {}
    return {}


def text(settings: Path, name: str) -> str:
    """What settings give a name, where that is a text."""
    value = values(settings).get(name)
    return value.strip() if isinstance(value, str) else ""


def variables(settings: Path) -> dict[str, str]:
    """What settings say as Liquid calls it on pages; not where the site is, as links of pages are
    read from its top."""
    told = values(settings)
    return {
        f"site.{name}": value
        for name, value in told.items()
        if isinstance(value, str) and name not in _PLACES
    }


def ending(settings: Path) -> str:
    """What pages end with: `.html`, `/` or nothing."""
    pattern = text(settings, "permalink")
    found = "/" if pattern.endswith("/") else ".html" if pattern.endswith(_WITH_SUFFIX) else ""
    return _ENDINGS.get(pattern, found)


def page_path(bare: PurePosixPath, end: str) -> str | None:
    """The path of a page on its site, of the path of its file without a suffix; None of what is
    made into pages by other rules.

    >>> page_path(PurePosixPath("guide/setup"), ".html"), page_path(PurePosixPath("index"), "/")
    ('guide/setup.html', '')
    """
    if any(part.startswith(("_", ".")) for part in bare.parts):
        return None
    if bare.name.lower() in ("index", "readme"):
        return "".join(f"{part}/" for part in bare.parent.parts)
    return f"{bare}{end}"
