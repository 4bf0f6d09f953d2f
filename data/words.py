"""Words: how texts are cut into them, and what two spellings have in common.

All packages share one list of stop words, one rule for plurals and one for the spellings of a name.
What stands beside them does so for a reason:

    names       `joined` tells whether two spellings are one name. What a name is looked up by
                (`name_key`) keeps apart what `joined` makes one: "-it" is not "it". It is read with
                its place in a text, so that nothing is folded that changes lengths. The filter of
                `/browse` takes letters as they are typed, as its script does.
    plurals     `singular` is for words of any kind, and too careful for "GPUs" and "T4s": where
                only acronyms or versions stand, every s is taken away.
    stems       SQLite's FTS5 has Porter's within its files, and weights were fitted with it; words
                of other languages have Snowball's (`index/words/stems.py`), and so have claims that
                are held against quotes (`rag/llm/checks/words.py`), where a wrong stem lets a lie
                pass: it takes 60 ms to read them, which no question in English waits for. Both make
                one of
                "optimizer" and "optimal", which is too much for names. Labels of categories, a word
                or two, and sentences that say a question's words are known by the beginnings of
                words (`beginning`), which cost next to nothing.
    stop words  `STOP_WORDS` say nothing wherever they stand. Others are added where more says
                nothing: words that ask (`rag/understand/detail.py`), that any claim may have
                (`rag/llm/checks/words.py`), that lead to a number (`data/checks/quantities.py`).
                None of these is for all: "explain" asks, and a claim that has it claims something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from entrywise.data.languages import MARKS, UNSPACED, is_unspaced

# Lucene's English stop words: they cost most of the time of a search and move no result.
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)

VERSUS = r"(?:versus|vs|v/s|v\.s)\.?|(?-i:v)\.(?=\s(?!\d))"
"""The spellings of "versus", a regular expression without groups, to stand between places where no
letter is. "V. 2" is a version, and a capital the end of a sentence."""

# "3.1.1" is a word, and neither 3 nor 1.
_VERSION = r"(?<!\w)\d+(?:\.\d+)+(?!\w)"
_WORD = re.compile(rf"{_VERSION}|\w+")
# A word of a name: letters and digits with the signs that hold names together. A leading hyphen
# belongs to it: the tag `-it` is not the word "it".
_LATIN_NAME_WORD = re.compile(
    r"(?:(?<![\w-])-(?=[A-Za-z0-9]))?[A-Za-z0-9À-ɏ+#]+(?:[.'’][A-Za-z0-9+#]+)*"
)
# Letters and digits, and what tells C++ from C.
_PLAIN_NAME_WORD = re.compile(r"[^\W_]+[+#]*")

# Those of other letters take 10 ms to compile: `re` does, and remembers, what is first needed.
# Where words are not written apart, each letter is one; of any other script, letters in a row.
_NAME_WORD = (
    rf"{_LATIN_NAME_WORD.pattern}|"
    rf"[{UNSPACED}]|(?:[^\W\d_A-Za-zÀ-ɏ{UNSPACED}][{MARKS}]*)+"
)
# Marks are no letters to `re`, but belong to one.
_MARKED_WORD = rf"{_VERSION}|[\w{MARKS}]+"
# What is written without spaces, and what stands between: "VPN接続" has both.
_RUN = f"(?:(?=[{UNSPACED}])[\\w{MARKS}])+|(?:(?![{UNSPACED}])\\w)+"
_LETTER = f"(?s:.)(?:(?=[^\\w])[{MARKS}])*"
# Han and Kana; before them are the scripts of Thai, Lao, Burmese and Khmer.
_IDEOGRAPHIC = "[\u2e80-\uffff]"
# Endings and what stands between words, never alone a word that is looked for.
_KANA = "[\u3041-\u309f\u30fc]+"
# A letter with its marks behind it, where one character is both: of Latin letters, kana, Hangul.
_DECOMPOSED = "[^\\W\\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}"
# A pasted list of texts would make a slow pattern.
_MOST = 64
_BEGINNING = 5
_SHORTEST_STEM = 4
_ENDING = 3


def composed(text: str) -> str:
    """A text whose letters are one character each with their marks (NFC), as nearly all texts are;
    files and clipboards of macOS have others. Nothing else is changed.

    >>> composed("U\u0308bung") == "Übung"
    True
    """
    if text.isascii() or not re.search(_DECOMPOSED, text):
        return text
    # Here, as few texts need it.
    from unicodedata import normalize

    return re.sub(_DECOMPOSED, lambda letters: normalize("NFC", letters[0]), text)


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, in order.

    >>> plain_words("Bake it: 2 eggs, see 3.1.1!")
    ['bake', 'it', '2', 'eggs', 'see', '3.1.1']

    Where words are not written apart, every two letters that stand next to each other are one: most
    words have two, and longer ones are known by theirs.

    >>> plain_words("VPN接続の設定")
    ['vpn', '接続', '続の', 'の設', '設定']
    """
    lower = text.lower()
    if lower.isascii():
        return _WORD.findall(lower)
    return [
        lower[start:end] for word in re.finditer(_MARKED_WORD, lower) for start, end in cut(word)
    ]


def cut(word: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a run of letters stand in its text: (start, end), one unless some letters
    are of a script without spaces."""
    if not is_unspaced(word[0]):
        yield word.span()
        return
    for run in re.compile(_RUN).finditer(word.string, *word.span()):
        letters = (
            [*re.compile(_LETTER).finditer(run.string, *run.span())] if is_unspaced(run[0]) else []
        )
        yield from (
            ((one.start(), other.end()) for one, other in pairwise(letters))
            if len(letters) > 1
            else (run.span(),)
        )


def spread(text: str) -> str:
    """A text whose words can be told apart: as it is, but for runs of letters of scripts without
    spaces, which have those of `plain_words`."""
    if not is_unspaced(text):
        return text
    return re.sub(_MARKED_WORD, _apart, text)


def _apart(word: re.Match[str]) -> str:
    return " ".join(word.string[start:end] for start, end in cut(word))


def is_idle(word: str) -> bool:
    """Whether a word in lower case says nothing wherever it stands: a stop word, or Hiragana alone,
    which are endings more often than words."""
    return word in STOP_WORDS or (not word.isascii() and re.fullmatch(_KANA, word) is not None)


def word_count(text: str) -> int:
    """How many words a text has for whoever reads it: what stands between blanks. Where words are
    not written apart, two letters are about one, of scripts with signs for sounds four.

    >>> word_count("at 10:30 – sharp"), word_count("残業は月45時間まで。")
    (4, 5)
    """
    if text.isascii() or not is_unspaced(text):
        return len(text.split())
    return sum(map(_size, re.findall(_RUN, text)))


def _size(run: str) -> int:
    if not is_unspaced(run):
        return 1
    per_word = 2 if re.match(_IDEOGRAPHIC, run) else 4
    return -(-len(re.findall(_LETTER, run)) // per_word)


def content_words(text: str) -> list[str]:
    """The distinct words of a text in lower case, in order, without stop words; with them where it
    has no others."""
    distinct = dict.fromkeys(plain_words(text))
    return [word for word in distinct if not is_idle(word)] or list(distinct)


class Word(NamedTuple):
    """A word of a text, `text[start:end]` (characters, end exclusive), and what it is looked up
    by."""

    key: str
    start: int
    end: int


def name_words(text: str) -> list[Word]:
    """The words of a text that may be in a name, in its order, with the keys of singulars.

    An index keeps names by these keys: who changes them raises `layout.FORMAT_VERSION`.
    """
    pattern = _LATIN_NAME_WORD if text.isascii() else re.compile(_NAME_WORD)
    return [Word(singular(m[0].lower()), m.start(), m.end()) for m in pattern.finditer(text)]


def name_key(name: str) -> str:
    """What a name is looked up by; empty where nothing of it is a letter or a digit.

    >>> name_key("Adapters, K-Quants"), name_key("-it"), name_key("绿茶")
    ('adapter k quant', '-it', '绿 茶')
    """
    return " ".join([word.key for word in name_words(name)])


def singular(word: str) -> str:
    """The singular of a word in lower case, roughly.

    >>> [singular(word) for word in ("adapters", "k-quants", "chef's", "glass", "basis")]
    ['adapter', 'k-quant', 'chef', 'glass', 'basis']
    """
    if not word.endswith("s"):
        return word
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def folded(name: str) -> str:
    """A name without what its spellings differ in but for spaces, which are single.

    >>> folded("De-BERTa_v3 "), folded("C++"), folded("Ｃrème-Brûlée")
    ('de berta v3', 'c++', 'crème brûlée')
    """
    if not name.isascii():
        # Here, as few names need it.
        from unicodedata import normalize

        name = normalize("NFKC", name)
    return " ".join(_PLAIN_NAME_WORD.findall(name.casefold()))


def joined(name: str) -> str:
    """The same without spaces: how names are compared.

    >>> joined("De-BERTa v3") == joined("deberta-V3")
    True
    """
    return folded(name).replace(" ", "")


def shape(text: str) -> str:
    """A text with all its letters in ASCII: "A" for a capital, "a" for any other, "0" for a digit,
    so that a pattern for English knows how words of any alphabet are written.

    >>> shape("ÖPNV in Köln, с 9"), shape("GQA")
    ('AAAA aa Aaaa, a 0', 'GQA')
    """
    return text if text.isascii() else "".join(map(_shape_of, text))


def _shape_of(sign: str) -> str:
    if sign.isalpha():
        return "A" if sign.isupper() else "a"
    return "0" if sign.isdecimal() else sign


def beginning(word: str) -> str:
    """Enough letters of a word to know other forms of it: "retrieves", "Retrieval"."""
    return word[:_BEGINNING]


def is_said(word: str, said: Collection[str], form: Callable[[str], str] = singular) -> bool:
    """Whether a word, or another form of it, is among words in lower case.

    Args:
        form: what was made of each of these, English singulars or the stems of a language
            (`WordIndex.form`).

    >>> is_said("applies", {"apply"}), is_said("paid", {"salary"})
    (True, False)
    """
    word = form(word)
    if word in said:
        return True
    stem = word[: max(_SHORTEST_STEM, len(word) - _ENDING)]
    return len(word) > _SHORTEST_STEM and any(
        other.startswith(stem) and abs(len(other) - len(word)) <= _ENDING for other in said
    )


def exactly(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds texts to the letter, as words of their own, in any case; nothing without
    any: "M8" is neither in "M80" nor in "xM8".

    The first 64 different texts are found, the longest at each place.
    """
    different = list(dict.fromkeys(text.lower() for text in texts))[:_MOST]
    longest_first = sorted(different, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in order, from the same first letter on.

    Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", 2003.
    """
    letters = iter(long.lower())
    wanted = re.sub(r"[\W\d]", "", short.lower())
    same_start = bool(wanted) and long[:1].lower() == wanted[0]
    return same_start and len(short) < len(long) and all(letter in letters for letter in wanted)
