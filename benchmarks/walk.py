"""The walk of a question through the house: which files it enters, and how often it moves from one
to another.

    python benchmarks/walk.py "difference between GQA and MLA" [--index DIR] [--moves]

A file is entered when a function of it is called; a move is a call of a function in another file of
Entrywise than the one that was called before it. The question is asked twice, and the second time
is counted: what is opened or compiled once is no part of it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import FrameType

import entrywise
from entrywise import Assistant

_PACKAGE = Path(entrywise.__file__).parent


class Walk:
    """What `sys.setprofile` tells of the way of a question: the files of its calls, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._names: dict[str, str | None] = {}

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        """Note a call of a function of Entrywise."""
        if event == "call" and (name := self._name(frame.f_code.co_filename)):
            self.calls.append(name)

    @property
    def files(self) -> list[str]:
        """The files that were entered, in order."""
        return list(dict.fromkeys(self.calls))

    @property
    def moves(self) -> Counter[tuple[str, str]]:
        """How often a call in one file was followed by one in another."""
        return Counter(pair for pair in pairwise(self.calls) if pair[0] != pair[1])

    def _name(self, filename: str) -> str | None:
        """A file of Entrywise as it is called in it."""
        if filename not in self._names:
            inside = Path(filename).is_relative_to(_PACKAGE)
            self._names[filename] = str(Path(filename).relative_to(_PACKAGE)) if inside else None
        return self._names[filename]


def walk(assistant: Assistant, question: str) -> Walk:
    """The walk of a question that is asked for the second time."""
    assistant.ask(question)
    told = Walk()
    sys.setprofile(told)
    try:
        assistant.ask(question)
    finally:
        sys.setprofile(None)
    return told


def main() -> None:
    """Print the counts of each question, and, with --moves, its files and most frequent moves."""
    parser = argparse.ArgumentParser(description="Count the files and moves of a question.")
    parser.add_argument("questions", nargs="+")
    parser.add_argument("--index", metavar="DIR")
    parser.add_argument("--moves", action="store_true", help="list files and moves")
    options = parser.parse_args()
    with Assistant.open(options.index) as assistant:
        for question in options.questions:
            told = walk(assistant, question)
            print(f"{len(told.files)} files, {told.moves.total()} moves: {question}")
            if options.moves:
                print("  ".join(told.files))
                for (one, other), count in told.moves.most_common(40):
                    print(f"{count:>5}  {one} -> {other}")


if __name__ == "__main__":
    main()
