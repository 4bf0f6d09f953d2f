"""Front matter: what stands above the text of a document, between `---` (YAML) or `+++` (TOML)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import parse_toml

_YAML, _TOML = "---", "+++"
_WHERE = "front matter"
_TABS = re.compile(r"^(\w[\w-]*):\t+", re.MULTILINE)


def split_front_matter(text: str) -> tuple[Mapping[str, object], str, str]:
    """The fields above a document's text, the text below, and what is wrong with the fields: no
    valid YAML or TOML has none. Empty where nothing is.

    What is no mapping of names is text: a document may begin with a rule.
    """
    lines = text.split("\n")
    mark = lines[0].rstrip()
    if mark not in (_YAML, _TOML):
        return {}, text, ""
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == mark), None)
    if closing is None:
        return {}, text, ""
    matter = "\n".join(lines[1:closing])
    below = "\n".join(lines[closing + 1 :])
    try:
        fields = parse_toml(matter, _WHERE) if mark == _TOML else _parse_yaml(matter)
    except KnowledgeBaseError as error:
        return {}, below, str(error)
    if not isinstance(fields, dict):
        return {}, text, ""
    return {str(name): value for name, value in fields.items()}, below, ""


def _parse_yaml(text: str) -> object:
    # Whoever only asks reads no YAML.
    import yaml

    try:
        # "title:<TAB>Bees", which YAML knows as no blank, is what people write all the same.
        return yaml.safe_load(_TABS.sub(r"\1: ", text)) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 2}" if mark else ""
        reason = getattr(error, "problem", None) or type(error).__name__
        raise KnowledgeBaseError(
            f"{_WHERE}: no valid YAML{place} ({reason}); correct it"
        ) from error
