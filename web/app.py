"""The web application: puts the API, the pages and the files together."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from entrywise import __version__
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.opening import open_assistant
from entrywise.rag.settings import Settings, load_settings
from entrywise.web.api import ask, entries, feedback, health, openai, search
from entrywise.web.api.description import ANSWERS, DescribedApp
from entrywise.web.gaps import overview, wish_form
from entrywise.web.gaps.report import Reporter
from entrywise.web.gate import metrics
from entrywise.web.gate.guard import Guard, Refusing
from entrywise.web.gate.hosts import KnownHosts
from entrywise.web.gate.limiter import Limiter
from entrywise.web.gate.metrics import AnswerCounter, Metrics
from entrywise.web.gate.middleware import BodyLimit, Heads, SecurityHeaders
from entrywise.web.gate.problems import add_handlers
from entrywise.web.gate.request_log import Observing
from entrywise.web.mcp.http import PATH, McpEndpoint
from entrywise.web.pages import chat, compare, entry_pages, map, widget
from entrywise.web.pages.files import PREFIX, Files
from entrywise.web.pages.templating import compile_templates, open_templates
from entrywise.web.palette import suggest
from entrywise.web.served.integrity import Recheck
from entrywise.web.served.reload import reloading
from entrywise.web.served.served import Served
from entrywise.web.served.votes import VoteBox
from entrywise.web.site import appearance, card, icons, install, offline
from entrywise.web.terms import preview

_API = (ask, search, entries, feedback, health, openai, metrics)
_PAGES = (chat, compare, entry_pages, map, preview, suggest, widget)
_SITE = (appearance, card, icons, install, offline, overview, wish_form)


def create_app(
    assistant: Assistant | None = None, *, settings: Settings | None = None, reload: bool = True
) -> FastAPI:
    """The application that answers over HTTP.

    Args:
        assistant: it stays open. Without one, `open_assistant()` is called before the first
            request is served, and what it opens is closed with the server.
        settings: by default those of the environment and the settings file.
        reload: take up a new generation of the index when one is published.

    Raises:
        SettingsError: a setting is unknown or has a wrong value.
    """
    settings = settings or load_settings()
    app = DescribedApp(
        title="Entrywise",
        version=__version__,
        description=ANSWERS,
        # FastAPI's own pages load scripts from a CDN; /docs is a page of ours.
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: _lifespan(app, settings, assistant, reload),
    )
    app.state.settings = settings
    app.state.limiter = Limiter(settings.rate_limit, settings.rate_limit_store)
    app.state.mcp = McpEndpoint(settings.public_url)
    app.state.metrics = Metrics()
    files = Files()
    app.state.templates = open_templates(files)
    _add_middleware(app, settings)
    add_handlers(app)
    for part in (*_API, *_PAGES, *_SITE):
        app.include_router(part.router)
    app.router.routes.append(Route(PATH, endpoint=app.state.mcp))
    app.mount(PREFIX, files)
    return app


def settled(app: FastAPI) -> FastAPI:
    """The application, in a process that only serves it. What is there by now stays: a collection
    of garbage passes it by, and takes 3 ms of processor time instead of 40."""
    gc.collect()
    gc.freeze()
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """What every request passes; the last one that is added is the first that it meets."""
    app.add_middleware(KnownHosts, public_url=settings.public_url)
    app.add_middleware(Refusing)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    # It leaves streams of events and fonts as they are. Level 9 takes twice as long for 1 % less.
    app.add_middleware(GZipMiddleware, compresslevel=6)
    app.add_middleware(Heads)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],
            expose_headers=["*"],
        )
    # Where everybody is let in, a maintainer's key opens only what is a maintainer's.
    keys = [*settings.keys, *settings.maintainers] if settings.keys else []
    app.add_middleware(Guard, keys=keys, limiter=app.state.limiter)
    app.add_middleware(Observing, metrics=app.state.metrics)


@asynccontextmanager
async def _lifespan(
    app: FastAPI, settings: Settings, given: Assistant | None, reload: bool
) -> AsyncIterator[None]:
    app.state.votes = VoteBox(settings.feedback_file)
    app.state.reporter = Reporter(settings.log_file) if settings.log_file else None
    app.state.served = await run_in_threadpool(_opened, app, settings, given)
    await run_in_threadpool(compile_templates, app.state.templates)
    await run_in_threadpool(app.openapi)

    app.state.recheck = Recheck()

    def take_up(served: Served) -> None:
        app.state.served = served
        app.state.recheck.damage = ""
        app.state.mcp.take_up(served)

    async with AsyncExitStack() as stack:
        stack.callback(_close, app, given)
        await stack.enter_async_context(app.state.mcp.serving(app.state.served))
        await stack.enter_async_context(app.state.recheck.going_on(lambda: app.state.served))
        if reload:
            await stack.enter_async_context(reloading(app.state.served, take_up))
        yield


def _opened(app: FastAPI, settings: Settings, given: Assistant | None) -> Served:
    assistant = given or open_assistant(settings=settings)
    try:
        observed = assistant.observed_by(AnswerCounter(app.state.metrics))
        served = Served.by(
            observed,
            takes_wishes=settings.log_file is not None,
            links_terms=settings.term_links == "on",
        )
        served.prepare()
    except BaseException:
        if given is None:
            assistant.close()
        raise
    return served


def _close(app: FastAPI, given: Assistant | None) -> None:
    """Close what is served, but for what was given."""
    assistant: Assistant = app.state.served.assistant
    if given is None:
        assistant.close()
    elif assistant.index is not given.index:
        assistant.index.close()
