"""The last conversation of a terminal user: its questions, for `ask -c`.

A file of the user alone holds the questions, never an answer, and the folder of the index that they
were asked of, or its address without its password. Nothing depends on it: what cannot be written is
not kept, and what cannot be read begins anew.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from entrywise.data.addresses import without_secrets
from entrywise.index.stores.registry import is_address
from entrywise.rag.log.state_folder import state_folder
from entrywise.rag.settings import Settings

MOST = 20
"""Questions that are kept, the last ones: a follow-up leans on the last few."""
_FILE = "conversation.json"
_PRIVATE = 0o600


class KeptConversation:
    """A conversation whose questions are kept, in place of the last one's.

    >>> conversation = KeptConversation.of(load_settings())            # doctest: +SKIP
    >>> conversation.go_on()                                           # doctest: +SKIP
    >>> conversation.questions                                         # doctest: +SKIP
    ['what is GQA?']
    """

    def __init__(self, path: Path | None, index: str) -> None:
        """A new conversation.

        Args:
            path: the file that keeps it; None where nothing is kept.
            index: the folder of the index that is asked, or its address; empty: the shipped
                knowledge base's.
        """
        self._path = path
        self.index = index
        self.questions: list[str] = []
        """Oldest first."""

    @classmethod
    def of(cls, settings: Settings) -> KeptConversation:
        """One of the user of a terminal, unless the setting `history` says otherwise."""
        return cls(None if settings.history == "none" else _file(), settings.index)

    @property
    def folder(self) -> Path | None:
        """The folder that keeps it, if one does."""
        return self._path and self._path.parent

    def go_on(self, *, anywhere: bool = True) -> str:
        """Go on with the last one, if there is one; else say why that cannot be, in a line.

        Args:
            anywhere: go over to the folder of the index that the last one was with.
        """
        if self._path is None:
            return ""
        try:
            index, questions = _checked(json.loads(self._path.read_text("utf-8")))
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, RecursionError) as error:
            return f"the last conversation cannot be read ({' '.join(str(error).split())})"
        if index != _kept(self.index):
            if not anywhere:
                return "the last conversation was with another knowledge base"
            if is_address(index):
                return f"the last conversation was with {index}, to be named with --index"
            if index and not _is_folder(index):
                return f"the last conversation was with {index}, which is gone"
            self.index = index
        self.questions = questions[-MOST:]
        return ""

    def add(self, question: str) -> None:
        """Add a question that was answered, and keep the conversation."""
        self.questions.append(question)
        self._keep()

    def clear(self) -> None:
        """Begin anew."""
        self.questions.clear()
        self._keep()

    def _keep(self) -> None:
        """Nothing happens where it cannot be written."""
        if self._path is None:
            return
        text = json.dumps({"index": _kept(self.index), "questions": self.questions[-MOST:]})
        # Other terminals may write, too: who is last wins, and no file is ever half one.
        own = self._path.with_name(f".{self._path.name}.{os.urandom(4).hex()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(own, flags, _PRIVATE), "w", encoding="utf-8") as file:
                file.write(text)
            own.replace(self._path)
        except OSError:
            with suppress(OSError):
                own.unlink(missing_ok=True)


def _file() -> Path | None:
    folder = state_folder()
    return folder and folder / _FILE


def _is_folder(index: str) -> bool:
    try:
        return Path(index).is_dir()
    # No folder may be called so.
    except OSError:
        return False


def _kept(index: str) -> str:
    """An index as it is known from any folder, without secrets."""
    if is_address(index):
        return without_secrets(index)
    return str(Path(index).expanduser().resolve()) if index else ""


def _checked(kept: Any) -> tuple[str, list[str]]:
    """The index and the questions of what was kept.

    Raises:
        ValueError: it is no conversation.
    """
    match kept:
        case {"index": str(index), "questions": list(questions)} if all(
            isinstance(question, str) for question in questions
        ):
            return index, questions
    raise ValueError("it has no index or no questions")
