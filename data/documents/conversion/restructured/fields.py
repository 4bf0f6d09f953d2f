"""Fields that describe a function or a class, as Sphinx shows them.

:param str where: Where it goes.    ─▶    where (str): Where it goes.
:type strict: bool                        strict (bool): Whether …
:param strict: Whether …
:raises OSError: If it sinks.             Raises OSError: If it sinks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrywise.data.documents.conversion.restructured.outline import Node

# https://www.sphinx-doc.org/en/master/usage/domains/python.html#info-field-lists
_PARAMETERS = frozenset(
    "param parameter arg argument key keyword kwarg kwparam var ivar cvar".split()
)
_TYPES = frozenset("type paramtype kwtype vartype".split())
_SHOWN = {
    **dict.fromkeys(("raise", "raises", "except", "exception"), "Raises"),
    **dict.fromkeys(("return", "returns"), "Returns"),
    **dict.fromkeys(("yield", "yields"), "Yields"),
    "rtype": "Return type",
}


def types_of(fields: Sequence[Node]) -> dict[str, str]:
    """What fields say of the types of parameters that have a field of their own, by their names."""
    said = [(_words(field), field.children[1].astext()) for field in fields]
    own = {words[-1] for words, _ in said if len(words) > 1 and words[0] in _PARAMETERS}
    return {
        words[1]: " ".join(text.split())
        for words, text in said
        if len(words) == 2 and words[0] in _TYPES and words[1] in own
    }


def shown(field: Node, types: Mapping[str, str]) -> str | None:
    """What a field is called; None of those that describe nothing, empty of the type of a parameter
    that is told where the parameter is.

    Args:
        types: those of its list, as `types_of` knows them.
    """
    kind, *rest = _words(field) or [""]
    if kind in _SHOWN:
        return " ".join((_SHOWN[kind], *rest))
    if not rest:
        return None
    *told, name = rest
    if kind in _TYPES:
        return "" if name in types else f"Type of {name}"
    if kind not in _PARAMETERS:
        return None
    of_type = " ".join(told) or types.get(name, "")
    return f"{name} ({of_type})" if of_type else name


def _words(field: Node) -> list[str]:
    said: str = field.children[0].astext()
    return said.split()
