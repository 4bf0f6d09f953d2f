"""Sites by Antora: where the parts of one are, by the names that its pages give them.

modules/guide/pages/row.adoc    include::partial$tide.adoc[]     modules/guide/partials/tide.adoc
                                xref:ROOT:index.adoc[]           modules/ROOT/pages/index.adoc

https://docs.antora.org/antora/latest/page/resource-id-coordinates/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from os.path import relpath
from pathlib import Path, PurePath, PurePosixPath

from entrywise.data.documents.front_matter import parse_yaml
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_text

SUFFIXES = (".adoc", ".asciidoc")
DESCRIPTION, PLAYBOOK = "antora.yml", "antora-playbook.yml"
_MODULES, _ROOT, _PAGES = "modules", "ROOT", "pages"
_FAMILIES = {
    "partial": "partials",
    "example": "examples",
    "page": _PAGES,
    "image": "images",
    "attachment": "attachments",
}
_RESOURCE = re.compile(
    r"(?:[\w.-]*@)?(?:(?P<component>[\w.-]*):)?(?:(?P<module>[\w.-]*):)?"
    r"(?:(?P<family>partial|example|page|image|attachment)\$)?(?P<path>[^:$]+)$"
)


def is_page(path: PurePath) -> bool:
    """Whether a file of AsciiDoc is read by itself: not what pages take in, nor what leads to them.

    >>> is_page(PurePath("modules/ROOT/pages/a.adoc")), is_page(PurePath("modules/ROOT/nav.adoc"))
    (True, False)
    """
    module = _module(path)
    if module is None:
        return not path.stem.startswith("_")
    return path.is_relative_to(module / _PAGES) and not path.name.startswith("_")


def page_path(path: PurePath) -> str:
    """The path of a page on its site, below the component and its version.

    >>> page_path(PurePath("modules/guide/pages/row/hard.adoc"))
    'guide/row/hard.html'
    """
    module = _module(path)
    inside = path.relative_to(module / _PAGES) if module else path
    name = module.name if module and module.name != _ROOT else ""
    return str(PurePosixPath(name, inside.with_suffix(".html").as_posix()))


def is_in_module(path: PurePath) -> bool:
    """Whether a file is a part of a site."""
    return _module(path) is not None


def _module(path: PurePath) -> PurePath | None:
    """The folder of the module that a file is in."""
    for folder in path.parents:
        if folder.parent.name == _MODULES:
            return folder
    return None


def resolved(name: str, document: Path) -> Path | None:
    """The file that the name of a resource means; None of what is no such name, or no file."""
    module, found = _module(document), _RESOURCE.match(name)
    if module is None or found is None or not (found["family"] or found["component"]):
        return None
    folder = Path(module)
    given = found["module"] or (found["component"] if found["module"] is None else "")
    if given:
        folder = folder.parent / given
    path = folder / _FAMILIES[found["family"] or "page"] / _inner(found["path"])
    return path if path.is_file() else None


def _inner(path: str) -> str:
    """A path below the folder of a family, without its empty parts: `partial$/tide.adoc`."""
    return "/".join(filter(None, path.split("/")))


def linked(target: str, document: Path) -> str:
    """The path of a page from a document, with its anchor; empty where it is of another site."""
    name, mark, anchor = target.partition("#")
    module, found = _module(document), _RESOURCE.match(name)
    if module is None or not name:
        return target
    if found is None or "::" in name or "@" in name:
        return ""
    path = resolved(name, document) or Path(module) / _PAGES / _inner(found["path"])
    return f"{Path(relpath(path, document.parent)).as_posix()}{mark}{anchor}"


def attributes(document: Path, root: Path) -> Mapping[str, str]:
    """What the site of a document says of all its pages: its playbook, before its parts."""
    found: dict[str, str] = {}
    for folder in document.parents:
        for name in (PLAYBOOK, DESCRIPTION):
            if (folder / name).is_file():
                found = {**_described(folder / name), **found}
        if folder == root:
            break
    return found


def _described(path: Path) -> Mapping[str, str]:
    try:
        told = parse_yaml(read_text(path), str(path), 1)
    except KnowledgeBaseError:
        return {}
    given = told.get("asciidoc") if isinstance(told, dict) else None
    found = given.get("attributes") if isinstance(given, dict) else None
    named = found.items() if isinstance(found, dict) else ()
    return {
        str(name).lower().rstrip("@"): str(value or "").rstrip("@").removesuffix("true")
        for name, value in named
        if value not in (False, "false")
    }
