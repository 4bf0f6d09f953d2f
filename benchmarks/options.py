"""Measures whether documents of programs tell what their options do, and know whose they are not.

    python benchmarks/options.py DOCS DOCS …    folders of documentation, two or more

Of each, up to 50 options of several words that its texts have (`--dry-run`) and 50 of one word
(`--quiet`) are drawn and asked for ("what does --dry-run do"), and 40 of each kind that only the
others have. Prints one Markdown table: `first` and `shown` are the options that the first quote and
any quote has, whether or not the answer is withheld.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from entrywise import Answer, Assistant, KnowledgeBase, build_index, read_knowledge_base

_OWN, _OTHERS = 50, 40
_THRESHOLD = 0.65
_KINDS = {
    "several words": re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)+(?![\w-])"),
    "one word": re.compile(r"(?<![\w-])--[a-z]{3,}(?![\w-])"),
}
_HEAD = (
    "| documents | options | of them | first | shown | answered | others' | answered |",
    "|---|---|---|---|---|---|---|---|",
)


def main() -> None:
    sources = [*map(Path, sys.argv[1:])]
    if len(sources) < 2:
        sys.exit(__doc__)
    bases = {str(source): read_knowledge_base(source) for source in sources}
    print(*_HEAD, sep="\n")
    for name, base in bases.items():
        with tempfile.TemporaryDirectory() as folder:
            build_index(base, Path(folder))
            with Assistant.open(index=folder, threshold=0.0) as assistant:
                for kind, pattern in _KINDS.items():
                    found = {one: _options(pattern, other) for one, other in bases.items()}
                    print(f"| {name} | {kind} | {_row(assistant, name, found)} |", flush=True)


def _options(pattern: re.Pattern[str], base: KnowledgeBase) -> set[str]:
    texts = (section.text for entry in base.entries for section in entry.sections)
    return {option for text in texts for option in pattern.findall(text)}


def _row(assistant: Assistant, name: str, found: Mapping[str, set[str]]) -> str:
    own = _drawn(found[name], _OWN)
    others = _drawn(set().union(*found.values()) - found[name], _OTHERS)
    answers = {option: _asked(assistant, option) for option in own}
    quotes = {option: [one.quote for one in answer.citations] for option, answer in answers.items()}
    figures = (
        len(own),
        sum(_has(quotes[option][:1], option) for option in own),
        sum(_has(quotes[option], option) for option in own),
        sum(answer.confidence >= _THRESHOLD for answer in answers.values()),
        len(others),
        sum(_asked(assistant, option).confidence >= _THRESHOLD for option in others),
    )
    return " | ".join(map(str, figures))


def _drawn(options: set[str], most: int) -> list[str]:
    return random.Random(1).sample(sorted(options), min(most, len(options)))


def _asked(assistant: Assistant, option: str) -> Answer:
    return assistant.ask(f"what does {option} do", llm=False)


def _has(quotes: Iterable[str], option: str) -> bool:
    return re.search(rf"{re.escape(option)}(?![\w-])", "\n".join(quotes)) is not None


if __name__ == "__main__":
    main()
