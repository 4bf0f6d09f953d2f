"""Identifiers: names that programs have, and nothing else, as `LOG_LEVEL` and `--dry-run`.

An option means nothing by a word of its own: "--one-file-system" is not about one file, nor
"--frozen" about what is frozen. It is looked for as one; where no text has it, that tells more than
that texts have each of its words. Other names may be the asker's own: how `my_script.py` is run is
told without it.

What a reference has below a name ("handle_retry(self, exc)", "Handle any task run retries.") says
the very words of "how do I retry a task", and tells nobody how. Where a question names nothing that
a program does, guides come before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from entrywise.data.entries import Entry, Section
from entrywise.data.words import plain_words
from entrywise.index.index import Index
from entrywise.rag.find.candidates import SectionHit, behind

_IDENTIFIER = re.compile(r"(?:--)?\w*(?:_|\b[a-z][a-z\d]*(?=[A-Z]))[\w.-]*(?:\(\))?|--\w[\w-]*")
"""`LOG_LEVEL`, `preHandler`, `--dry-run`, `add_to()`, but not PyPI and uv.lock, which much is
about: what has "package.json" is no more likely to answer, and near misses have it, too."""
_NUMBER = re.compile(r"(?<![\w-])(?:[^\W\d_]{2,}(?:-[^\W_]+)*-\d[\w.-]*|[A-Z]{1,4}\d{3,})(?![\w-])")
"""What things are called that are counted: `ORA-00942`, `KT-1001`, `P0420`."""
_OPTION = re.compile(r"(?<![\w-])--\w[\w-]*")
_LETTER = re.compile(
    r"(?:(?<![^\s,/|])|(?<=[\s,/|]-))[^\W_](?=\s*[,/|])|(?<=[,/|])[^\W_](?![^\s,/|])"
)
# Of 24 answers from Prefect's documentation, half of which is a reference, 20 instead of 12 begin
# with a guide; of 748 others two differ, and as much is shown.
_REFERENCE = 0.12
"""What is taken from a section of a reference."""
_WITHIN = re.compile("[a-z][A-Z]")
_SIGNATURE = 300
"""Characters of a line of code that may be one."""
_NEXT = 5
"""Sections behind one that are looked at: a class, which has no such line, has its methods below it
or other classes beside it."""
_MOST, _LONGEST = 64, 100
"""Words of a text that are looked through, and characters of each: to look for the marks of one in
more takes the square of their number."""


def has_identifier(text: str) -> bool:
    """Whether one of the first words of a text is, or has, an identifier."""
    words = [word[:_LONGEST] for word in text.split()[:_MOST]]
    return any(_IDENTIFIER.search(word) or _NUMBER.search(word) for word in words)


def is_alternative(heading: str, words: Iterable[str]) -> bool:
    """Whether one of several names that a heading has for the same is a letter that is among words:
    nobody asks by all of them.

    >>> is_alternative("R|redirect", ["R", "flag"]), is_alternative("-r, --raw", ["R", "flag"])
    (True, False)
    """
    names = {name for name in _LETTER.findall(heading[:_LONGEST]) if name != heading}
    return not names.isdisjoint(words)


def is_identifier(text: str) -> bool:
    """Whether a text is an identifier.

    >>> is_identifier("LOG_LEVEL"), is_identifier("ORA-00942"), is_identifier("Log level")
    (True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    return any(form.fullmatch(text) is not None for form in (_IDENTIFIER, _NUMBER))


def options(text: str) -> list[str]:
    """The distinct options that a text names, the first ones, in order.

    >>> options("What does --one-file-system do, with --quiet and LOG_LEVEL?")
    ['--one-file-system', '--quiet']
    """
    return list(dict.fromkeys(match.group() for match in islice(_OPTION.finditer(text), _MOST)))


def one_word_options(names: Iterable[str]) -> list[str]:
    """The options of a single word, as `--frozen`, which the word index does not tell from the
    word."""
    return [name for name in names if len(plain_words(name)) == 1]


def has_option(text: str, name: str) -> bool:
    """Whether a text has an option as it is written, or its words next to each other; a word alone
    where that is all of a line, as of a heading.

    >>> has_option("With `--frozen` it is.", "--frozen"), has_option("It is frozen.", "--frozen")
    (True, False)
    """
    words = plain_words(name)
    if len(words) == 1:
        word = re.escape(words[0])
        wanted = rf"(?<![\w-]){re.escape(name)}(?![\w-])|^[^\w\n]*{word}[^\w\n]*$"
        return re.search(wanted, text, re.IGNORECASE | re.MULTILINE) is not None
    said = plain_words(text)
    return any(said[start : start + len(words)] == words for start in range(len(said)))


def has_options(names: Iterable[str], unit: int, index: Index) -> bool:
    """Whether a section, or a heading above it, has all of some options."""
    entry, section = index.units[unit].tolist()
    own = index.entries[entry].sections[section]
    text = "\n".join((*own.path, own.text))
    return all(has_option(text, name) for name in names)


def guides_first(hits: Sequence[SectionHit], question: str, index: Index) -> list[SectionHit]:
    """Sections with lower scores for those that only document a name, unless the question has an
    identifier, or is one word or the name of such a section itself."""
    if has_identifier(question) or len(question.split()) == 1:
        return [*hits]
    asked = " ".join(plain_words(question.lower()))
    pages = index.entries
    return behind(
        hits, [documents_a_name(pages[hit.entry], hit.section, asked) for hit in hits], _REFERENCE
    )


def documents_a_name(page: Entry, number: int, asked: str) -> bool:
    """Whether a section documents what a program calls something, or most of those do that come
    next below the same heading; not one whose name is asked, of several words or written as no
    other word is (`TaskRunner`).

    Args:
        asked: the words of a question, in lower case, parted by blanks.
    """
    sections = page.sections
    name = _name(page, sections[number])
    words = plain_words(name.lower())
    is_telling = len(words) > 1 or _WITHIN.search(name) is not None
    if is_telling and f" {' '.join(words)} " in f" {asked} ":
        return False
    if _begins_with_name(page, sections[number]):
        return True
    above = sections[number].path[:-1]
    after = sections[number + 1 : number + 1 + _NEXT]
    beside = [_begins_with_name(page, one) for one in after if one.path[: len(above)] == above]
    return sum(beside) > max(len(beside) / 2, 1)


def _begins_with_name(page: Entry, section: Section) -> bool:
    """Whether a section begins with code that is what it is called, with how that is written:
    `serve(self, name)`, `async def serve(…)`, `boat row [OPTIONS]`."""
    first = section.blocks[0] if section.blocks else None
    name = _name(page, section)[:_LONGEST]
    if not name or first is None or first.kind != "code":
        return False
    line = first.plain.lstrip()[:_SIGNATURE].partition("\n")[0]
    written = rf"(?:\$ )?(?:\w+ ){{0,2}}{re.escape(name)}\s*(?:[(\[<{{]|--|$)"
    return re.match(written, line, re.IGNORECASE) is not None


def _name(page: Entry, section: Section) -> str:
    return (section.path[-1] if section.path else page.name).strip("`")
