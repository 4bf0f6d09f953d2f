"""What all documents of a knowledge base are about, as the manual of a program is about the
program: the word that nearly each page says, and ordinary texts do not, or the name that it is a
part of; and the words that many titles have beside what each page is about ("Servo component").

Who asks names the first as a matter of course ("default port jellyfin"), and what names it is no
nearer to the question for that; the others are seldom asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from entrywise.data.entries import Entry
from entrywise.data.words import content_words, plain_words, singular

_FEWEST = 10
"""Pages: of fewer each word of the field is in most."""
_LOOKED_AT = 500
"""Pages, evenly taken, however many there are."""
_SHARE = 0.6
"""Of the pages that say it. The names of thirteen programs and companies have 0.69 to 1 of theirs;
of a handbook that names none, and of recipes, no rare word has it."""
_SHARE_OF_TITLED = 0.5
"""Of the pages that say a word that the title of the knowledge base has: 0.55 say "Redis" where it
is called so."""
_SHORTEST = 4
"""Letters of such a word that another may end with."""
_RARE = 5_000
"""Rank among the words of the language by frequency from which on a word is no usual one."""
_FORMS = 0.05
"""Of the pages that say it, how many may have it in the other number: a name has one, but 0.09 and
more have "files", "defaults" and "servers" beside what is on most pages of a manual."""
_TITLES = 0.5
"""Of the pages' titles: where more have it ("npm install"), it tells what is asked about."""
_WHOLE = 0.8
"""Of the pages that say a word, how many say a name that it is a part of where that is meant: 0.87
to 1 of three programs; 0.79 say "Couchbase Server", and at most 0.77 some usual word beside it."""
_MANY, _SHARE_OF_TITLES = 5, 0.03
"""Titles that begin or end with a word, at least, and their share of all. Of 382 such titles of
eight documentations, asked without the word, 0.90 are found first, 0.82 where it has to be asked
for."""


def title_words(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The words that many titles of documents begin or end with, in lower case and in order, with
    those that nearly always stand beside them, as in "Oar fact sheet" and "Sail fact sheet"."""
    pages = [one for one in _sample(entries) if one.is_document]
    titles = [words for page in pages if len(words := plain_words(page.name)) > 1]
    count = Counter(word for words in titles for word in {words[0], words[-1]})
    least = max(_MANY, _SHARE_OF_TITLES * len(pages))
    found = {word for word, times in count.items() if times >= least}
    beside = {*_beside(titles, found, least)}
    beside.update(_beside([title[::-1] for title in titles], found, least))
    return tuple(sorted(found | beside))


def _beside(titles: Iterable[Sequence[str]], first: Collection[str], least: float) -> Iterator[str]:
    """The words that follow those which many titles begin with nearly always.

    Args:
        least: as many titles, at least, begin with both.
    """
    beginning: dict[str, list[Sequence[str]]] = {}
    for title in titles:
        if title[0] in first:
            beginning.setdefault(title[0], []).append(title[1:])
    for rests in beginning.values():
        while rests := [rest for rest in rests if rest]:
            [(word, times)] = Counter(rest[0] for rest in rests).most_common(1)
            if times < max(least, _WHOLE * len(rests)):
                break
            yield word
            rests = [rest[1:] for rest in rests if rest[0] == word]


def common_subject(entries: Sequence[Entry], vocabulary: Mapping[str, int], title: str = "") -> str:
    """The word or name in lower case; empty where there is none, as of terms and of few pages.

    Args:
        vocabulary: {word of the language: its rank by frequency, from 0}; without one no word is
            known to be unusual.
        title: of the knowledge base; a word of it is a name, and one that ends so ("Homebrew",
            where the folder is called "brew").
    """
    if not vocabulary or len(entries) < _FEWEST:
        return ""
    pages = [one for one in _sample(entries) if one.is_document]
    said = Counter(word for page in pages for word in _words(page))
    of_both = Counter[str]()
    for word, count in said.items():
        of_both[singular(word)] += count
    called = content_words(title)
    ends = tuple(one for one in called if len(one) >= _SHORTEST)
    titled = {word for word in said if word in called or word.endswith(ends)}
    rare = {
        word: count
        for word, count in said.items()
        if count >= (_SHARE_OF_TITLED if word in titled else _SHARE) * len(pages)
        and _is_rare(word, vocabulary)
        and of_both[singular(word)] - count <= _FORMS * count
    }
    likeliest = sorted(rare, key=lambda word: (word not in titled, -rare[word], word))
    best = next((one for one in likeliest if one in titled or _is_name(one, vocabulary, pages)), "")
    subject = _whole(best, said[best], pages) if best else ""
    named = {*plain_words(subject)}
    times = sum(named.issubset(plain_words(page.name)) for page in pages)
    return subject if times <= _TITLES * len(pages) else ""


def _sample(entries: Sequence[Entry]) -> Sequence[Entry]:
    return entries[:: -(-len(entries) // _LOOKED_AT) or 1]


def _is_name(word: str, vocabulary: Mapping[str, int], pages: Sequence[Entry]) -> bool:
    """Whether a word is no word of the language, or has a capital in the middle of sentences, as
    "Rust" has and "optional" has not."""
    if word not in vocabulary:
        return True
    within = re.compile(rf"(?<=[a-z,] ){re.escape(word)}(?!\w)", re.IGNORECASE)
    found: list[str] = [one for page in pages for one in within.findall(_text(page))]
    return 2 * sum(one[0].isupper() for one in found) > len(found)


def _whole(word: str, count: int, pages: Sequence[Entry]) -> str:
    """The name that a word is mostly a part of, as "pi" is of "Pi-hole" and "fluent" of "Fluent
    Bit", else the word.

    Args:
        count: of the pages that say the word.
    """
    name = word
    for wider in (r"(?:\w+[-.])*{}(?:[-.]\w+)*", r"{} \w+"):
        part = re.compile(rf"(?<![\w./-]){wider.format(re.escape(name))}(?![\w/-]|\.\w)")
        said = Counter(one for page in pages for one in {*part.findall(_text(page).lower())})
        found, times = max(sorted(said.items()), key=lambda one: one[1], default=("", 0))
        is_name = [*content_words(found)] == plain_words(found)
        name = found if is_name and times >= _WHOLE * count else name
    return name


@cache
def naming(subject: str) -> re.Pattern[str]:
    """Finds a subject as a word of its own, no part of a path or of another name."""
    return re.compile(rf"(?<![\w./-]){re.escape(subject)}(?![\w/-]|\.\w)", re.IGNORECASE)


def _words(page: Entry) -> set[str]:
    return {*content_words(_text(page))}


def _text(page: Entry) -> str:
    blocks = (block for section in page.sections for block in section.blocks)
    return " ".join(one.plain for one in blocks if one.kind != "code")


def _is_rare(word: str, vocabulary: Mapping[str, int]) -> bool:
    return len(word) > 1 and word.isalpha() and vocabulary.get(word, _RARE) >= _RARE
