"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from entrywise.data.errors import EntrywiseError
from entrywise.data.system_errors import unreadable

State = Literal["fine", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: all is fine, there is something to know, or something does not work."""

    check: str
    state: State
    message: str
    """One line; of a fault, with its remedy."""


Check = Callable[[], Iterable[Finding]]


def findings_of(name: str, check: Check) -> list[Finding]:
    """What a check finds; where it fails, how."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except EntrywiseError as error:
        found.append(Finding(name, "fault", str(error)))
    except OSError as error:
        place = error.filename if error.filename is not None else name
        found.append(Finding(name, "fault", unreadable(str(place), error)))
    return found
