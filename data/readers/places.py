"""Places of documents in a folder: what opens one, and what links to what.

guide/index.md   opens `guide`
guide/setup.md   links to [it](../index.md), and is related to it

Links from the top of a site (`/docs/setup`) tell themselves where the folder stands on it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.dialects.wiki import LINK
from entrywise.data.documents.links import ADDRESS, address_of
from entrywise.data.entries import Entry, Section
from entrywise.data.readers.exported_names import without_ids

_LINKS = re.compile(
    rf"{ADDRESS}|^ {{0,3}}\[[^\]\n]+\]:[ \t]*<?(?P<named>[^\s<>]+)"
    r"|\bhref=[\"'](?P<tag>[^\"'\s]+)[\"']"
    rf"|{LINK}",
    re.MULTILINE,
)
_ANYWHERE = "*/"
"""What stands before the name of a document that may be in any folder."""
OPENINGS = ("index", "_index", "readme")
"""What files are called that open their folder, in lower case."""
_TOP = PurePosixPath("page")
"""Where a page stands that is in no folder."""
_ORDER = re.compile(r"^(?:0\d{0,3}|\d{1,2}|\d\d0)[-_. ]+(?=[^\W\d])")
"""What a folder's name begins with that only puts it in its place."""
_SHORT = 3
"""Letters of a name that may be an abbreviation."""
_DEEPEST, _SURE = 3, 3
"""Folders of a site above the one that is read, and links that tell them."""


def categories(places: Mapping[str, PurePosixPath], top: str) -> dict[str, str]:
    """The category of each document: the folder it is in below the one that holds all of them.

    Args:
        places: {id: path}.
        top: the category of those that are in no folder below that one.

    >>> categories({"a": PurePosixPath("docs/pay/a.md"), "b": PurePosixPath("docs/b.md")}, "top")
    {'a': 'pay', 'b': 'top'}
    """
    folders = [path.parent.parts for path in places.values()]
    shared = len(posixpath.commonprefix(folders))
    return {key: next(iter(path.parent.parts[shared:]), top) for key, path in places.items()}


def folder_name(name: str, titles: Iterable[str] = ()) -> str:
    """The name of a folder, made readable.

    >>> folder_name("getting-started"), folder_name("it"), folder_name("css", ["CSS, in short"])
    ('Getting started', 'it', 'CSS')
    >>> folder_name("030-policies"), folder_name("2024-minutes"), folder_name("3d-printing")
    ('Policies', '2024 minutes', '3d printing')

    Args:
        titles: of the documents in it, which may have its words as people write them.
    """
    words = " ".join(re.split("[-_ ]+", _ORDER.sub("", name))).strip()
    written = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    found = Counter(said[0] for title in titles for said in written.finditer(title) if words)
    if spelt := next((said for said, _ in found.most_common() if said != said.lower()), ""):
        return spelt
    # "it" may be IT.
    return words[:1].upper() + words[1:] if len(words) > _SHORT else name


def is_opening(path: PurePosixPath) -> bool:
    """Whether a file opens its folder: `index.md`, `README.md`."""
    return path.stem.lower() in OPENINGS


def is_opening_id(entry_id: str) -> bool:
    """Whether a document opens its folder, by its id."""
    return is_opening(PurePosixPath(entry_id))


class Links:
    """What the documents of a folder link to."""

    def __init__(
        self, documents: Mapping[str, PurePosixPath], entries: Mapping[str, Entry], base: str = ""
    ) -> None:
        """The places of the documents among entries.

        Args:
            documents: {id: path from the folder}.
            entries: {id: entry}.
            base: the address of the folder on the web, if it is known.
        """
        self._documents = documents
        self._ids = {str(path): key for key, path in documents.items()}
        for key, path in documents.items():
            for name in _names(path):
                self._ids.setdefault(name, key)
        for key in documents if base else ():
            # Generators of sites call pages otherwise than their files.
            if own := below(entries[key].url or "", base):
                self._ids.setdefault(unquote(own).strip("/") or ".", key)
        self._targets = {
            key: [one for section in entries[key].sections for one in targets(section, base)]
            for key in documents
        }
        self._mounts = self._tell_mounts()

    def of(self, entry_id: str) -> tuple[str, ...]:
        """The ids of the documents that one links to, in order, without itself."""
        found = (self._document(one, entry_id) for one in self._targets.get(entry_id, ()))
        return tuple(dict.fromkeys(one for one in found if one and one != entry_id))

    def _document(self, target: str, entry_id: str) -> str | None:
        below = (_without(one, target) for one in _mounts(target) if one in self._mounts)
        return self._beside(target, entry_id) or next(filter(None, map(self._on_top, below)), None)

    def _beside(self, target: str, entry_id: str) -> str | None:
        return self._first(_meant(target, self._documents[entry_id]))

    def _on_top(self, target: str) -> str | None:
        return self._first(_meant(target, _TOP))

    def _first(self, names: Iterable[str]) -> str | None:
        return next((self._ids[name] for name in names if name in self._ids), None)

    def _tell_mounts(self) -> frozenset[str]:
        """Where the folder stands on its site: `/docs/`, where most links that begin so, and lead
        to nothing as they are, lead to a document without it."""
        seen, led = Counter[str](), Counter[str]()
        for key, targets in self._targets.items():
            for target in targets:
                if not target.startswith("/") or self._beside(target, key):
                    continue
                for mount in _mounts(target):
                    seen[mount] += 1
                    led[mount] += self._on_top(_without(mount, target)) is not None
        return frozenset(
            one for one, count in led.items() if count >= _SURE and 2 * count > seen[one]
        )


class Files:
    """Files that documents show, by the paths that these give them."""

    def __init__(self, paths: Iterable[PurePosixPath]) -> None:
        self._paths = {str(path): path for path in paths}
        self._bare = {without_ids(name): path for name, path in self._paths.items()}
        self._ending: dict[str, list[PurePosixPath]] = {}
        for path in self._paths.values():
            for first in range(1, len(path.parts)):
                self._ending.setdefault("/".join(path.parts[first:]), []).append(path)

    def of(self, name: str, *, is_from_root: bool) -> PurePosixPath | None:
        """The file of a path; of one from the root of a site the only one that ends so: generators
        put there what is in `static/` or `public/`."""
        if name in self._paths or not is_from_root:
            return self._paths.get(name) or self._bare.get(without_ids(name))
        found = self._ending.get(name, ())
        return found[0] if len(found) == 1 else None


def targets(section: Section, base: str = "", *, in_code: bool = True) -> Iterator[str]:
    """What a section of a document links to: as it is written, from the top of the site what is
    below the folder's address, and `[[name]]` of a wiki.

    Args:
        base: the address of the folder on the web, if it is known.
        in_code: what stands in blocks of code, too.
    """
    code = [range(one.start, one.end) for one in section.blocks if one.kind == "code"]
    for match in _LINKS.finditer(section.text if section.is_markdown else ""):
        if not in_code and any(match.start() in block for block in code):
            continue
        target = address_of(match) or match["named"] or match["tag"]
        if target is None:
            yield "[[{}]]".format("|".join(filter(None, (match["target"], match["shown"]))))
        elif own := below(target, base):
            yield own
        elif not leads_elsewhere(target):
            yield target


def below(address: str, base: str) -> str:
    """The path of an address from that of a folder on the web; empty where it is elsewhere.

    >>> below("https://a.b/c/d#e", "https://a.b/c"), below("https://a.b/c", "https://a.b/c")
    ('/d#e', '/')
    """
    is_below = bool(base) and f"{address}/".startswith(f"{base}/")
    return (address.removeprefix(base) or "/") if is_below else ""


def _mounts(target: str) -> Iterator[str]:
    """What a link from the top of a site begins with, by one part more each.

    >>> list(_mounts("/docs/latest/setup"))
    ['/docs/', '/docs/latest/']
    """
    ends = (place.end() for place in re.finditer("/", target))
    yield from (target[:end] for end in islice(ends, 1, _DEEPEST + 1))


def _without(mount: str, target: str) -> str:
    return target[len(mount) - 1 :]


def _names(path: PurePosixPath) -> Iterator[str]:
    """What a link may call a document: its path, without its suffix too, and its folder where it
    opens that."""
    yield str(path)
    yield str(path.with_suffix(""))
    if is_opening(path):
        yield str(path.parent)
    yield from (f"{_ANYWHERE}{one}" for one in _spellings(path.stem))


def _spellings(name: str) -> Iterator[str]:
    """A name as it is, and as the file of a wiki is called (`Leave-days.md`), in lower case."""
    yield name.lower()
    yield name.lower().replace(" ", "-")


def _meant(target: str, path: PurePosixPath) -> Iterable[str]:
    """The paths that a link of a file may mean: from its folder, or from its page on the web,
    which is a folder deeper; one from the top of a site, from any folder above the file."""
    if target.startswith("[["):
        yield from _meant_by_name(target[2:-2], path)
        return
    target = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
    if not target:
        return
    if target.startswith("/"):
        places = [str(folder) for folder in reversed(path.parents)]
    else:
        places = [str(path.parent), str(path.with_suffix(""))]
    for place in places:
        name = posixpath.normpath(posixpath.join(place, target.lstrip("/")))
        if not name.startswith(".."):
            for one in dict.fromkeys((*_in_language(name, path), name, without_ids(name))):
                yield one
                yield str(PurePosixPath(one).with_suffix("")) if one not in (".", "") else one


def _in_language(name: str, path: PurePosixPath) -> Iterator[str]:
    """What a link of a file that is there in several languages may mean first: the page in its own.

    setup.de.md      fees.md      ─▶  fees.de.md
    setup.html.de    fees.html    ─▶  fees.html.de
    """
    if len(path.suffixes) > 1:
        *_, first, last = path.suffixes
        stem, suffix = posixpath.splitext(name)
        yield f"{name}{last}" if first == suffix else f"{stem}{first}{suffix}"


def _meant_by_name(target: str, path: PurePosixPath) -> Iterable[str]:
    """The documents that a link of a wiki may mean: beside its own, by its path, or anywhere."""
    # GitHub says first what is shown, Obsidian what is meant.
    for one in target.split("|"):
        if name := one.partition("#")[0].strip():
            yield from _meant(quote(name), path)
            yield name
            yield from (f"{_ANYWHERE}{one}" for one in _spellings(PurePosixPath(name).name))
