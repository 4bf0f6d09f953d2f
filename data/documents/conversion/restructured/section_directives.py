"""Directives whose parts are sections: each long term of a glossary, each version of a changelog.

.. glossary::              Lock {#term-Lock}
                           -----------------
   Lock                    Lifts boats.
      Lifts boats.

.. changelog::             2.1 {#change-2.1}
   :version: 2.1           -----------------
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes

from entrywise.data.documents.conversion.definition_lists import LONGEST, are_long


def section(title: str, below: Iterable[Any], kind: str) -> nodes.section:
    """A section of its own, with the address that Sphinx gives to one of this kind."""
    name, _, _ = title.partition(", ")
    anchor = re.sub(r"[^A-Za-z0-9._]+", "-", f"{kind}-{name}").strip("-")
    shown = title if len(title) <= LONGEST else name
    return nodes.section("", nodes.title("", "", nodes.Text(shown)), *below, ids=[anchor])


def may_have_sections(parent: object) -> bool:
    """Whether what stands within a node may be sections."""
    return isinstance(parent, nodes.document | nodes.section)


def terms(found: Sequence[Any]) -> list[Any]:
    """The terms of lists of definitions as sections, where they are long; else the lists."""
    items = [item for one in found for item in one.children if _is_term(item)]
    sizes = [len(item.astext()) for item in items]
    if not are_long(len(items), sum(sizes)) or any(map(_is_other, found)):
        return [*found]
    return [
        section(item.children[0].astext(), item.children[-1].children, "term") for item in items
    ]


def _is_term(node: object) -> bool:
    return isinstance(node, nodes.definition_list_item)


def _is_other(node: object) -> bool:
    return not isinstance(node, nodes.definition_list | nodes.comment | nodes.target)
