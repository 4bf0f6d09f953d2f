"""The sample that fills the examples of the API: a question, an entry, a quote of it, another
entry.

Examples in the schemas have places to be filled; what fills them comes from the knowledge base that
is served, so that an example can be tried:

    described("The id of the entry.", "{entry}")    ─ filled ─▶    "examples": ["gqa"]
    described("Where it ends, exclusive.", "{end}")                "examples": [58]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sample:
    """What fills the places; by itself, what is said before a knowledge base is open.

    The quote is `text(section)[start:end]` of the entry.
    """

    title: str = "A knowledge base"
    entries: int = 2
    question: str = "What is an entry?"
    another_question: str = "What is a section?"
    words: str = "sections of text"
    entry: str = "entry"
    name: str = "Entry"
    expansion: str = "Entry of a knowledge base"
    category: str = "basics"
    oneliner: str = "An entry has a name and sections of text."
    section: str = "text"
    start: int = 0
    end: int = 41
    quote: str = "An entry has a name and sections of text."
    entry_path: str = "/entry/entry"
    quote_path: str = "/entry/entry?section=text&start=0&end=41#quote"
    another_entry: str = "section"
    another_name: str = "Section"


def filled(schema: Any, sample: Sample) -> Any:
    """A copy of an OpenAPI description, or of a JSON schema, with the places in its examples
    filled; one that is a whole example keeps the type of what fills it."""
    if isinstance(schema, list):
        return [filled(item, sample) for item in schema]
    if not isinstance(schema, dict):
        return schema
    values = asdict(sample)
    return {
        key: _example(value, values)
        if key == "examples" and isinstance(value, list)
        else filled(value, sample)
        for key, value in schema.items()
    }


def _example(example: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(example, list):
        return [_example(item, values) for item in example]
    if isinstance(example, dict):
        return {key: _example(value, values) for key, value in example.items()}
    if not isinstance(example, str):
        return example
    if whole := _PLACE.fullmatch(example):
        return values[whole[1]]
    return _PLACE.sub(lambda place: str(values[place[1]]), example)
