"""How tests use a server for agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mcp import Client

Use = Callable[[Callable[[Client], Awaitable[Any]]], Any]
"""Connects a client, lets a function use it, and gives what that returned."""
