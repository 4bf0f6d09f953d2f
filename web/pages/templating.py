"""The templates, and what they need to show text from a knowledge base safely."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from entrywise.data.entries import told_apart
from entrywise.data.identity import ANONYMOUS
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.visitor import quote_text
from entrywise.rag.understand.input import MAX_CHARACTERS
from entrywise.web.gate.middleware import allowing_style
from entrywise.web.pages.files import Files
from entrywise.web.pages.formulas import drawn, has_bold, has_formulas, katex_fonts, typeset
from entrywise.web.served.colours import DARK_PAPERS, LIGHT_PAPERS
from entrywise.web.served.links import (
    ask_path,
    base_url,
    conversation_path,
    entry_path,
    quote_path,
    section_anchor,
)
from entrywise.web.served.served import Served
from entrywise.web.site.appearance import logo_type
from entrywise.web.site.card import HEIGHT, WIDTH
from entrywise.web.site.head import about, opening, summary
from entrywise.web.texts.catalogue import texts_of


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process, by their names and texts."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what it was compiled to, if it was."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def compile_templates(templates: Jinja2Templates) -> None:
    """Compile all templates, a fifth of a second, before a page is asked for."""
    for name in templates.env.list_templates():
        templates.env.get_template(name)


def open_templates(files: Files) -> Jinja2Templates:
    """The templates, which name these files: every value is escaped, and one that is missing is an
    error."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
        autoescape=True,
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "about": about,
        "ask_path": ask_path,
        "conversation_path": conversation_path,
        "drawn": _drawn,
        "entry_path": entry_path,
        "section_anchor": section_anchor,
        "has_bold": has_bold,
        "has_formulas": has_formulas,
        "katex_fonts": katex_fonts,
        "logo_type": logo_type,
        "opening": opening,
        "quote_path": quote_path,
        "quote_text": quote_text,
        "readable": readable,
        "summary": summary,
        "told_apart": told_apart,
        "typeset": typeset,
    }
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.tests |= {"web_link": is_web_link, "contact": is_contact}
    environment.globals |= {
        "CARD": (WIDTH, HEIGHT),
        "MAX_CHARACTERS": MAX_CHARACTERS,
        "PAPERS": (LIGHT_PAPERS[0], DARK_PAPERS[0]),
        "imported": files.imported,
        "static": files.address,
        "styles": files.styles,
    }
    return Jinja2Templates(env=environment, context_processors=[_identity])


def render(request: Request, template: str, **context: object) -> HTMLResponse:
    """A page, from the template with this name."""
    templates: Jinja2Templates = request.app.state.templates
    response = templates.TemplateResponse(request, template, context)
    if style := getattr(request.state, "style", ""):
        response.headers["Content-Security-Policy"] = allowing_style(style)
    return response


@pass_context
def _drawn(context: Context, html: str) -> tuple[Markup, str]:
    """A page with its formulas drawn, and their style sheet, which the response has to allow."""
    page, style = drawn(html)
    context["request"].state.style = style
    return page, style


def _identity(request: Request) -> dict[str, object]:
    """What every page says of the knowledge base, and of the address of the server."""
    served: Served | None = getattr(request.app.state, "served", None)
    identity = served.knowledge_base.identity if served else ANONYMOUS
    texts = served.texts if served else texts_of(identity.language)
    compares = bool(served.compared_first) if served else True
    return {"identity": identity, "base": base_url(request), "t": texts, "compares": compares}


def is_web_link(url: str | None) -> bool:
    """Whether an address may become a link: `javascript:` and `data:` addresses may not."""
    return url is not None and url.lower().startswith(("https://", "http://"))


def is_contact(address: str) -> bool:
    """Whether an address may become a link to people: of the web, or of e-mail."""
    return is_web_link(address) or address.lower().startswith("mailto:")
