"""Where settings are looked for: the environment, the settings file, the defaults."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from entrywise.data.errors import SettingsError
from entrywise.rag.settings.row import Setting, Value
from entrywise.rag.settings.table import SETTINGS, Settings

PREFIX = "ENTRYWISE_"
FILE_VARIABLE = "ENTRYWISE_CONFIG"

_LARGEST = 2**20
"""Bytes: a settings file has a few dozen lines."""

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

    from entrywise.data.readers.fields import shorten

    nearest = get_close_matches(name[:100], _BY_NAME, n=1)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are {', '.join(_BY_NAME)}"
    raise SettingsError(f"{shorten(name)!r} is no setting; {hint}")


def settings_file(environ: Mapping[str, str] | None = None) -> Path:
    """Where the settings file is looked for, by the environment or another one.

    Raises:
        SettingsError: it is named below a home that nobody has.
    """
    if named := (os.environ if environ is None else environ).get(FILE_VARIABLE):
        try:
            return Path(named).expanduser()
        except RuntimeError:
            raise SettingsError(
                f"{FILE_VARIABLE} names {named!r}, whose home is not known; write the whole path"
            ) from None
    from platformdirs import user_config_path

    return user_config_path("entrywise", appauthor=False) / "config.toml"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force, by the environment or another one.

    Raises:
        SettingsError: an unknown setting, a value of a wrong type or out of range, or a settings
            file that cannot be read.
    """
    # No default argument: `help` would print it, with all keys in it.
    environ = os.environ if environ is None else environ
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
    text = _text(path)
    if text is None:
        if environ.get(FILE_VARIABLE):
            raise SettingsError(f"{FILE_VARIABLE} names {str(path)!r}, which is not there; mend it")
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise SettingsError(
            f"{path}: cannot be read as TOML (it is nested too deeply); mend the file"
        ) from None
    except ValueError as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error}); mend the file") from error


def _text(path: Path) -> str | None:
    """What a settings file says; None where there is none.

    Raises:
        SettingsError: it is no file of text, or cannot be opened.
    """
    try:
        status = path.stat()
        # A pipe that nobody writes to would be waited for, and a device may have no end.
        if not stat.S_ISREG(status.st_mode) and str(path) != os.devnull:
            raise SettingsError(f"{path}: is no file, so it cannot be read; name a file of TOML")
        if status.st_size > _LARGEST:
            raise SettingsError(f"{path}: has over {_LARGEST:,} bytes; name a file of TOML")
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path}: cannot be read as TOML (byte {error.start} is no UTF-8); save it as UTF-8"
        ) from None
    # A ValueError where the name holds what no name may hold.
    except (OSError, ValueError) as error:
        if isinstance(error, SettingsError):
            raise
        from entrywise.data.system_errors import unreadable

        raise SettingsError(unreadable(path, error)) from error


def _checked(name: str, given: Any, origin: str) -> Value:
    """The value of a setting; an error says where it comes from."""
    try:
        return setting_of(name).value(given)
    except SettingsError as error:
        raise SettingsError(f"{origin}: {error}") from None
