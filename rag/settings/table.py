"""The table of settings: the class `Settings`, a field for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from entrywise.data.errors import SettingsError
from entrywise.data.percentages import share
from entrywise.rag.settings.row import Setting, row

# A wrong answer costs trust, a withheld one a second look at what is nearest. README has figures.
THRESHOLD = 0.65


def _listed(text: str) -> list[str]:
    return [item for part in text.split(",") if (item := part.strip())]


def _no_address(text: str) -> str:
    if not text:
        return ""
    from entrywise.data.addresses import is_web_address, without_secrets

    if is_web_address(text):
        return ""
    return f"is {without_secrets(text)!r}; begin it with https:// and a host"


def _no_origins(text: str) -> str:
    """Why origins are none: a browser names its page's scheme, host and port, and nothing else."""
    from entrywise.data.addresses import is_web_address

    for origin in filter(None, map(str.strip, text.split(","))):
        if origin != "*" and not (
            is_web_address(origin) and re.fullmatch(r"https?://[^\s/?#@]+", origin)
        ):
            return f"names {origin!r}; write an origin as https://HOST or https://HOST:PORT"
    return ""


_HOMELESS = "whose home is not known; write the whole path"


def _path(text: str) -> Path:
    """A path as it is found.

    Raises:
        SettingsError: it begins with a home that nobody has.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise SettingsError(f"a setting names {text!r}, {_HOMELESS}") from None


def _no_path(text: str) -> str:
    try:
        _path(text)
    except SettingsError:
        return f"is {text!r}, {_HOMELESS}"
    return ""


def _no_key(text: str) -> str:
    right = not text or _listed(text)
    return "" if right else "is set and has no key; write one, or leave it out"


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; by itself, `Settings()` are the defaults."""

    index: str = row(
        "",
        "the index to answer from: a folder, or the address of a database such as "
        "`postgresql://…`; empty: the shipped knowledge base",
        fault=_no_path,
    )
    cache: str = row(
        "",
        "the cache folder, for indexes that are built on first use; empty: the user's cache folder",
        fault=_no_path,
    )
    top: int = row(10, "how many retrieved entries `ask` lists", between=(1, 1000))
    threshold: float | str = row(
        THRESHOLD,
        "answers with a confidence below this are withheld; or an error rate such as `5%`: the "
        "share of given answers that may be wrong, by the labels of the index, or without labels "
        "by what it observed of itself",
        between=(0, 1),
        also=share,
    )
    reranker: str = row(
        "",
        "a cross-encoder of sentence-transformers, by name or folder, that reranks the first "
        "passages; empty: none",
    )
    format: str = row("text", "output format of `ask`", choices=("text", "markdown", "json"))
    color: str = row("auto", "colours in the terminal", choices=("auto", "never"))
    log: str = row(
        "",
        "SQLite file in which `ask` and the servers log questions, with how each was read, status, "
        "confidence, intent, unknown names, nearest entries and time, but nothing about who asked; "
        "empty: no log",
        fault=_no_path,
    )
    history: str = row(
        "keep",
        "whether questions asked in the terminal are kept in the user's state folder, for `ask -c` "
        "and for line editing",
        choices=("keep", "none"),
    )
    feedback: str = row(
        "",
        "SQLite file for votes on answers; empty: `feedback.sqlite` in the user's data folder",
        fault=_no_path,
    )
    llm: str = row("", "the LLM that may write answers, by its name on its server; empty: no LLM")
    llm_base_url: str = row(
        "",
        "address of an OpenAI-compatible server; empty: OpenAI's",
        elsewhere="OPENAI_BASE_URL",
    )
    llm_api_key: str = row(
        "", "API key of that server, if it needs one", elsewhere="OPENAI_API_KEY", secret=True
    )
    llm_timeout: float = row(60.0, "seconds that an LLM has to write an answer", between=(1, 3600))
    llm_unsupported: str = row(
        "drop",
        "what happens to sentences of the LLM that the quotes do not support",
        choices=("drop", "mark"),
    )
    term_links: str = row(
        "on",
        "whether names of entries in texts are links to their pages",
        choices=("on", "off"),
    )
    public_url: str = row(
        "",
        "the address at which people reach the server, for links in what programs receive; "
        "empty: the address of the request",
        fault=_no_address,
    )
    cors_origins: str = row(
        "",
        "origins whose pages may call the API (CORS), e.g. `https://a.org,https://b.org`; `*`: any",
        fault=_no_origins,
    )
    api_keys: str = row(
        "",
        "API keys, separated by commas, one of which each client of the server has to send; "
        "empty: no key is needed",
        fault=_no_key,
        secret=True,
    )
    maintainer_keys: str = row(
        "",
        "API keys of maintainers: they open `/gaps`, the page of what was asked in vain, and "
        "everything that `api_keys` open; empty: there is no such page",
        fault=_no_key,
        secret=True,
    )
    rate_limit: str = row(
        "", "requests allowed to each client of the server, e.g. `60/minute`; empty: no limit"
    )
    rate_limit_store: str = row(
        "",
        "where requests are counted: an SQLite file that server processes share, or the address of "
        "Redis or Valkey, e.g. `redis://127.0.0.1`; empty: in memory, with `serve --workers` in a "
        "file of its own",
        secret=True,
    )

    @property
    def index_named(self) -> str | Path | None:
        """The folder or the address of the index that was set, or None."""
        # Here, as most settings open no index.
        from entrywise.index.stores.registry import is_address

        if is_address(self.index):
            return self.index
        return _path(self.index) if self.index else None

    @property
    def log_file(self) -> Path | None:
        """The file that questions are logged to, or None."""
        return _path(self.log) if self.log else None

    @property
    def feedback_file(self) -> Path:
        """The file that votes on answers are kept in."""
        if self.feedback:
            return _path(self.feedback)
        from platformdirs import user_data_path

        return user_data_path("entrywise", appauthor=False) / "feedback.sqlite"

    @property
    def origins(self) -> list[str]:
        """The origins whose pages may ask the server."""
        return _listed(self.cors_origins)

    @property
    def keys(self) -> list[str]:
        """The keys of the server's clients."""
        return _listed(self.api_keys)

    @property
    def maintainers(self) -> list[str]:
        """The keys of those who mend the knowledge base."""
        return _listed(self.maintainer_keys)

    @property
    def cache_folder(self) -> Path:
        """The folder for indexes that are built on first use."""
        if self.cache:
            return _path(self.cache)
        from platformdirs import user_cache_path

        return user_cache_path("entrywise", appauthor=False)


SETTINGS = tuple(Setting(one.name, **one.metadata) for one in fields(Settings))
