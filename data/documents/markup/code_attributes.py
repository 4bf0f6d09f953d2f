"""Code that components of MDX are given as attributes, and show nothing else of.

<Commands npm="npm install oars" yarn="yarn add oars" />    ─▶    **npm**: npm install oars …
<Terminal cmd={["$ oars launch"]} />                        ─▶    $ oars launch
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent
from typing import NamedTuple

from entrywise.data.documents.dialects.tags import attribute

_TEXT = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`$]*`"
_GIVEN = re.compile(
    r"\s(?P<name>[\w-]+)\s?=\s?(?P<value>\"[^\"]*\"|'[^']*'|"
    rf"\{{\s*(?:{_TEXT}|\[\s*(?:{_TEXT})(?:\s*,\s*(?:{_TEXT}))*\s*,?\s*\])\s*\}})"
)
_STRING = re.compile(_TEXT)
_OF_CODE = frozenset(("code", "cmd", "command", "commands"))
"""What the attribute of a component is called that shows code."""
_LOOKS = re.compile(r"class|style", re.IGNORECASE)
"""In the name of an attribute that says how a component looks."""
_COMMAND = re.compile(r"(?:[$>#]\s+)?[a-z][\w./@:-]*\s+\S[\s\S]*[^\s.!?…]")
"""What people type: no name, which is one word, and no sentence."""


class GivenCode(NamedTuple):
    """Code that a tag is given, under a label where several are; with the places of the name and of
    what is behind it in the tag: from the start of the name, of the code, to the end."""

    label: str
    text: str
    language: str
    start: int
    begin: int
    end: int


def given_code(tag: str) -> list[GivenCode]:
    """The code that a tag of a component without a text is given: in an attribute that is called
    so, or in several that each hold a command.

    >>> [(one.label, one.text) for one in given_code('<Add npm="npm i a" yarn="yarn add a" />')]
    [('npm', 'npm i a'), ('yarn', 'yarn add a')]
    >>> given_code('<Card title="Two oars" href="/oars" />')
    []
    """
    if not (tag[1:2].isupper() and tag.endswith("/>")):
        return []
    language = attribute(tag, "lang") or attribute(tag, "language")
    texts = [*_texts(tag)]
    if shown := [one for one in texts if one.label in _OF_CODE and " " in one.text]:
        return [shown[0]._replace(label="", language=language)]
    said = [one for one in texts if " " in one.text]
    are_commands = len(said) > 1 and all(
        _COMMAND.fullmatch(one.text) and not _LOOKS.search(one.label) for one in said
    )
    return said if are_commands else []


def _texts(tag: str) -> Iterator[GivenCode]:
    """The attributes of a tag that are texts, or lists of them, which are lines."""
    for found in _GIVEN.finditer(tag):
        value = found["value"]
        strings = _STRING.findall(value) if value[0] == "{" else [value]
        text = dedent("\n".join(one[1:-1] for one in strings)).strip()
        if found["name"] not in _OF_CODE:
            # Commands stand as deep as the tag.
            text = "\n".join(map(str.strip, text.split("\n")))
        yield GivenCode(
            found["name"], text, "", found.start("name"), found.start("value"), found.end()
        )
