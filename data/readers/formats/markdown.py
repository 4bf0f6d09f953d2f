"""Reads a Markdown or MDX file: a document is an entry, its headings are its sections.

setup.md   # Setup            ─▶ Entry(id="setup", name="Setup")
           First this.        ─▶ Section("introduction", "First this.")
           ## On Linux
           Then that.         ─▶ Section("on-linux", "Then that.", path=("On Linux",))
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from entrywise.data.documents.conversion import quarto
from entrywise.data.documents.conversion.myst import from_myst
from entrywise.data.documents.conversion.titles import links_of_contents, with_mentions
from entrywise.data.documents.dialects.components import is_mdx as is_written_as_mdx
from entrywise.data.documents.dialects.shortcodes import without_embedded_ruby, without_variables
from entrywise.data.documents.inclusion.includes import Includes
from entrywise.data.documents.markup.tab_lists import with_tabs
from entrywise.data.documents.sections import read_page
from entrywise.data.readers.base import Contents, FileReader, has_suffix
from entrywise.data.readers.documents import document
from entrywise.data.readers.encodings import read_any_text
from entrywise.data.readers.exported_names import has_id
from entrywise.data.readers.formats.front_matter import read_front_matter

_TITLE = re.compile(r"\s*# [^\n]*\n?")
_EMBEDDED_RUBY = ".erb"
"""Behind the suffix of what is made of it, as in `setup.html.md.erb`."""


class MarkdownReader(FileReader):
    """Reads one entry from a file; none where it has no text."""

    reads = "a .md, .mdx, .qmd or .rmd file"
    suffixes = (".md", ".markdown", ".mdx", *quarto.SUFFIXES)

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return super().accepts(Path(source.stem) if has_suffix(source, _EMBEDDED_RUBY) else source)

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        text, guessed = read_any_text(source)
        matter, text = read_front_matter(text, source, self._reading)
        title = matter.title
        if has_suffix(source, _EMBEDDED_RUBY):
            text = without_embedded_ruby(text, title)
        includes = Includes(self._reading.root or source.parent, self._reading.snippets)
        text = without_variables(includes.in_markdown(text, source), self._reading.variables)
        text = with_tabs(text)
        if has_suffix(source, *quarto.SUFFIXES):
            text = quarto.from_quarto(text, matter.fields, self._reading.titles, source)
        text = with_mentions(text, self._reading.titles, source)
        text = from_myst(text, self._reading.titles, source)
        if links := links_of_contents(text, self._reading.titles, source):
            text = f"{text.rstrip()}{links}"
        text = _described(text, matter.description)
        slugs = self._reading.slugs
        of_mdx = self._reading.is_mdx or has_suffix(source, ".mdx")
        is_mdx = of_mdx or is_written_as_mdx(text)
        is_exported = has_id(source)
        page = self._reading.pages.page(
            "mdx" if is_mdx else "markdown",
            slugs,
            "exported" if is_exported else "",
            title,
            text,
            read=lambda: read_page(
                text, title=title, is_mdx=is_mdx, slugs=slugs, is_exported=is_exported
            ),
        )
        page = replace(page, title=page.title or matter.name, address=matter.address)
        contents = document(source, page, (*guessed, *matter.wrong, *includes.unread))
        entries = (replace(one, aliases=matter.aliases) for one in contents.entries)
        return replace(contents, entries=tuple(entries), included=includes.whole)


def _described(text: str, description: str) -> str:
    """A text with its description below its title."""
    if not description.strip():
        return text
    title = _TITLE.match(text)
    place = title.end() if title else 0
    below = text[place:].lstrip("\n")
    return f"{text[:place]}\n{description.strip()}\n\n{below}"
