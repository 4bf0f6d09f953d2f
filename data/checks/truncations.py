"""Finds texts that break off: exports cut at a number of characters, or at the first full stop of a
name.

    "… and is used by llama."            where other texts say llama.cpp
    "… durable state. LangChain 1."      a name that the text has, and a number
    "It has two parts. The first one is" no end at all

Texts without any sentence, as labels and tables have them, end as they like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from entrywise.data.entries import Entry, KnowledgeBase, Section

# A name is known to go on behind a full stop from so many other places.
_OTHERS = 2

_WORD = re.compile(r"\w+(?:-\w+)*(?P<more>\.[^\W\d_]\w*)?")
# From where a word begins: from within a long one it would be gone through once for each letter.
_LAST_WORD = re.compile(r"(?<!\w)(?<!\w-)(?P<word>\w+(?:-\w+)*)\.\s*\Z")
# Behind another sentence.
_NAME_AND_NUMBER = re.compile(r"[.!?]\s+(?P<end>(?P<name>[^\W\d_][\w-]*)\s\d+\.)\s*\Z")
_OPEN = re.compile(r"[^\W\d_]{2}[.!?][\"'”’)\]]*[ \t]+(?P<end>[^.!?\n]*[\w,;])[ \t]*\Z")
_OPEN_WORDS = 3
"""A remark of fewer words needs no full stop: "Gluten free"."""
_SHOWN = 40


def truncations(knowledge_base: KnowledgeBase) -> Iterator[tuple[Entry, Section, str]]:
    """Sections of terms that break off, each with what is wrong at its end."""
    texts = [
        (entry, section)
        for entry in knowledge_base
        for section in entry.sections
        if not section.is_markdown
    ]
    alone, continued, example = Counter[str](), Counter[str](), dict[str, str]()
    for _, section in texts:
        last = _LAST_WORD.search(section.text)
        for match in _WORD.finditer(section.text):
            if last and match.start() == last.start():
                continue
            more = match["more"] or ""
            for word in _ways(match[0].removesuffix(more)):
                (continued if more else alone)[word] += 1
                if more:
                    example.setdefault(word, match[0])
    for entry, section in texts:
        if last := _LAST_WORD.search(section.text):
            for word in _ways(last["word"]):
                if continued[word] >= _OTHERS and not alone[word]:
                    what = (
                        f"ends in {last['word'] + '.'!r}; elsewhere it goes on, {example[word]!r}"
                    )
                    yield entry, section, what
                    break
        said = _NAME_AND_NUMBER.search(section.text)
        if said and said["name"] in section.text[: said.start()]:
            yield entry, section, f"ends in {said['end']!r}, which is no sentence"
        elif (said := _OPEN.search(section.text)) and len(said["end"].split()) > _OPEN_WORDS:
            yield entry, section, f"ends within a sentence, {said['end'][-_SHOWN:]!r}"


def _ways(word: str) -> Iterator[str]:
    """A word, and what stands behind its last underscore: `tokenizer_config`, `_config`."""
    yield word
    _, line, end = word.rpartition("_")
    if line:
        yield line + end
