"""The backends: the one that comes with Entrywise, for any OpenAI-compatible server, and those of
other distributions. No other module names one."""

from __future__ import annotations

from collections.abc import Callable

from entrywise.data.errors import BackendError
from entrywise.data.plugins import load, plugins
from entrywise.rag.llm.backends.base import Backend
from entrywise.rag.llm.backends.openai import CompatibleServer
from entrywise.rag.settings import Settings

GROUP = "entrywise.backends"


def open_backend(llm: str, settings: Settings) -> Backend:
    """The backend for what `--llm` or the setting `llm` names: `NAME:MODEL` of a registered one,
    else a model of an OpenAI-compatible server ("llama3.2:3b" is such a model: no backend is
    registered as "llama3.2").

    Raises:
        BackendError: a package is missing, or a registered backend cannot be loaded.
    """
    prefix, colon, model = llm.partition(":")
    for plugin in plugins(GROUP) if colon else ():
        if plugin.name == prefix:
            factory: Callable[[str, Settings], Backend] = load(plugin, "backend", BackendError)
            return factory(model, settings)
    return CompatibleServer(llm, settings.llm_base_url, settings.llm_api_key)
