"""Names of entries that become links, the first time that they are mentioned in a part of a page.

They were found when the index was built. A link is how a text is shown and no part of it: quotes
stay what they are, in JSON, in copies and as text of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from entrywise.index.index import Index
from entrywise.index.names.forms import COMMON
from entrywise.index.names.names import EXACT
from entrywise.web.served.links import entry_path

_LINK = Markup('<a class="term" href="{}">{}</a>')

_CODE = "_"
"""`n_kv_heads` is an identifier, whatever it is an alias of."""


class Linked:
    """Shows the texts of one part of a page, in which each entry is linked once."""

    def __init__(self, paths: dict[str, str]) -> None:
        """With what names, as they are written, lead to."""
        self._paths = paths
        longest = sorted(paths, key=len, reverse=True)
        either = "|".join(map(re.escape, longest)) or "(?!)"
        self._names = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")
        self._done: set[str] = set()

    def __call__(self, text: str) -> Markup:
        """A text, escaped, with its links."""
        return Markup("").join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[Markup]:
        end = 0
        for name in self._names.finditer(text):
            path = self._paths[name[0]]
            if path in self._done:
                continue
            self._done.add(path)
            yield escape(text[end : name.start()])
            yield _LINK.format(path, name[0])
            end = name.end()
        yield escape(text[end:])


NO_LINKS = Linked({})


@dataclass(frozen=True, slots=True)
class Terms:
    """The names of entries in the texts of an index; none without one."""

    index: Index | None = None

    def of(self, sections: Iterable[tuple[str, str]]) -> Linked:
        """Shows a part of a page that has texts of some sections; where all are of one entry, this
        is not linked: it is what one reads.

        Args:
            sections: ids of entries and names of their sections.
        """
        if self.index is None:
            return NO_LINKS
        index = self.index
        title = index.manifest.identity.title.casefold()
        written: dict[str, set[int]] = {}
        texts = dict.fromkeys(sections)
        for entry, name in texts:
            for text, named in _mentioned(index, entry, name):
                # What all of it is about, its texts name all the time.
                if text.casefold() != title:
                    written.setdefault(text, set()).add(named)
        entries = {named for owners in written.values() for named in owners}
        paths = {one.ordinal: entry_path(one.id) for one in index.listing.of(sorted(entries))}
        own = {entry_path(entry) for entry, _ in texts}
        read = own if len(own) == 1 else set()
        # What two entries are called leads to neither.
        links = {text: paths[min(owners)] for text, owners in written.items() if len(owners) == 1}
        return Linked({text: path for text, path in links.items() if path not in read})


NO_TERMS = Terms()


def _mentioned(index: Index, entry_id: str, section: str) -> Iterator[tuple[str, int]]:
    """The names in a section as they are written, each with the entry that it names."""
    entry = index.ordinals[entry_id]
    sections = index.entries[entry].sections
    number = [one.name for one in sections].index(section)
    rows, text = index.section_rows(entry, number), sections[number].text
    for row, named, start, end in (
        *index.mentions(rows).tolist(),
        *index.named_titles(rows).tolist(),
    ):
        begin = int(index.sentences[row, 2])
        written = text[begin + start : begin + end]
        # "a" is a word wherever it is the name of something, too.
        is_letter = len(written) == 1 and written.isascii()
        if not is_letter and (index.entries[named].is_document or _is_name(written, named, index)):
            yield written, named


def _is_name(written: str, named: int, index: Index) -> bool:
    """Whether a name of a term is no ordinary word where it is written so."""
    if _CODE in written or index.names.owners(written).get(named, 0.0) < EXACT:
        return False
    if not (written.islower() or written.istitle()):
        return True
    rank = index.spelling.ranks.get(written.lower())
    return rank is None or rank >= COMMON
