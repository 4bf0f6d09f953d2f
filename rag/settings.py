"""Settings: what can be set, in one table, read in one place.

A setting is looked for in the environment (ENTRYWISE_TOP), then in the settings file
(`top = 5` in TOML), else it has its default. Two are also looked for, after ENTRYWISE_…, under the
names that every client of an LLM reads. `entrywise config` shows all of them, secrets veiled.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from entrywise.data.errors import SettingsError

PREFIX = "ENTRYWISE_"
FILE_VARIABLE = "ENTRYWISE_CONFIG"

# Below this confidence an answer is withheld: a wrong answer costs trust, a withheld one a second
# look at the nearest entries, which are named. At 0.65 no far-off question of the two labelled sets
# is answered; of the dev questions in scope 95 % are, of the near misses 90 % are withheld (own: 99
# and 77 %).
THRESHOLD = 0.65


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default (whose type its values have), and what it does."""

    name: str
    default: str | int | float
    help: str
    choices: tuple[str, ...] = ()
    elsewhere: str = ""
    """Another variable of the environment that holds it."""
    secret: bool = False

    def shown(self, value: str | int | float) -> str | int | float:
        """A value as it may be printed."""
        return "(set)" if self.secret and value else value


SETTINGS = (
    Setting("index", "", "folder of the index to answer from; empty: the shipped glossary's"),
    Setting("cache", "", "folder for indexes that are built on first use; empty: the user's cache"),
    Setting("top", 10, "how many retrieved entries an answer lists, 1 to 1000"),
    Setting("threshold", THRESHOLD, "confidence, 0 to 1, below which an answer is withheld"),
    Setting("format", "text", "what `ask` prints", ("text", "markdown", "json")),
    Setting("color", "auto", "colours in the terminal", ("auto", "never")),
    Setting("log", "", "SQLite file that questions are logged to; empty: nothing is logged"),
    Setting("feedback", "", "SQLite file for votes on answers; empty: in the user's data folder"),
    Setting("llm", "", "the LLM that may write answers, as its server names it; empty: none"),
    Setting(
        "llm_base_url",
        "",
        "address of its OpenAI-compatible server; empty: OpenAI's",
        elsewhere="OPENAI_BASE_URL",
    ),
    Setting(
        "llm_api_key",
        "",
        "the server's key, if it wants one",
        elsewhere="OPENAI_API_KEY",
        secret=True,
    ),
    Setting("llm_timeout", 60.0, "seconds, 1 to 3600, in which an LLM has to write an answer"),
    Setting(
        "llm_unsupported",
        "drop",
        "what becomes of its sentences that the quotes do not support",
        ("drop", "mark"),
    ),
    Setting("public_url", "", "the address that people reach the server at; empty: as requested"),
    Setting(
        "cors_origins",
        "",
        "origins whose pages may ask the server, e.g. https://a.org,https://b.org; *: all",
    ),
    Setting("api_keys", "", "keys, one of which a client has to send; empty: none", secret=True),
    Setting("rate_limit", "", "requests of one client, e.g. 60/minute; empty: any number"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}
_RANGES = {"top": (1, 1000), "threshold": (0, 1), "llm_timeout": (1, 3600)}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, one field for each row of SETTINGS."""

    index: str
    cache: str
    top: int
    threshold: float
    format: str
    color: str
    log: str
    feedback: str
    llm: str
    llm_base_url: str
    llm_api_key: str = field(repr=False)
    llm_timeout: float
    llm_unsupported: str
    public_url: str
    cors_origins: str
    api_keys: str = field(repr=False)
    rate_limit: str

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


def _listed(text: str) -> list[str]:
    return [item for part in text.split(",") if (item := part.strip())]


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
    values: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
    path = settings_file(environ)
    values |= {
        name: _checked(name, value, str(path)) for name, value in _from_file(path, environ).items()
    }
    for setting in SETTINGS:
        if text := environ.get(setting.elsewhere):
            values[setting.name] = _checked(setting.name, text, setting.elsewhere)
    for variable, text in environ.items():
        if variable.startswith(PREFIX) and variable != FILE_VARIABLE:
            name = variable.removeprefix(PREFIX).lower()
            values[name] = _checked(name, text, variable)
    return Settings(**{one.name: values[one.name] for one in fields(Settings)})


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


def _checked(name: str, value: Any, origin: str) -> str | int | float:
    """A value of the setting's own type, within its range."""
    setting = _BY_NAME.get(name)
    if setting is None:
        # Here, as it would cost every question a millisecond.
        from difflib import get_close_matches

        nearest = get_close_matches(name, _BY_NAME, n=1)
        hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are {', '.join(_BY_NAME)}"
        raise SettingsError(f"{origin}: {name!r} is no setting; {hint}")
    kind = type(setting.default)
    try:
        converted = _converted(kind, value)
    except (TypeError, ValueError):
        raise SettingsError(
            f"{origin}: {name} is {setting.shown(value)!r}, which is no {_KINDS[kind]}; "
            f"the default is {setting.default!r}"
        ) from None
    if isinstance(converted, int | float):
        low, high = _RANGES[name]
        if not low <= converted <= high:
            raise SettingsError(f"{origin}: {name} is {converted}, but must be {low} to {high}")
    if name == "public_url" and value and not str(value).startswith(("https://", "http://")):
        raise SettingsError(f"{origin}: public_url is {value!r}; begin it with https://")
    if name == "api_keys" and value and not _listed(str(value)):
        raise SettingsError(f"{origin}: api_keys is set and has no key; write one, or leave it out")
    if setting.choices and converted not in setting.choices:
        raise SettingsError(f"{origin}: {name} is {value!r}; choose {', '.join(setting.choices)}")
    return converted


def _converted(kind: type[str | int | float], value: Any) -> str | int | float:
    """Text of the environment in its kind; a value of the file has it already (2.5 is no 2)."""
    converted = kind(value)
    if isinstance(value, bool) or (not isinstance(value, str) and converted != value):
        raise ValueError(value)
    return converted


_KINDS = {str: "text", int: "whole number", float: "number"}
