"""Front matter: the metadata above a document, between `---` (YAML) or `+++` (TOML), or in the
title of a manual page.

title: 3.10        {"title": "3.10"}     a number, a day or a yes is what its author wrote
title: Oars: how   {"title": "Oars: how"}     no YAML, and what its author means all the same
% ls(1) Tools      {"title": "ls"}       with a heading `NAME` below
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import parse_toml

_YAML, _TOML = "---", "+++"
_WHERE = "front matter"
_TABS = re.compile(r"^(\w[\w-]*):\t+", re.MULTILINE)
_MANUAL = re.compile(r"^#{1,6}[ \t]+NAME[ \t]*$", re.MULTILINE)
"""The heading that each manual page begins with."""
_OF_MANUAL = re.compile(
    r"(?:%[ \t]+(?P<block>\S+?)(?:\(\w+\)|[ \t]+\d\w*)?(?:[ \t][^\n]*)?\n(?:%[^\n]*\n)*"
    r"|#[ \t]+(?P<heading>\S+)[ \t]+\"\d\w*\"(?:[ \t]+\"[^\"\n]*\")+[ \t]*\n)"
)
"""How Pandoc and go-md2man write the title of one, its chapter, day and book."""
_LINE = re.compile(r"(?P<name>\w[\w-]*):[ \t]+(?P<text>[^\s\[!].*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_AT_ENDS = re.compile(r"^[ \t]+|\t[ \t]*$", re.MULTILINE)


def split_front_matter(text: str) -> tuple[Mapping[str, object], str, str]:
    """The fields above a document's text, the text below, and what is wrong with the fields: no
    valid YAML or TOML has none. Empty where nothing is. What is no list and no object is text.

    A name with capitals is given in small letters, too ("Title"), unless another one has these.
    What is no mapping of names is text: a document may begin with a rule. Empty lines may stand
    above, as in Hugo and Zola.
    """
    opens = _EMPTY_LINES.sub("", text)
    lines = opens.split("\n")
    mark = lines[0].rstrip()
    if mark not in (_YAML, _TOML):
        found = _OF_MANUAL.match(text) if _MANUAL.search(text) else None
        title = found and (found["block"] or found["heading"])
        return ({"title": title}, text[found.end() :], "") if found else ({}, text, "")
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == mark), None)
    if closing is None:
        return {}, text, ""
    matter = "\n".join(lines[1:closing])
    below = "\n".join(lines[closing + 1 :])
    try:
        fields = (
            parse_toml(matter, _WHERE, number=str)
            if mark == _TOML
            else parse_yaml(matter, _WHERE, 2)
        )
    except KnowledgeBaseError as error:
        if opens != text:
            return {}, text, ""
        if mark == _TOML or not (told := _lines(matter)):
            return {}, below, str(error)
        fields = told
    if not isinstance(fields, dict):
        return {}, text, ""
    named = {str(name): _as_written(value) for name, value in fields.items()}
    return {name.lower(): value for name, value in named.items()} | named, below, ""


def _lines(matter: str) -> dict[str, str]:
    """The fields of a matter that is no YAML, though each of its lines has a name and a text, as
    many generators of sites read them; none where one has not."""
    lines = [line.rstrip() for line in matter.split("\n")]
    found = [_LINE.fullmatch(line) for line in lines if line]
    told = {one["name"]: one["text"] for one in found if one} if all(found) else {}
    return {name: text[1:-1] if _QUOTED.fullmatch(text) else text for name, text in told.items()}


def _as_written(value: object) -> object:
    """A value of TOML as text, as it is written there."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return value


def parse_yaml(text: str, where: str, first: int) -> object:
    """What YAML holds: numbers and days are texts.

    Args:
        where: what it is of, for messages.
        first: the line that it begins with.

    Raises:
        KnowledgeBaseError: it is no valid YAML.
    """
    # Whoever only asks reads no YAML.
    import yaml

    # "title:<TAB>Bees", which YAML knows as no blank, is what people write all the same.
    text = _TABS.sub(r"\1: ", text)
    try:
        try:
            return yaml.load(text, _loader()) or {}
        except yaml.YAMLError:
            # A tab before an item of a list in brackets, or at the end of a line, is a blank to
            # other readers of YAML.
            blank = _AT_ENDS.sub(lambda tabs: tabs.group().expandtabs(2), text)
            return yaml.load(blank, _loader()) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + first}" if mark else ""
        reason = getattr(error, "problem", None) or type(error).__name__
        raise KnowledgeBaseError(f"{where}: no valid YAML{place} ({reason}); correct it") from error


@cache
def _loader() -> Any:
    """Reads YAML as `yaml.SafeLoader` does, and leaves numbers, days and a yes as texts: whoever
    calls a page 3.10 or 2024-01-01 means what stands there."""
    import yaml

    class Loader(yaml.SafeLoader):  # type: ignore[misc]  # yaml tells no types
        """Knows by their looks what is nothing, and what is merged."""

        yaml_implicit_resolvers = {  # noqa: RUF012  # yaml's own
            first: [one for one in known if one[0].endswith((":null", ":merge"))]
            for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader
