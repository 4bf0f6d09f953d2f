"""Typed fields of objects that people write: every problem becomes one line with a remedy.

    files.read_text ─▶ files.parse_json ─▶ Record ─ text(), texts(), … ─▶ plain typed values

A message reads `FILE: entry 'gqa', field 'related': what is wrong; what to do`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from reprlib import Repr

from entrywise.data.addresses import is_web_address, leads_elsewhere
from entrywise.data.errors import KnowledgeBaseError

CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no id may hold: what ends a line, steers a terminal, turns the direction of what follows, or
is half a character."""
_UNCLEAN = re.compile("[\0\ud800-\udfff]")


class _Short(Repr):
    """Python writes no number of thousands of digits, and says so by an error."""

    def repr_int(self, x: int, level: int) -> str:
        try:
            return super().repr_int(x, level)
        except ValueError:
            return f"{hex(x)[:40]}..."


_SHORT = _Short()
_SHORT.maxstring = _SHORT.maxlong = _SHORT.maxother = 60
_SHORT.maxdict = _SHORT.maxlist = 2


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a file; `where` names it in messages, e.g. `glossary.json: entry 'gqa'`."""

    where: str
    values: Mapping[str, object]

    def problem(self, field: str, what: str) -> KnowledgeBaseError:
        """The error to raise about a field."""
        return KnowledgeBaseError(f"{self.where}, field {field!r}: {what}")

    def require(self, *fields: str) -> None:
        """Insist that all fields are present.

        Raises:
            KnowledgeBaseError: one is missing.
        """
        for field in fields:
            if field not in self.values:
                raise self.problem(field, "is missing; add it")

    def allow(self, fields: Iterable[str]) -> None:
        """Insist that no other fields are present.

        Raises:
            KnowledgeBaseError: one is unknown.
        """
        known = tuple(fields)
        for field in self.values:
            if field not in known:
                what = f"is unknown; remove or rename it{nearest(field, known)}"
                raise self.problem(shorten(field), what)

    def text(self, field: str) -> str:
        """A text that is not blank.

        Raises:
            KnowledgeBaseError: it is missing, blank or no text.
        """
        self.require(field)
        text = self.note(field)
        if not text.strip():
            raise self.problem(field, f"{show(text)} is empty; write it")
        return text

    def id(self, field: str) -> str:
        """A text that is not blank, on one line and without control characters.

        Raises:
            KnowledgeBaseError: it is missing or something else.
        """
        text = self.text(field)
        if fault := fault_of_id(text):
            raise self.problem(field, f"{show(text)} {fault}")
        return text

    def note(self, field: str) -> str:
        """A text that may be blank, null or missing: then it is empty.

        Raises:
            KnowledgeBaseError: it is something else.
        """
        value = self.values.get(field)
        return "" if value is None else self._as_text(field, value)

    def url(self, field: str) -> str | None:
        """A web address, or None when it is blank, null or missing.

        Raises:
            KnowledgeBaseError: it is something else, e.g. a `javascript:` address.
        """
        address = self.note(field).strip()
        if address and not is_web_address(address):
            raise self.problem(
                field, f"{show(address)} is no web address; write one such as https://example.org"
            )
        return address or None

    def place(self, field: str) -> str | None:
        """A web address, or a path on a site that is not named; None when it is blank, null or
        missing.

        Raises:
            KnowledgeBaseError: it is something else.
        """
        is_path = not leads_elsewhere(self.note(field).strip())
        return (self.note(field).strip() or None) if is_path else self.url(field)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of different texts, none of them blank; empty when it is missing.

        Raises:
            KnowledgeBaseError: it is something else.
        """
        texts = tuple(self._as_text(field, item) for item in self._list(field))
        seen: set[str] = set()
        for text in texts:
            if not text.strip():
                raise self.problem(field, f"{show(text)} is an empty item; remove it")
            if text in seen:
                raise self.problem(field, f"{show(text)} is listed twice; remove one of them")
            seen.add(text)
        return texts

    def whole_number(self, field: str) -> int:
        """An integer.

        Raises:
            KnowledgeBaseError: it is missing or something else.
        """
        self.require(field)
        value = self.values[field]
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.problem(field, f"{show(value)} is no whole number; write one")
        return value

    def records(self, field: str) -> tuple[Record, ...]:
        """A list of objects; empty when it is missing.

        Raises:
            KnowledgeBaseError: it is something else.
        """
        where = f"{self.where}, field {field!r} item"
        return tuple(
            as_record(item, f"{where} {position}")
            for position, item in enumerate(self._list(field), start=1)
        )

    def _list(self, field: str) -> list[object]:
        value = self.values.get(field, [])
        if not isinstance(value, list):
            raise self.problem(field, f"{show(value)} is no list; write [...]")
        return value

    def _as_text(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.problem(field, f"{show(value)} is no text; write it in quotes")
        if not is_clean(value):
            raise self.problem(
                field, f"{show(value)} holds a NUL or half a surrogate pair; remove it"
            )
        return value


def as_record(value: object, where: str) -> Record:
    """Take a JSON value for an object.

    Raises:
        KnowledgeBaseError: it is none.
    """
    if not isinstance(value, dict):
        raise KnowledgeBaseError(f"{where}: {show(value)} is no JSON object; write {{...}}")
    return Record(where, value)


def is_clean(text: str) -> bool:
    """Whether a text can be stored as UTF-8 and shown: no NUL, no half surrogate pair."""
    # Which texts are ASCII Python knows without reading them.
    return "\0" not in text if text.isascii() else _UNCLEAN.search(text) is None


def fault_of_id(text: str) -> str:
    """What is wrong with an id, and the remedy; empty where it is right."""
    return "holds a line break or a control character; remove it" if CONTROLS.search(text) else ""


def nearest(wrong: str, valid: Iterable[str]) -> str:
    """` (nearest: 'related')` for a message, or nothing when no valid value is near."""
    found = get_close_matches(wrong[:100], valid, n=1)
    return f" (nearest: {found[0]!r})" if found else ""


def show(value: object) -> str:
    """A value for a message: on one line, and short."""
    return _SHORT.repr(value)


def shorten(name: str) -> str:
    """A name for a message, cut when it is too long to be one."""
    return name if len(name) <= 60 else f"{name[:57]}..."
