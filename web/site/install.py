"""The manifest and the search description, by which a browser or a phone installs the site.

GET /manifest.webmanifest   how it looks when it is installed (https://www.w3.org/TR/appmanifest/)
GET /opensearch.xml         how a browser asks it (https://github.com/dewitt/opensearch)
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from entrywise.rag.render.escape import one_line, printable
from entrywise.web.api.etag import conditional
from entrywise.web.served.colours import LIGHT_PAPERS
from entrywise.web.served.links import base_url
from entrywise.web.served.served import InUse

router = APIRouter(include_in_schema=False)

_SHORT = 16
"""Characters of the name of a search engine."""
_LONG = 48

_OPENSEARCH = """\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{short}</ShortName>
<LongName>{long}</LongName>
<Description>{description}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="192" height="192" type="image/png">{base}/icon-192.png</Image>
<Url type="text/html" method="get" template="{base}/?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{base}/opensearch.xml"/>
</OpenSearchDescription>
"""


@router.get("/manifest.webmanifest")
def manifest(request: Request, served: InUse) -> Response:
    """The site as an application."""
    identity = served.knowledge_base.identity
    icons = [
        {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png"},
        {"src": "/icon-full.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    described = {
        "id": "/",
        "name": identity.title,
        "description": identity.description or identity.tagline,
        "lang": identity.language,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": LIGHT_PAPERS[0],
        "theme_color": LIGHT_PAPERS[0],
        "icons": icons,
    }
    said = {name: value for name, value in described.items() if value}
    return conditional(request, JSONResponse(said, media_type="application/manifest+json"))


@router.get("/opensearch.xml")
def opensearch(request: Request, served: InUse) -> Response:
    """The site as a search engine of the browser."""
    identity = served.knowledge_base.identity
    text = _OPENSEARCH.format(
        short=_xml(identity.title, _SHORT),
        long=_xml(identity.title, _LONG),
        description=_xml(identity.description or identity.tagline or identity.title, 1024),
        base=_xml(base_url(request), 1000),
    )
    kind = "application/opensearchdescription+xml"
    return conditional(request, Response(text, media_type=kind))


def _xml(text: str, longest: int) -> str:
    """A text as the content of an element or an attribute, cut to what may stand there."""
    line = printable(one_line(text))
    if len(line) > longest:
        # At a word, unless that leaves next to nothing.
        words = line[: longest + 1].rpartition(" ")[0]
        line = words if len(words) > longest // 2 else line[:longest]
    return escape(line, {'"': "&quot;"})
