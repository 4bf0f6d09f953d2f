"""Reads a Dockerfile and a .dockerignore: as much of them as ours use."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, its lines joined: `RUN --mount=type=bind,source=a,target=/a ls /a`."""

    keyword: str
    flags: tuple[str, ...]
    """What stands before the arguments: ("mount=type=bind,source=a,target=/a",)."""
    arguments: str

    @property
    def words(self) -> list[str]:
        """The arguments one by one, in the form of JSON or separated by space."""
        if self.arguments.startswith("["):
            words: list[str] = json.loads(self.arguments)
            return words
        return shlex.split(self.arguments)

    @property
    def mounts(self) -> list[dict[str, str]]:
        """The keys and values of each --mount."""
        return [
            dict(pair.split("=", 1) for pair in flag.removeprefix("mount=").split(","))
            for flag in self.flags
            if flag.startswith("mount=")
        ]

    @property
    def source_stage(self) -> str:
        """The stage that COPY takes from; empty: the build's context."""
        return next((one.removeprefix("from=") for one in self.flags if one[:5] == "from="), "")


@dataclass(frozen=True, slots=True)
class Stage:
    """A FROM and what follows it."""

    base: str
    """An image, or the name of a stage before."""
    name: str
    instructions: tuple[Instruction, ...]

    def last(self, keyword: str) -> Instruction | None:
        """The instruction of this kind that holds in the end."""
        found = [one for one in self.instructions if one.keyword == keyword]
        return found[-1] if found else None


def parse(text: str) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    stages: list[Stage] = []
    for one in _instructions(text):
        if one.keyword == "FROM":
            base, *rest = one.words
            stages.append(Stage(base, rest[1] if rest else "", ()))
        else:
            stage = stages.pop()
            stages.append(Stage(stage.base, stage.name, (*stage.instructions, one)))
    return stages


def _instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", "", "\n".join(lines)).splitlines():
        if line.strip():
            keyword, _, rest = line.strip().partition(" ")
            flags, arguments = _flags_and_rest(rest.strip())
            yield Instruction(keyword.upper(), tuple(flags), arguments)


def _flags_and_rest(text: str) -> tuple[list[str], str]:
    flags = []
    while text.startswith("--"):
        flag, _, text = text.partition(" ")
        flags.append(flag[2:])
        text = text.lstrip()
    return flags, text


class Ignored:
    """What a .dockerignore keeps out of a build: the last pattern that fits a path decides."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines()]
        patterns = [line for line in lines if line and not line.startswith("#")]
        self._rules = [(_expression(one.lstrip("!")), one[0] != "!") for one in patterns]

    def __call__(self, path: PurePosixPath) -> bool:
        """Whether a path, relative to the context, is kept out."""
        above = [str(one) for one in (path, *path.parents)]
        kept_out = False
        for expression, ignores in self._rules:
            if any(expression.fullmatch(one) for one in above):
                kept_out = ignores
        return kept_out


def _expression(pattern: str) -> re.Pattern[str]:
    """`**/` is any number of folders, `*` and `?` stay within a name."""
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    return re.compile("".join(wild.get(part) or re.escape(part) for part in parts))
