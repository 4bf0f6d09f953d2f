"""Substitutions that stand for nothing, as what Sphinx would put there is not known: they are
left out, each with the blank beside it.

Acme |version| handbook     ─▶  Acme handbook
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.readers import standalone
from docutils.transforms import Transform


class Reader(standalone.Reader):  # type: ignore[misc]  # docutils tells no types
    """docutils' own, which leaves out what stands for nothing."""

    def __init__(self, left_out: frozenset[str]) -> None:
        super().__init__()
        self._left_out = left_out

    def get_transforms(self) -> list[Any]:
        """Those of docutils, and its own before substitutions are made."""
        own = type("_LeftOut", (_LeftOut,), {"names": self._left_out})
        return [*super().get_transforms(), own]


class _LeftOut(Transform):  # type: ignore[misc]  # docutils tells no types
    """Takes out references to some names, each with the blank beside it."""

    default_priority = 210
    """Before docutils looks for what they stand for, at 220."""
    names: frozenset[str] = frozenset()

    def apply(self) -> None:
        """Do it."""
        for node in list(self.document.findall(nodes.substitution_reference)):
            if node.astext() in self.names:
                _take_out(node)


def _take_out(node: Any) -> None:
    parent, place = node.parent, node.parent.index(node)
    before, behind = parent[place - 1 : place], parent[place + 1 : place + 2]
    parent.remove(node)
    if place and isinstance(before[0], nodes.Text):
        text = before[0].astext()
        if text != text.rstrip():
            parent[place - 1] = nodes.Text(text.rstrip())
            return
    if behind and isinstance(behind[0], nodes.Text):
        parent[place] = nodes.Text(behind[0].astext().lstrip())
