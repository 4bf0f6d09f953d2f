"""A site: which files of a folder are its pages, where they stand on the web, and whose rule makes
anchors of their headings.

guide/index.md      https://a.b/guide/                  MkDocs
guide/setup.rst     https://a.b/guide/setup.html        Sphinx
docs/01-setup.mdx   https://a.b/docs/setup/             Docusaurus
docs/_shared.mdx    no page: others take it in          Docusaurus
src/setup.md        https://a.b/setup.html              mdBook
setup.qmd           https://a.b/setup.html              Quarto
Set up/_index.md    https://a.b/set-up/                 Hugo
setup.md            https://a.b/setup.html              Jekyll
setup.mdx           https://a.b/setup                   Mintlify
snippets/note.mdx   no page: others take it in          Mintlify
Set-up.md           https://a.b/Set-up                  a wiki
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal
from urllib.parse import quote

from entrywise.data.addresses import is_web_address
from entrywise.data.documents.anchors import Slugs
from entrywise.data.documents.conversion.asciidoc import antora
from entrywise.data.readers.generators import hugo, jekyll
from entrywise.data.readers.generators.books import (
    BOOK,
    chapters,
    is_summary,
    is_wiki,
    leads,
    wiki_title,
)
from entrywise.data.readers.generators.exclusions import (
    ELEVENTY,
    excluded_by_jekyll,
    excluded_by_mkdocs,
    excluded_by_sphinx,
)
from entrywise.data.readers.generators.settings import (
    DOCUSAURUS,
    MINTLIFY,
    MKDOCS,
    QUARTO,
    SPHINX,
    configured,
    definitions_of_sphinx,
    folder_of_book,
    folder_of_mkdocs,
    folders_of_snippets,
    is_of_mintlify,
    languages_of_mkdocs,
    route_of_docusaurus,
    sphinx_within,
    suffixes_tell,
    titles_of_mkdocs,
)
from entrywise.data.readers.places import is_opening

_PAGES = frozenset(
    [
        *(".md", ".mdx", ".markdown", ".qmd", ".rmd", ".rst", ".rest", ".html", ".htm", ".ipynb"),
        *(".txt", *antora.SUFFIXES),
    ]
)
_SPHINX_OWN = frozenset(("_build", "_static", "_templates", "_themes"))
_OF_MINTLIFY = "snippets"
_NUMBER = re.compile(r"^(?!\d+[-_.]\d)\d+\s*[-_.]+\s*(?=[^-_.\s])")
"""What sorts pages of Docusaurus, and is no part of their addresses; 2024-01 and 1.0 are."""


_Maker = Literal[
    "mkdocs",
    "docusaurus",
    "sphinx",
    "quarto",
    "book",
    "mintlify",
    "antora",
    "hugo",
    "jekyll",
    "wiki",
    "",
]
_POSTS, _PAGES_BESIDE = "blog", ("src", "pages")
_ADDRESS_FIELDS = {"docusaurus": "slug", "jekyll": "permalink"}
_DATED = re.compile(r"\d{4}-\d\d-\d\d-")


@dataclass(frozen=True, slots=True)
class Site:
    """How the pages of a folder stand on the web: who makes them, from which folder in it, below
    which path, and what they end with, where settings say it; `titles` are those that its
    navigation gives pages, by their paths in that folder, `languages` the paths of those that are
    there in several, `definitions` the substitutions that its settings make, `variables` those
    of Liquid, where that makes its pages, `snippets` the folders in which what pages take in is
    looked for first; `by_suffix` is whether suffixes alone tell what is MDX; `is_left_out` tells of
    a path which of them its maker passes over."""

    maker: _Maker = ""
    top: str = ""
    route: str = ""
    ending: str = ""
    by_suffix: bool = False
    titles: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    languages: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    definitions: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    variables: Mapping[str, str] | None = field(default=None, compare=False)
    snippets: tuple[Path, ...] = field(default=(), compare=False)
    is_left_out: Callable[[Path], bool] = field(default=lambda path: False, compare=False)

    @property
    def slugs(self) -> Slugs:
        """Whose rule makes anchors of headings."""
        return self.maker if self.maker in ("mkdocs", "sphinx", "quarto") else "github"

    @property
    def is_mdx(self) -> bool:
        """Whether Markdown is read as MDX, whatever the suffix of its file."""
        return self.maker == "docusaurus" and not self.by_suffix

    @property
    def address_field(self) -> str:
        """What the front matter of a page calls the address that it gives itself."""
        return _ADDRESS_FIELDS.get(self.maker, "url")

    @property
    def is_described(self) -> bool:
        """Whether pages show the description of their front matter, as GitBook's do."""
        return self.maker == "mintlify" or (not self.maker and bool(self.titles))

    def is_page(self, path: Path) -> bool:
        """Whether a file may be a page, rather than one that a site is made with."""
        if leads(path) or (self.maker == "antora" and not antora.is_page(path)):
            return False
        if self.maker in ("docusaurus", "quarto"):
            return not any(part.startswith("_") for part in path.parts)
        within = self._within(path)
        if self.maker == "mintlify" and within and within.parts[0] == _OF_MINTLIFY:
            return False
        is_own = self.maker == "sphinx" and within and not _SPHINX_OWN.isdisjoint(within.parts)
        return not (is_own or self.is_left_out(path))

    def title(self, path: PurePosixPath) -> str:
        """What its navigation calls a page; empty where it does not."""
        if self.maker == "wiki":
            return wiki_title(path.stem)
        return self.titles.get(str(self._within(path) or path), "")

    def address(self, base: str, path: PurePosixPath, own: str = "") -> str | None:
        """The address of a file of the folder; None where it is on no site.

        >>> Site("mkdocs").address("https://a.b", PurePosixPath("guide/index.md"))
        'https://a.b/guide/'
        >>> Site("sphinx").address("https://a.b", PurePosixPath("guide/setup.rst"))
        'https://a.b/guide/setup.html'
        >>> Site("docusaurus", "docs", "docs").address("https://a.b", PurePosixPath("docs/a.md"))
        'https://a.b/docs/a/'

        Args:
            own: the address that it gives itself: a web address, a path from where documents
                stand, or one from the folder of the file.
        """
        if is_web_address(own):
            return own
        within = self._within(path)
        beside = _beside_documents(path) if self.maker == "docusaurus" else None
        if within is None and beside is None:
            return None
        if self.maker == "antora" and not antora.is_in_module(path):
            return None
        route = self.route if within is not None else ""
        name = self._own(own, within or path) if own else self._name(within or beside or path)
        if name is None:
            return None
        return "/".join(filter(None, (base.rstrip("/"), route, name))) + ("" if name else "/")

    def _within(self, path: PurePath) -> PurePosixPath | None:
        """The path of a file below the folder of the documents; None outside of it."""
        posix = PurePosixPath(path.as_posix())
        return posix.relative_to(self.top) if posix.is_relative_to(self.top) else None

    def _own(self, own: str, path: PurePosixPath) -> str:
        name = own if own.startswith("/") else posixpath.join(str(path.parent), own)
        # It may be escaped, and lead to an anchor.
        bare = quote(posixpath.normpath(name).strip("/."), safe="/#?=&%")
        return f"{bare}/" if bare and (own.endswith("/") or self.maker == "docusaurus") else bare

    def _name(self, path: PurePosixPath) -> str | None:
        bare = path.with_suffix("")
        if not self.maker or path.suffix.lower() not in _PAGES:
            return quote(str(path))
        if self.maker == "wiki":
            return "" if path.stem.lower() == "home" else quote(path.stem)
        language = bare.suffix.removeprefix(".")
        if language in self.languages:
            bare = self.languages[language] / bare.with_suffix("")
        is_open = is_opening(bare)
        if self.maker in ("sphinx", "quarto", "book"):
            is_renamed = is_open and self.maker == "book"
            return quote(f"{bare.with_name('index') if is_renamed else bare}.html")
        if self.maker == "antora":
            return quote(antora.page_path(bare))
        if self.maker == "jekyll":
            place = jekyll.page_path(bare, self.ending)
            return place and quote(place)
        if self.maker == "hugo":
            return quote(hugo.page_path(bare))
        if self.maker == "mintlify":
            return quote(str(bare.parent if is_open else bare)).removeprefix(".")
        if self.maker == "docusaurus":
            bare = PurePosixPath(*(_NUMBER.sub("", part, count=1) for part in bare.parts))
            is_open = is_open or bare.name.lower() == bare.parent.name.lower()
        return quote(f"{bare.parent if is_open else bare}/".removeprefix("./"))


def site_of(folder: Path) -> Site:
    """Who makes pages of a folder, as the settings in it or above it tell, or Sphinx's below."""
    if found := configured(folder, *MKDOCS):
        top = _top(found, folder, folder_of_mkdocs(found))
        titles, languages = titles_of_mkdocs(found), languages_of_mkdocs(found)
        return Site(
            "mkdocs",
            top,
            titles=titles,
            languages=languages,
            snippets=folders_of_snippets(found),
            is_left_out=excluded_by_mkdocs(found, folder),
        )
    if found := configured(folder, *DOCUSAURUS):
        top = _top(found, folder, "docs")
        route = route_of_docusaurus(found) if top else ""
        return Site("docusaurus", top, route, by_suffix=suffixes_tell(found))
    if found := configured(folder, SPHINX):
        return _of_sphinx(found, folder)
    if configured(folder, *QUARTO):
        return Site("quarto")
    if (found := configured(folder, *MINTLIFY)) and is_of_mintlify(found):
        return Site("mintlify")
    if configured(folder, antora.DESCRIPTION) or any(folder.glob(f"*/{antora.DESCRIPTION}")):
        return Site("antora")
    if of_hugo := hugo.site_of_hugo(folder):
        place, settings = of_hugo
        top = _top(place / settings.name, folder, hugo.folder_of_hugo(settings))
        return Site("hugo", top, is_left_out=hugo.is_made_of) if top else Site("hugo")
    if found := sphinx_within(folder):
        return _of_sphinx(found, folder, found.parent.relative_to(folder.resolve()).as_posix())
    return Site("wiki") if is_wiki(folder) else _of_book(folder)


def _of_book(folder: Path) -> Site:
    """A book, by the settings of mdBook, or by its summary alone, as GitBook's is."""
    found = configured(folder, BOOK)
    top = _top(found, folder, folder_of_book(found)) if found else ""
    titles = chapters(folder / top)
    if found is None and titles is None:
        if settings := jekyll.settings_of_jekyll(folder):
            excluded = excluded_by_jekyll(settings, folder)
            told = jekyll.variables(settings)
            end = jekyll.ending(settings)
            return Site("jekyll", ending=end, variables=told, is_left_out=excluded)
        settings = configured(folder, *ELEVENTY)
        return Site(is_left_out=excluded_by_jekyll(settings, folder)) if settings else Site()

    def is_left_out(path: Path) -> bool:
        return titles is not None and path.is_relative_to(top) and is_summary(path.relative_to(top))

    return Site("book" if found else "", top, titles=titles or {}, is_left_out=is_left_out)


def _of_sphinx(settings: Path, folder: Path, top: str = "") -> Site:
    return Site(
        "sphinx",
        top,
        definitions=definitions_of_sphinx(settings),
        is_left_out=excluded_by_sphinx(settings, folder),
    )


def _beside_documents(path: PurePosixPath) -> PurePosixPath | None:
    """Where Docusaurus puts what stands beside its documents: posts by their days, and pages."""
    if path.parts[:2] == _PAGES_BESIDE:
        return PurePosixPath(*path.parts[2:])
    if path.parts[0] != _POSTS:
        return None
    first, *rest = path.parts[1:] or ("",)
    dated = first.replace("-", "/", 3) if _DATED.match(first) else first
    return PurePosixPath(_POSTS, dated, *rest)


def _top(settings: Path, folder: Path, name: str) -> str:
    """The folder of the documents, where it is below the one that is read."""
    is_within = settings.parent == folder.resolve() and (folder / name).is_dir()
    return name if is_within else ""
