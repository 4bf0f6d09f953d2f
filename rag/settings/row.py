"""A setting: a row of the table, and what its values may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from numbers import Real
from typing import Any, TypeVar

from entrywise.data.errors import SettingsError

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

    def shown(self, value: Any) -> Any:
        """A value as it may be printed."""
        if self.secret and value:
            return "(set)"
        if not isinstance(value, str):
            return value
        from entrywise.data.addresses import without_secrets

        return without_secrets(value)

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
        except (TypeError, ValueError, OverflowError):
            raise SettingsError(
                f"{self.name} is {self._quoted(given)}, which is no {_KINDS[kind]}; "
                f"the default is {self.default!r}"
            ) from None
        low, high = self.between or (-inf, inf)
        if not isinstance(value, str) and not low <= value <= high:
            said = value if isinstance(value, float) else self._quoted(value)
            raise SettingsError(f"{self.name} is {said}, but must be {low:g} to {high:g}")
        if isinstance(value, str) and (unclean := _unclean(value)):
            raise SettingsError(f"{self.name} is {self._quoted(value)}, which holds {unclean}")
        if self.fault and (fault := self.fault(str(value))):
            raise SettingsError(f"{self.name} {fault}")
        if self.choices and value not in self.choices:
            choices = ", ".join(self.choices)
            raise SettingsError(f"{self.name} is {self._quoted(value)}; choose {choices}")
        return value

    def _quoted(self, value: object) -> str:
        """A wrong value for a message: short, on one line, and veiled where it has to be."""
        if isinstance(value, dict | list):
            # Of what is in it nobody knows what has to be veiled.
            return "a table" if isinstance(value, dict) else "a list"
        # Here, as it would cost every question a millisecond.
        from entrywise.data.readers.fields import show

        return show(self.shown(value))


def _converted(kind: type[Value], given: Any) -> Value:
    """Text of the environment in its kind; a value of the file has it already (2.5 is no 2)."""
    if not _is_plain(given):
        raise TypeError(given)
    converted = kind(given)
    if isinstance(given, bool) or (not isinstance(given, str) and converted != given):
        raise ValueError(given)
    return converted


def _is_plain(given: object) -> bool:
    """Whether a value is a text or a number: what is nested may be so deeply, and is none."""
    return isinstance(given, str | Real)


def _unclean(text: str) -> str:
    """What is in a text that no file, terminal or address can take; empty where it is clean."""
    if "\0" in text:
        return "a NUL; remove it"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "what is no UTF-8; write it in UTF-8"
    return ""


def row(default: T, help: str, *, secret: bool = False, **facts: Any) -> T:
    """A row of the table: a field, with what a `Setting` says of it beside its name."""
    facts |= {"default": default, "help": help, "secret": secret}
    made: T = field(default=default, repr=not secret, metadata=facts)
    return made
