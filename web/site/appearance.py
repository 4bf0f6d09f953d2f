"""The looks of a knowledge base: the colours of its accent as a style, and its logo.

GET /theme.css    the colours of base.css that follow from the accent; nothing without one
GET /logo         the picture; it may be an SVG with anything in it, so it may do nothing
GET /picture/…    a picture that documents show, likewise
"""

from __future__ import annotations

from pathlib import PurePath

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from entrywise.data.documents.pictures import KINDS
from entrywise.data.identity import Identity
from entrywise.web.api.etag import conditional
from entrywise.web.served.colours import dark_scheme, light_scheme
from entrywise.web.served.served import InUse

router = APIRouter(include_in_schema=False)

_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@router.get("/theme.css")
def theme(request: Request, served: InUse) -> Response:
    """The colours of the pages, for what is no print: that is black on white."""
    accent = served.knowledge_base.identity.accent
    style = f"@media not print {{\n:root {{\n{colours(accent)}\n}}\n}}\n" if accent else ""
    return conditional(request, Response(style, media_type="text/css"))


@router.get("/logo")
def logo(request: Request, served: InUse) -> Response:
    """The picture of the knowledge base."""
    if not served.logo:
        raise HTTPException(404, "this knowledge base has no logo; its entrywise.toml may name one")
    kind = logo_type(served.knowledge_base.identity)
    headers = {"Content-Security-Policy": _SANDBOX}
    return conditional(request, Response(served.logo, media_type=kind, headers=headers))


@router.get("/picture/{name:path}")
def picture(request: Request, served: InUse, name: str) -> Response:
    """A picture that the knowledge base's documents show."""
    try:
        content = served.pictures.read(name)
    except KeyError:
        raise HTTPException(404, f"no document shows a picture {name!r}") from None
    headers = {"Content-Security-Policy": _SANDBOX}
    return conditional(request, Response(content, media_type=media_type(name), headers=headers))


def logo_type(identity: Identity) -> str:
    """The media type of a logo, by its suffix; that of bytes for one that is none of a picture.

    >>> logo_type(Identity(logo="acme.SVG")), logo_type(Identity(logo="acme.html"))
    ('image/svg+xml', 'application/octet-stream')
    """
    return media_type(identity.logo)


def media_type(name: str) -> str:
    """That of a file, by its suffix."""
    return KINDS.get(PurePath(name).suffix.lower(), "application/octet-stream")


def colours(accent: str, *, overridable: bool = False) -> str:
    """The colours that follow from an accent, as declarations of CSS.

    Args:
        overridable: let the page around the widget say `--entrywise-accent` and
            `--entrywise-on-accent` instead.
    """
    light, dark = light_scheme(accent), dark_scheme(accent)
    values = {
        "accent": f"light-dark({light.accent}, {dark.accent})",
        "on-accent": f"light-dark({light.on_accent}, {dark.on_accent})",
    }
    if overridable:
        values = {name: f"var(--entrywise-{name}, {one})" for name, one in values.items()}
    values["tint"] = f"light-dark({light.tint}, {dark.tint})"
    return "\n".join(f"--{name}: {value};" for name, value in values.items())
