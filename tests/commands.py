"""Commands, as tests call them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

ASK = [sys.executable, "-m", "entrywise.rag.commands.ask"]
"""`ask` as a process of its own."""
ENTRYWISE = [sys.executable, "-m", "entrywise"]
"""`entrywise` as a process of its own."""

Main = Callable[[Sequence[str]], int]
"""The `main` of a command."""
Call = Callable[..., tuple[int, str, str]]
"""Calls one with arguments: exit code, stdout, stderr."""
Run = Callable[..., tuple[int, str, str]]
"""A command that is ready to be called with arguments: exit code, stdout, stderr."""
