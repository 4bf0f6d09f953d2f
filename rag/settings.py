"""Settings: what can be set, in one table, read in one place.

A setting is looked for in the environment (ENTRYWISE_TOP), then in the settings file
(`top = 5` in TOML), else it has its default. Two are also looked for, after ENTRYWISE_…, under the
names that every client of an LLM reads. `entrywise config` shows all of them, secrets veiled.

The table is the class `Settings`; commands and documents take defaults, texts and checks from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from entrywise.data.errors import SettingsError
from entrywise.data.shares import share

PREFIX = "ENTRYWISE_"
FILE_VARIABLE = "ENTRYWISE_CONFIG"

# A wrong answer costs trust, a withheld one a second look at what is nearest. README has figures.
THRESHOLD = 0.65

Value = str | int | float
T = TypeVar("T", str, int, float)

_KINDS = {str: "text", int: "whole number", float: "number"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default (whose type its values have), and what it does."""

    name: str
    default: Value
    help: str
    choices: tuple[str, ...] = ()
    between: tuple[float, float] | None = None
    """The least and the greatest number that it may be."""
    elsewhere: str = ""
    """Another variable of the environment that holds it."""
    secret: bool = False
    fault: Callable[[str], str] | None = None
    """What is wrong with a text and how to mend it; nothing where it is right."""
    also: Callable[[str], object] | None = None
    """What a text may say instead of a value of its type; None for other texts."""

    @property
    def described(self) -> str:
        """What it does, what it may be, and where else it is looked for, on one line."""
        notes = [
            ", ".join(self.choices),
            "{:g} to {:g}".format(*self.between) if self.between else "",
            f"also `{self.elsewhere}`" if self.elsewhere else "",
            "never shown" if self.secret else "",
        ]
        noted = "; ".join(filter(None, notes))
        return f"{self.help} ({noted})" if noted else self.help

    def shown(self, value: Value) -> Value:
        """A value as it may be printed."""
        return "(set)" if self.secret and value else value

    def value(self, given: Any) -> Value:
        """A value of its own type, from text or from a settings file.

        Raises:
            SettingsError: it is of another type, out of range, or otherwise wrong.
        """
        kind = type(self.default)
        if self.also and isinstance(given, str) and self.also(given) is not None:
            return given
        try:
            value = _converted(kind, given)
        except (TypeError, ValueError):
            raise SettingsError(
                f"{self.name} is {self.shown(given)!r}, which is no {_KINDS[kind]}; "
                f"the default is {self.default!r}"
            ) from None
        if self.between and not self.between[0] <= float(value) <= self.between[1]:
            low, high = self.between
            raise SettingsError(f"{self.name} is {value}, but must be {low:g} to {high:g}")
        if self.fault and (fault := self.fault(str(value))):
            raise SettingsError(f"{self.name} {fault}")
        if self.choices and value not in self.choices:
            raise SettingsError(f"{self.name} is {value!r}; choose {', '.join(self.choices)}")
        return value


def _converted(kind: type[Value], given: Any) -> Value:
    """Text of the environment in its kind; a value of the file has it already (2.5 is no 2)."""
    converted = kind(given)
    if isinstance(given, bool) or (not isinstance(given, str) and converted != given):
        raise ValueError(given)
    return converted


def _listed(text: str) -> list[str]:
    return [item for part in text.split(",") if (item := part.strip())]


def _no_address(text: str) -> str:
    right = not text or text.startswith(("https://", "http://"))
    return "" if right else f"is {text!r}; begin it with https://"


def _no_key(text: str) -> str:
    right = not text or _listed(text)
    return "" if right else "is set and has no key; write one, or leave it out"


def _row(default: T, help: str, *, secret: bool = False, **facts: Any) -> T:
    """A row of the table: a field, with what a `Setting` says of it beside its name."""
    facts |= {"default": default, "help": help, "secret": secret}
    row: T = field(default=default, repr=not secret, metadata=facts)
    return row


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; by itself, `Settings()` are the defaults."""

    index: str = _row("", "folder of the index to answer from; empty: the shipped knowledge base's")
    cache: str = _row(
        "", "folder for indexes that are built on first use; empty: the user's cache folder"
    )
    top: int = _row(10, "how many retrieved entries `ask` lists", between=(1, 1000))
    threshold: float | str = _row(
        THRESHOLD,
        "confidence below which an answer is withheld; or how many of the answers that are given "
        "may be wrong, e.g. `5%`, by what the index observed of itself or of labels",
        between=(0, 1),
        also=share,
    )
    format: str = _row("text", "what `ask` prints", choices=("text", "markdown", "json"))
    color: str = _row("auto", "colours in the terminal", choices=("auto", "never"))
    log: str = _row(
        "",
        "SQLite file that `ask` and the servers log questions to, each with how it was read, its "
        "status, confidence, intent, unknown names, nearest entries and time, and nothing of who "
        "asked; empty: nothing is logged",
    )
    history: str = _row(
        "keep",
        "whether the user's state folder keeps what was asked in the terminal: the last "
        "conversation's questions, for `ask -c`, and lines, for line editing",
        choices=("keep", "none"),
    )
    feedback: str = _row(
        "",
        "SQLite file for votes on answers; empty: `feedback.sqlite` in the user's data folder",
    )
    llm: str = _row("", "the LLM that may write answers, as its server names it; empty: none")
    llm_base_url: str = _row(
        "",
        "address of its OpenAI-compatible server; empty: OpenAI's",
        elsewhere="OPENAI_BASE_URL",
    )
    llm_api_key: str = _row(
        "", "the server's key, if it wants one", elsewhere="OPENAI_API_KEY", secret=True
    )
    llm_timeout: float = _row(
        60.0, "seconds in which an LLM has to write an answer", between=(1, 3600)
    )
    llm_unsupported: str = _row(
        "drop",
        "what becomes of its sentences that the quotes do not support",
        choices=("drop", "mark"),
    )
    public_url: str = _row(
        "",
        "the address that people reach the server at, for links in what programs get; "
        "empty: as requested",
        fault=_no_address,
    )
    cors_origins: str = _row(
        "",
        "origins whose pages may ask the server, e.g. `https://a.org,https://b.org`; `*`: all",
    )
    api_keys: str = _row(
        "",
        "keys, one of which a client of the server has to send; empty: none is asked for",
        fault=_no_key,
        secret=True,
    )
    rate_limit: str = _row(
        "", "requests of one client of the server, e.g. `60/minute`; empty: any number"
    )

    @property
    def index_folder(self) -> Path | None:
        """The index that was set, or None."""
        return Path(self.index).expanduser() if self.index else None

    @property
    def log_file(self) -> Path | None:
        """The file that questions are logged to, or None."""
        return Path(self.log).expanduser() if self.log else None

    @property
    def feedback_file(self) -> Path:
        """The file that votes on answers are kept in."""
        if self.feedback:
            return Path(self.feedback).expanduser()
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
    def cache_folder(self) -> Path:
        """The folder for indexes that are built on first use."""
        if self.cache:
            return Path(self.cache).expanduser()
        from platformdirs import user_cache_path

        return user_cache_path("entrywise", appauthor=False)


SETTINGS = tuple(Setting(one.name, **one.metadata) for one in fields(Settings))
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting_of(name: str) -> Setting:
    """The row of the setting with this name.

    Raises:
        SettingsError: there is none.
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    # Here, as it would cost every question a millisecond.
    from difflib import get_close_matches

    nearest = get_close_matches(name, _BY_NAME, n=1)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are {', '.join(_BY_NAME)}"
    raise SettingsError(f"{name!r} is no setting; {hint}")


def settings_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the settings file is looked for."""
    if named := environ.get(FILE_VARIABLE):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("entrywise", appauthor=False) / "config.toml"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: an unknown setting, a value of a wrong type or out of range, or a settings
            file that cannot be read.
    """
    path = settings_file(environ)
    values: dict[str, Any] = {
        name: _checked(name, value, str(path)) for name, value in _from_file(path, environ).items()
    }
    for setting in SETTINGS:
        if text := environ.get(setting.elsewhere):
            values[setting.name] = _checked(setting.name, text, setting.elsewhere)
    for variable, text in environ.items():
        if variable.startswith(PREFIX) and variable != FILE_VARIABLE:
            name = variable.removeprefix(PREFIX).lower()
            values[name] = _checked(name, text, variable)
    return Settings(**values)


def _from_file(path: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    if not path.exists():
        if environ.get(FILE_VARIABLE):
            raise SettingsError(f"{FILE_VARIABLE} names {str(path)!r}, which is not there; mend it")
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error}); mend the file") from error


def _checked(name: str, given: Any, origin: str) -> Value:
    """The value of a setting; an error says where it comes from."""
    try:
        return setting_of(name).value(given)
    except SettingsError as error:
        raise SettingsError(f"{origin}: {error}") from None
