"""The files that pages need, styles, scripts and fonts, and their addresses.

    files = Files()
    files.address("js/gaps.js")          '/static/3f0c…/js/gaps.js'
    files.imported("js/gaps.js")         the addresses of taking.js, clipboard.js and texts.js
    files.styles("base", "controls")     '/static/3f0c…/css/base+controls.css', both as one file

An address tells by a digest what all files hold, so that what is sent there never changes and a
browser need not ask again. The digest is a folder, so what files call each other holds as it is.
A page from before an update names the digest of that time; it gets the file of today, and so does
who names none, to be asked for again.

Styles are joined, since nothing is drawn before the last of them has come and a browser has six
connections for all that a page needs.
"""

from __future__ import annotations

import os
import posixpath
import re
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Final

from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from entrywise.web.api.etag import conditional

FOLDER = Path(__file__).parents[1] / "static"
PREFIX: Final = "/static"

_DIGEST = re.compile(r"[0-9a-f]{16}")
_KEPT = "public, max-age=31536000, immutable"
# Left to guess, a browser would run yesterday's script on today's page after an update.
_ASKED_AGAIN = "no-cache"

_JOINED = re.compile(r"css/([^/]+\+[^/]+)\.css")

# An import on demand, `import(…)`, is none of them.
_IMPORT = re.compile(r'^(?:import|export)\b(?:[^;"()=]*?\bfrom)?\s*"([^"]+)"', re.MULTILINE)


class Files(StaticFiles):
    """Files that a browser keeps for good by the addresses that are given here."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Those of a folder, as they are now."""
        super().__init__(directory=folder)
        self._states: dict[str, tuple[int, int]] = {}
        self._imports: dict[str, list[str]] = {}
        self._styles: dict[str, bytes] = {}
        hashed = sha256()
        # The same in every process: neither the place of the folder nor a time is in it.
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name, content = path.relative_to(folder).as_posix(), path.read_bytes()
            hashed.update(f"{name}\0{len(content)}\0".encode() + content)
            self._states[os.path.realpath(path)] = _state(path.stat())
            self._imports[name] = _imports(name, content) if path.suffix == ".js" else []
            if path.parent == folder / "css":
                self._styles[path.stem] = content
        self.digest = hashed.hexdigest()[:16]

    def address(self, name: str) -> str:
        """That of a file, by its path in the folder.

        Raises:
            KeyError: there is none.
        """
        if name not in self._imports:
            raise KeyError(f"no static file is called {name!r}")
        return f"{PREFIX}/{self.digest}/{name}"

    def styles(self, *names: str) -> str:
        """The address of styles as one file, in this order.

        Raises:
            KeyError: there is no style of one of these names.
        """
        if missing := [name for name in names if name not in self._styles]:
            raise KeyError(f"no style is called {missing[0]!r}")
        return f"{PREFIX}/{self.digest}/css/{'+'.join(names)}.css"

    def imported(self, *modules: str) -> list[str]:
        """The addresses of all that modules import, and these in turn, but for themselves.

        Raises:
            KeyError: what one imports is no file of the folder.
        """
        found = list(modules)
        for one in found:
            found += [other for other in self._imports[one] if other not in found]
        return [self.address(one) for one in found[len(modules) :]]

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, by its path below a digest or without one."""
        first, _, rest = path.partition(os.sep)
        digest, name = (first, rest or ".") if _DIGEST.fullmatch(first) else ("", path)
        scope["digest"] = digest
        if joined := _JOINED.fullmatch(PurePath(name).as_posix()):
            return self._joined(joined[1].split("+"), Request(scope))
        return await super().get_response(name, scope)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, or that it is unchanged."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        # An update may have changed it beneath a server that still runs.
        is_hashed = self._states.get(str(full_path)) == _state(stat_result)
        response.headers["Cache-Control"] = self._kept(scope) if is_hashed else _ASKED_AGAIN
        return response

    def _joined(self, names: list[str], request: Request) -> Response:
        """Styles as one; a page from before an update may name one that is no more."""
        known = [self._styles[name] for name in dict.fromkeys(names) if name in self._styles]
        if not known:
            raise HTTPException(404)
        style = Response(b"\n".join(known), media_type="text/css")
        return conditional(request, style, self._kept(request.scope))

    def _kept(self, scope: Scope) -> str:
        """How long what is as it was hashed is kept, by the digest in its address."""
        return _KEPT if scope["digest"] == self.digest else _ASKED_AGAIN


def _imports(name: str, code: bytes) -> list[str]:
    """The paths in the folder of what a module imports at its start."""
    folder = posixpath.dirname(name)
    named = dict.fromkeys(_IMPORT.findall(code.decode()))
    return [posixpath.normpath(posixpath.join(folder, one)) for one in named]


def _state(stat: os.stat_result) -> tuple[int, int]:
    """What tells whether a file is still the one that was hashed."""
    return stat.st_size, stat.st_mtime_ns
