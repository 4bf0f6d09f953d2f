"""Runs functions in processes of their own, which may be killed: forks of one that has imported
everything, also what is else imported late, and opened the shipped encoder, and started nothing: a
child begins within a millisecond."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

# Nothing here uses these four: they are imported before children are forked, so that none has to.
import faiss  # noqa: F401
import onnxruntime  # noqa: F401
import sentencex  # noqa: F401
import tokenizers  # noqa: F401

from entrywise.index.encoders import registry

KILLED = -signal.SIGKILL


_SHIPPED = registry.open_shipped_encoder()


@contextmanager
def encoder_at_hand() -> Iterator[None]:
    """Within it whoever opens an encoder gets the shipped one, which is open already: opening it is
    most of what a small index takes, and changes no file. Its files are copied and verified."""
    with patch.object(registry, "open_onnx", lambda folder: _SHIPPED):
        yield


class Child:
    """A function that runs in a process of its own."""

    def __init__(self, function: Callable[[], Any]) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()
        self.process = os.fork()
        if self.process == 0:
            os.close(reading)
            _run(function, writing)
        os.close(writing)
        self._result = os.fdopen(reading, "rb")

    def kill(self) -> None:
        """End it as nothing can be handled; it may have ended by itself."""
        os.kill(self.process, signal.SIGKILL)

    def wait(self) -> tuple[int, Any]:
        """Its exit code, that of the signal below 0, and what the function gave."""
        with self._result:
            told = self._result.read()
        _, status = os.waitpid(self.process, 0)
        code = os.waitstatus_to_exitcode(status)
        return code, pickle.loads(told) if told and code == 0 else None


def in_child(function: Callable[[], Any]) -> Any:
    """What a function gives in a process of its own.

    Raises:
        RuntimeError: it raised something, which stands on stderr.
    """
    code, result = Child(function).wait()
    if code:
        raise RuntimeError(f"a child ended with {code}")
    return result


def _run(function: Callable[[], Any], writing: int) -> None:
    try:
        result = function()
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps(result))
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(99)
