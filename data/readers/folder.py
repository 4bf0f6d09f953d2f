"""Reads a folder: each file in it by the reader of its kind, as one knowledge base.

    guide/setup.md     ─▶ Entry(id="guide/setup", category="guide")     beside others
    guide/broken.pdf   ─▶ Unread("guide/broken.pdf", "is a broken PDF …")
    12 pictures        ─▶ Unread("12 .png files", "hold no text", "warning")

Which files count says `walk.py`, and the folder's identity; what links to what is in
`places.py`, addresses in `generators/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from entrywise.data.addresses import is_web_address
from entrywise.data.documents.conversion.titles import Titles
from entrywise.data.documents.links import with_labels_read
from entrywise.data.documents.pictures import place, shown
from entrywise.data.entries import Entry, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.identity import Identity
from entrywise.data.pictures import LARGEST, MOST
from entrywise.data.readers.base import ALONE, Contents, Reader, Reading
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.exported_names import bare_paths, names_without_site, repeated_rows
from entrywise.data.readers.fields import CONTROLS, is_clean, show
from entrywise.data.readers.generators.page_frames import without_frames
from entrywise.data.readers.generators.site import Site, site_of
from entrywise.data.readers.identity import belonging, read_identity, readable_name
from entrywise.data.readers.places import Files, Links, categories, is_opening
from entrywise.data.readers.walk import Walk, kinds

_OF_SITES = frozenset((".html", ".htm", ".xhtml"))
FindReader = Callable[[Path], Reader | None]
"""Gives the reader of a file; None where there is none.

Raises:
    KnowledgeBaseError: it may be one that cannot be loaded.
"""


class FolderReader:
    """Reads every file of a folder that has a reader, sorted by path. A category is the folder that
    a file is in, below the one that holds all."""

    reads = "a folder of them"

    def __init__(self, readers: Callable[[Reading], FindReader], reading: Reading = ALONE) -> None:
        self._readers = readers
        self._reading = reading

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return source.is_dir()

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        identity = read_identity(source)
        walk = Walk(source)
        site = site_of(source)
        found = [path for path in walk.files() if site.is_page(path.relative_to(source))]
        paths = belonging(source, found, identity)
        titles = Titles(source, paths)
        find = self._readers(
            replace(
                self._reading,
                root=source,
                titles=titles,
                slugs=site.slugs,
                is_mdx=site.is_mdx,
                address_field=site.address_field,
                is_described=site.is_described,
                definitions=site.definitions,
                variables=site.variables,
                snippets=site.snippets,
            )
        )
        bare = bare_paths(PurePosixPath(path.relative_to(source).as_posix()) for path in paths)
        folder = _Folder(source, identity, site, find, bare)
        folder.unread += (folder.placed(one) for one in walk.unread)
        for path in paths:
            folder.add(path)
        contents = folder.contents()
        if not contents.entries:
            reasons = "; ".join(map(str, contents.unread[:3]))
            raise KnowledgeBaseError(f"{source}: holds nothing that can be read ({reasons})")
        return contents


@dataclass(slots=True)
class _Folder:
    """What has been read of a folder."""

    source: Path
    identity: Identity
    site: Site
    find: FindReader
    bare: Mapping[PurePosixPath, PurePosixPath]
    """The paths of files as they are told, without what a tool added to their names."""
    unread: list[Unread] = field(default_factory=list[Unread])
    _entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    _uncategorized: dict[str, PurePosixPath] = field(default_factory=dict[str, PurePosixPath])
    _documents: dict[str, PurePosixPath] = field(default_factory=dict[str, PurePosixPath])
    _files: dict[str, PurePosixPath] = field(default_factory=dict[str, PurePosixPath])
    _rows: dict[str, PurePosixPath] = field(default_factory=dict[str, PurePosixPath])
    _included: dict[str, frozenset[Path]] = field(default_factory=dict[str, frozenset[Path]])
    _without_reader: list[PurePosixPath] = field(default_factory=list[PurePosixPath])

    def add(self, path: Path) -> None:
        """Read a file; what is wrong with it stops no other."""
        relative = PurePosixPath(path.relative_to(self.source).as_posix())
        if not is_clean(str(relative)):
            name = show(str(relative))
            self.unread.append(Unread(name, "the name is no UTF-8; rename the file"))
            return
        try:
            reader = self.find(path)
            if reader is None:
                self._without_reader.append(relative)
                return
            contents = reader.read(path)
        except KnowledgeBaseError as error:
            self.unread.append(self.placed(Unread(str(path), str(error))))
            return
        self.unread += map(self.placed, contents.unread)
        if not contents.entries and not contents.unread:
            self.unread.append(self.placed(Unread(str(path), "holds no text", "warning")))
        self._place(contents.entries, relative, contents.included)

    def _place(
        self, entries: tuple[Entry, ...], path: PurePosixPath, included: frozenset[Path]
    ) -> None:
        """Take entries in, called by where their file is; where another file has the same name, by
        its suffix too."""
        bare = self.bare[path]
        ids = {entry.id: self._free_id(entry.id, path.stem, bare) for entry in entries}
        for entry in entries:
            self._entries[ids[entry.id]] = replace(
                entry,
                id=ids[entry.id],
                name=self._name(entry, path),
                related=tuple(ids.get(other, other) for other in entry.related),
                url=self._address(entry, path),
                edit_url=self._edit_address(entry, path),
            )
            if _is_of_file(entry, path):
                self._documents[ids[entry.id]] = bare
                self._files[ids[entry.id]] = path
                self._included[ids[entry.id]] = included
            else:
                self._rows[ids[entry.id]] = bare
            if entry.category == CATEGORY:
                self._uncategorized[ids[entry.id]] = bare

    def _free_id(self, own: str, stem: str, path: PurePosixPath) -> str:
        candidates = (
            str(place) if own == stem else f"{place}/{own}"
            for place in (path.with_suffix(""), path)
        )
        *_, last = found = [_on_one_line(one) for one in candidates]
        return next((one for one in found if one not in self._entries), last)

    def _name(self, entry: Entry, path: PurePosixPath) -> str:
        """The name; a document without a title is called as its site's navigation does, and one
        that opens its folder by that."""
        if not (_is_of_file(entry, path) and entry.name == path.stem):
            return entry.name
        if not is_opening(path):
            return self.site.title(path) or self.bare[path].stem
        return readable_name(self.source / path.parent) if path.parent.name else self.identity.title

    def _address(self, entry: Entry, path: PurePosixPath) -> str | None:
        """The address that an entry has, which may be a path on the folder's site, or that its file
        has there."""
        base = self.identity.base_url
        own = entry.url or ""
        if is_web_address(own):
            return own
        is_placed = bool(base) and (own or _is_of_file(entry, path))
        return self.site.address(base, path, own) if is_placed else None

    def _edit_address(self, entry: Entry, path: PurePosixPath) -> str | None:
        base = self.identity.edit_url
        return f"{base}/{quote(str(path))}" if base and _is_of_file(entry, path) else None

    def placed(self, unread: Unread) -> Unread:
        """What was not read, its place told from the folder."""
        prefix = f"{self.source}/"
        place = unread.place.removeprefix(prefix)
        reason = unread.reason.removeprefix(f"{unread.place}: ").replace(prefix, "")
        return replace(unread, place=_on_one_line(place), reason=_on_one_line(reason))

    def contents(self) -> Contents:
        """All that was read, and what was not."""
        self._leave_out(_parts(self._files, self._entries, self._included, self.source))
        self._leave_out(repeated_rows(self._rows, self._documents, self._entries))
        pages = {key: self._entries[key] for key in self._documents}
        of_site = {
            key: page
            for key, page in pages.items()
            if _OF_SITES.intersection(map(str.lower, self._files[key].suffixes))
        }
        others = {key: page for key, page in pages.items() if key not in of_site}
        self._entries |= without_frames(of_site) | without_frames(others)
        names = names_without_site({key: page.name for key, page in of_site.items()})
        categories_of = categories(self._uncategorized, CATEGORY)
        links = Links(self._documents, self._entries, self.identity.base_url)
        entries = (
            replace(
                entry,
                name=names.get(entry.id, entry.name),
                related=tuple(dict.fromkeys((*entry.related, *links.of(entry.id)))),
                category=categories_of.get(entry.id, entry.category),
            )
            for entry in self._entries.values()
        )
        pictures = self._pictures()
        used = set(pictures.values())
        unused = [path for path in self._without_reader if self.source / path not in used]
        unread = (*self.unread, *map(self.placed, kinds(unused)))
        return Contents(tuple(entries), unread=unread, pictures=pictures)

    def _leave_out(self, keys: Iterable[str]) -> None:
        """Leave out what others hold: parts of documents, rows that are pages."""
        for key in keys:
            for of in (self._entries, self._documents, self._files, self._rows):
                of.pop(key, None)
            self._uncategorized.pop(key, None)

    def _pictures(self) -> dict[str, Path]:
        """The pictures that documents show, as far as they are there and not too large."""
        files = Files(self._without_reader)
        found: dict[str, Path] = {}
        refused: set[PurePosixPath] = set()
        left = MOST
        for key, path in self._documents.items():
            sections = (one for one in self._entries[key].sections if one.is_markdown)
            texts = (with_labels_read(one.text, one.links) for one in sections)
            for address in (address for text in texts for address in shown(text)):
                name = place(address, str(path.parent))
                file = files.of(name, is_from_root=address.startswith("/")) if name else None
                if name is None or file is None or name in found or file in refused:
                    continue
                size = (self.source / file).stat().st_size
                if size > min(LARGEST, left):
                    reason = f"is a picture of {size:,} bytes, which is too much; shrink it"
                    self.unread.append(Unread(str(file), reason, "warning"))
                    refused.add(file)
                    continue
                left -= size
                found[name] = self.source / file
        return found


def _is_of_file(entry: Entry, path: PurePosixPath) -> bool:
    """Whether an entry, as its reader gave it, is a file as a whole, rather than a row of it."""
    return entry.id == path.stem and entry.is_document


def _parts(
    documents: Mapping[str, PurePosixPath],
    entries: Mapping[str, Entry],
    included: Mapping[str, frozenset[Path]],
    source: Path,
) -> list[str]:
    """The documents that are no pages: their whole text stands in one that is, and they have no
    title or heading, or a name that begins with `_`."""
    taken = frozenset[Path]().union(*included.values())
    parts = {
        key: file
        for key, path in documents.items()
        if (file := (source / path).resolve()) in taken and _may_be_part(entries[key], path)
    }
    of_pages = (files for key, files in included.items() if key not in parts)
    taken = frozenset[Path]().union(*of_pages)
    return [key for key, file in parts.items() if file in taken]


def _may_be_part(entry: Entry, path: PurePosixPath) -> bool:
    is_headed = entry.name != path.stem or any(section.path for section in entry.sections)
    return not is_headed or path.name.startswith("_")


def _on_one_line(text: str) -> str:
    """A name, which may have any character, as it can be listed."""
    return CONTROLS.sub(" ", text)
