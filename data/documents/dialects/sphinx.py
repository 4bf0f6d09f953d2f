"""What Sphinx adds to reStructuredText, and MyST to Markdown: the names of directives and roles,
and what readers see of a role.

>>> shown("class", "~json.JSONEncoder"), shown("ref", "the guide <guide>"), shown("func", "open")
(('JSONEncoder', True), ('the guide', False), ('open()', True))
"""

from __future__ import annotations

import re

NAMED_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>\s*", re.DOTALL)
"""What a role shows, and what it leads to."""

CODE = frozenset(
    "code code-block code-cell sourcecode prompt ipython doctest testcode jupyter-execute".split()
)
"""Directives whose content is code."""
HIDDEN = frozenset(
    "toctree index highlight highlightlang currentmodule module sectionauthor codeauthor testsetup "
    "testcleanup testoutput tabularcolumns meta contents sectnum title-reference raw include "
    "builtin py:module py:currentmodule js:module default-domain inheritance-diagram graphviz "
    "mermaid uml todolist bibliography autosummary rst-class".split()
)
"""Directives of which readers see nothing, or nothing that can be read."""
OBJECTS = frozenset(
    "function class method attribute data exception describe object option cmdoption envvar "
    "property decorator classmethod staticmethod decoratormethod confval setting program macro "
    "member type struct enum enumerator var opcode pdbcommand".split()
)
"""Directives that document a function, a class, an option; roles of the same names refer to it."""
_CODE_ROLES = OBJECTS | frozenset(
    "class func meth mod attr data exc obj const macro member type option envvar file program "
    "command samp kbd makevar regexp token keyword confval setting django-admin".split()
)


def shown(role: str, text: str) -> tuple[str, bool]:
    """What readers see of a text in a role, and whether it is code.

    Args:
        role: its name, with that of its domain, if it has one (`py:class`).
    """
    bare = role.rpartition(":")[2].lower()
    named = NAMED_TARGET.fullmatch(text)
    said = named["text"] if named else text.lstrip("!")
    if bare not in _CODE_ROLES:
        return said, False
    if not named:
        said = said[1:].rpartition(".")[2] if said.startswith("~") else said
        said = said.lstrip(".")
    return (f"{said}()" if bare in ("func", "meth") and not said.endswith(")") else said), True
