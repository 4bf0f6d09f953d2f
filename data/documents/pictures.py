"""Pictures in documents: where the files are that a page shows.

guide/setup.md   ![the switch](img/switch.png)   ─▶ guide/img/switch.png
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.links import ADDRESS, address_of

KINDS = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""Media types of pictures, by the suffixes of their files."""

_SHOWN = re.compile(
    rf"!\[[^\]\n]*{ADDRESS}|<img\b[^<>]*?\bsrc=[\"'](?P<tag>[^\"'<>]+)[\"']|"
    r"!\[\[(?P<wiki>[^\[\]|\n]+)"
)


def shown(markdown: str) -> Iterator[str]:
    """The addresses of the pictures that a text shows, as they stand."""
    for found in _SHOWN.finditer(markdown):
        yield address_of(found) or found["tag"] or found["wiki"].strip()


def place(address: str, folder: str) -> str | None:
    """The path of a picture from the folder that is read; None of one that is elsewhere.

    Args:
        address: as it stands in a document.
        folder: of the document, from the folder that is read.

    >>> place("../img/a%20b.png", "guide"), place("/logo.svg", "guide/more")
    ('img/a b.png', 'logo.svg')
    >>> place("https://a.b/c.png", ""), place("../../c.png", "guide")
    (None, None)
    """
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if not path or leads_elsewhere(path) or "\0" in path:
        return None
    joined = posixpath.normpath(path.lstrip("/") if path[0] == "/" else f"{folder}/{path}")
    found = joined.lstrip("/") if not folder else joined
    is_inside = found not in (".", "..") and not found.startswith("../")
    return found if is_inside and posixpath.splitext(found)[1].lower() in KINDS else None
