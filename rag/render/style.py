"""Styles of a terminal."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """ANSI styles, or none of them."""

    color: bool

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[22m" if self.color else text

    def dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[22m" if self.color else text

    def accent(self, text: str) -> str:
        return f"\x1b[36m{text}\x1b[39m" if self.color else text
