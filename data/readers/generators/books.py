"""Books and wikis: what they write beside their pages, to lead through them.

src/SUMMARY.md      - [Installing](install.md)     no page, but what it calls install.md    mdBook
_Sidebar.md         [[Running the tests]]          no page                                  GitHub
Running-the-tests.md                               "Running the tests"                      GitHub
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PurePath

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_text

BOOK = "book.toml"
_SUMMARY = "SUMMARY.md"
_LEADING = frozenset("_sidebar _footer _header _navbar _coverpage".split())
"""What wikis and docsify call files that stand around each page, in lower case."""
_AROUND = ("_Sidebar.md", "_Footer.md", "_Header.md", "_sidebar.md", "_footer.md", "_header.md")
_HOMES = ("Home.md", "home.md")
_CHAPTER = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?\[(?P<title>(?:\\.|[^\[\]\\\n])+)\]"
    r"\((?:\./)?(?P<page>[^()\s]*)\)[ \t]*$"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_REST = re.compile(r"[ \t]*(?:#{1,6}[ \t].*|-{3,}|\*{3,}|_{3,}|<!--.*-->)?[ \t]*$")
_DASH = re.compile(r"(?<=\S)-(?=\S)(?!(?<=\d-)\d)")
_FEWEST = 2


def leads(path: PurePath) -> bool:
    """Whether a file stands around the pages of a wiki, and is none."""
    return path.stem.lower() in _LEADING


def is_wiki(folder: Path) -> bool:
    """Whether a folder is a wiki of GitHub, GitLab or Gollum."""
    return any((folder / name).is_file() for name in _HOMES) and any(
        (folder / name).is_file() for name in _AROUND
    )


def wiki_title(name: str) -> str:
    """What a wiki calls the page of a file.

    >>> wiki_title("Running-the-tests"), wiki_title("Release-2024-03")
    ('Running the tests', 'Release 2024-03')
    """
    return _DASH.sub(" ", name)


def chapters(folder: Path) -> dict[str, str] | None:
    """{path: title} of the pages that the summary of a book lists; None where a file of that name
    is none, but says something itself."""
    found: dict[str, str] = {}
    with suppress(KnowledgeBaseError):
        path = folder / _SUMMARY
        for line in read_text(path).splitlines() if path.is_file() else ():
            if chapter := _CHAPTER.match(line):
                title = _ESCAPED.sub(r"\1", chapter["title"].replace("`", ""))
                found.setdefault(chapter["page"], title)
            elif not _REST.match(line):
                return None
    return found if len(found) >= _FEWEST else None


def is_summary(path: PurePath) -> bool:
    """Whether a file, by its path from the top of a book, is its summary."""
    return str(path) == _SUMMARY
