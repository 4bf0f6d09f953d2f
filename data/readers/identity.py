"""Reads the identity of a knowledge base: what it is called, and how it presents itself.

    docs/entrywise.toml      title = "Acme handbook"
                             tagline = "How we work"
                             examples = ["How many days of leave do I have?"]
                             accent = "#0a6847"

The file stands in the folder that is read, or beside the source; all of it is optional. It is read
when an index is built, and kept in the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.identity import ANONYMOUS, UNTITLED, Identity
from entrywise.data.readers.base import address_of
from entrywise.data.readers.fields import Record, show
from entrywise.data.readers.files import parse_toml, read_text
from entrywise.data.readers.generators.hugo import title_of_hugo
from entrywise.data.readers.generators.jekyll import title_of_jekyll
from entrywise.data.readers.generators.settings import title_of_site
from entrywise.data.readers.generators.site_address import address_of_site
from entrywise.data.system_errors import unreadable

FILE = "entrywise.toml"

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LOGOS = (".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif")
_SAYS_NOTHING = ("docs", "doc", "documentation", "content", "pages", "src")
LARGEST_LOGO = 256 * 1024
"""Bytes: it is on every page."""


def read_identity(source: Path, names: Iterable[str] = ()) -> Identity:
    """The identity of a source; without a file of it, its title and its address are what the
    settings of its site say, and its title is else made from the source's name.

    Args:
        names: what things are called in it: a title that is one of them is written so.

    Raises:
        KnowledgeBaseError: the file is there and something in it is wrong.
    """
    path = identity_file(source)
    identity = _read(path) if path else ANONYMOUS
    if not identity.base_url and source.is_dir():
        identity = replace(identity, base_url=address_of_site(source))
    if identity.title != UNTITLED:
        return identity
    if source.is_dir():
        of_site = (of(source) for of in (title_of_site, title_of_hugo, title_of_jekyll))
        if title := next(filter(None, of_site), ""):
            return replace(identity, title=title)
    address = address_of(source)
    title = urlsplit(address).netloc if address else readable_name(_telling(source.resolve()))
    written = (name for name in names if name.casefold() == title.casefold())
    return replace(identity, title=next(written, title))


def _telling(source: Path) -> Path:
    """A source, or the nearest folder above it whose name says more than that documents are in
    it: of `acme/docs` that is `acme`."""
    folders = (one for one in (source, *source.parents) if one.name.lower() not in _SAYS_NOTHING)
    found = next(folders, source) if source.is_dir() else source
    return found if found.name else source


def identity_file(source: Path) -> Path | None:
    """Where a source has its identity: in the folder that it is, else beside it; None without."""
    places = (source / FILE, source.resolve().parent / FILE)
    return next((path for path in places if path.is_file()), None)


def readable_name(path: Path) -> str:
    """The name of a file or folder as a title.

    >>> readable_name(Path("acme-handbook_v2.jsonl")), readable_name(Path("LLM notes"))
    ('Acme handbook v2', 'LLM notes')
    """
    name = path.name if path.is_dir() else path.stem
    words = re.sub(r"[\W_]+", " ", name).strip() or UNTITLED
    return words[:1].upper() + words[1:]


def _read(path: Path) -> Identity:
    record = Record(str(path), parse_toml(read_text(path), str(path)))
    record.allow(Identity.__slots__)
    return Identity(
        title=record.note("title").strip() or UNTITLED,
        description=record.note("description").strip(),
        tagline=record.note("tagline").strip(),
        logo=_logo(record, path.parent),
        accent=_fitting(record, "accent", _COLOUR, "a colour; write one as #0a6847"),
        examples=record.texts("examples"),
        contact=_contact(record),
        base_url=(record.url("base_url") or "").rstrip("/"),
        edit_url=(record.url("edit_url") or "").rstrip("/"),
        language=_fitting(record, "language", _LANGUAGE, "a language tag; write one as en") or "",
        domain=record.note("domain").strip(),
        include=record.texts("include"),
        exclude=record.texts("exclude"),
        details=record.texts("details"),
    )


def _fitting(record: Record, field: str, pattern: re.Pattern[str], wanted: str) -> str:
    text = record.note(field).strip()
    if text and not pattern.fullmatch(text):
        raise record.problem(field, f"{show(text)} is not {wanted}")
    return text


def _contact(record: Record) -> str:
    """An address that may become a link: of the web, or of e-mail."""
    contact = record.note("contact").strip()
    if not contact or contact.startswith(("https://", "http://", "mailto:")):
        return contact
    if re.fullmatch(r"[^\s@]+@[^\s@]+", contact):
        return f"mailto:{contact}"
    what = "is no address; write https://…, or an e-mail address"
    raise record.problem("contact", f"{show(contact)} {what}")


def _logo(record: Record, folder: Path) -> str:
    """The path of a picture that is there, below the folder, and small."""
    logo = record.note("logo").strip()
    if not logo:
        return ""
    path = _below(folder, logo)
    if path is None:
        raise record.problem("logo", f"{show(logo)} is no file below {folder}; correct the path")
    if path.suffix.lower() not in _LOGOS:
        raise record.problem("logo", f"{show(logo)} is no picture; give {', '.join(_LOGOS)}")
    if path.stat().st_size > LARGEST_LOGO:
        raise record.problem(
            "logo", f"{show(logo)} has more than {LARGEST_LOGO:,} bytes; shrink it"
        )
    return str(path)


def _below(folder: Path, name: str) -> Path | None:
    """A file below a folder; None where it is none, or no file may be called so."""
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except OSError:
        return None


def belonging(source: Path, found: Iterable[Path], identity: Identity) -> list[Path]:
    """The files found in a folder that belong to its knowledge base.

    Raises:
        KnowledgeBaseError: none is there, or none does.
    """
    found = [path for path in found if path != source / FILE]
    if not found:
        raise KnowledgeBaseError(f"{source}: holds no file; add some, or name another")
    paths = [path for path in found if belongs(path.relative_to(source), identity)]
    if not paths:
        raise KnowledgeBaseError(
            f"{source}: its {FILE} leaves out all {len(found)} files; correct include or "
            "exclude there"
        )
    return paths


def belongs(path: PurePath, identity: Identity) -> bool:
    """Whether a file of a folder belongs to its knowledge base, as `include` and `exclude` say.

    Args:
        path: from the folder; a `*` of a pattern stands for any characters, slashes too.
    """
    name = path.as_posix()
    wanted = any(fnmatchcase(name, pattern) for pattern in identity.include or ("*",))
    return wanted and not any(fnmatchcase(name, pattern) for pattern in identity.exclude)


def logo_bytes(identity: Identity) -> bytes:
    """The picture that an identity was read with.

    Raises:
        KnowledgeBaseError: it cannot be read any more.
    """
    try:
        return Path(identity.logo).read_bytes()
    except OSError as error:
        raise KnowledgeBaseError(unreadable(identity.logo, error)) from error
