"""The report of what people asked in vain, kept until something changes.

Every question is asked again, some 5 ms each: a page that is looked at twice does so once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from entrywise.rag.log.gaps import Gaps, find_gaps
from entrywise.rag.log.questions import QuestionLog
from entrywise.rag.log.wishes import Wishes
from entrywise.web.served.served import Served

MOST_ASKED = 2_000
"""Questions that are asked again, the newest: ten seconds."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a report depends on."""

    generation: str
    since: date
    newest: tuple[str, str]
    count: tuple[int, int]


class Reporter:
    """Reports from one log; threads may share it."""

    def __init__(self, log: Path) -> None:
        """Report from the file of this question log."""
        self._log = log
        self._lock = Lock()
        self._state: _State | None = None
        self._gaps = Gaps(0, 0, ())

    def gaps(self, served: Served, since: date) -> Gaps:
        """What was asked in vain since a day (UTC).

        Raises:
            EntrywiseError: the log is damaged, or another program's.
        """
        asked = QuestionLog(self._log).read(since) if self._log.is_file() else []
        wishes = Wishes(self._log).read(since)
        state = _State(
            served.assistant.index.manifest.generation,
            since,
            (asked[-1].asked_at if asked else "", wishes[-1].wished_at if wishes else ""),
            (len(asked), len(wishes)),
        )
        with self._lock:
            if state != self._state:
                vain = [one for one in asked if one.status != "answered"][-MOST_ASKED:]
                self._gaps = find_gaps(vain, served.unlogged, wishes=wishes[-MOST_ASKED:])
                self._state = state
            return self._gaps
