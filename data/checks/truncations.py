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
from collections.abc import Iterable, Iterator, Mapping

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
    longer = _longer([section.text for _, section in texts])
    for entry, section in texts:
        for what in _faults(section.text, longer):
            yield entry, section, what


def _longer(texts: Iterable[str]) -> Mapping[str, str]:
    """{word: how it goes on} of words that always do within texts, in several places."""
    alone, continued, example = Counter[str](), Counter[str](), dict[str, str]()
    for text in texts:
        last = _LAST_WORD.search(text)
        for match in _WORD.finditer(text):
            if last and match.start() == last.start():
                continue
            more = match["more"] or ""
            for word in _ways(match[0].removesuffix(more)):
                (continued if more else alone)[word] += 1
                if more:
                    example.setdefault(word, match[0])
    return {
        word: example[word]
        for word, count in continued.items()
        if count >= _OTHERS and not alone[word]
    }


def _faults(text: str, longer: Mapping[str, str]) -> Iterator[str]:
    """What is wrong at the end of a text.

    Args:
        longer: words that go on elsewhere.
    """
    last = _LAST_WORD.search(text)
    if last and (word := next(filter(longer.__contains__, _ways(last["word"])), None)):
        yield f"ends in {last['word'] + '.'!r}; elsewhere it goes on, {longer[word]!r}"
    said = _NAME_AND_NUMBER.search(text)
    if said and said["name"] in text[: said.start()]:
        yield f"ends in {said['end']!r}, which is no sentence"
    elif (said := _OPEN.search(text)) and len(said["end"].split()) > _OPEN_WORDS:
        yield f"ends within a sentence, {said['end'][-_SHOWN:]!r}"


def _ways(word: str) -> Iterator[str]:
    """A word, and what stands behind its last underscore: `tokenizer_config`, `_config`."""
    yield word
    _, line, end = word.rpartition("_")
    if line:
        yield line + end
