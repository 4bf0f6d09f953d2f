"""What a claim has that is no prose, and its quotes do not have: an address, a command, code.

No list tells what an address is: whatever is not shaped like words and numbers has to stand in the
quotes to the letter. "evil.com", "rag.py", "a@b", "--force", "x:y" and "f(" are shaped otherwise;
"e.g.", "z.B.", "K.I.", "v1.2", "16:9", "state-of-the-art" and "keys/values" are not. So a new
top-level domain needs no update, and "Node.js" holds exactly where a quote has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from entrywise.rag.llm.checks.units import EVERYDAY, Units
from entrywise.rag.llm.checks.vocabulary import Vocabulary
from entrywise.rag.llm.checks.words import FUNCTION_WORDS, alike, words

# Format characters, private ones, and those that do not exist: nobody sees them.
_UNSEEN = ("Cf", "Co", "Cn", "Cs")
# What a browser takes for a full stop in the name of a host (UTS #46), besides compatible ones.
_FULL_STOPS = str.maketrans(dict.fromkeys("。｡", "."))
# Letters of one script that look like those of another, where both stand in one word.
_LOOK_ALIKE = {"LATIN", "CYRILLIC", "GREEK"}

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)|```.+", re.DOTALL)
_APART = re.compile(r"""[\s()\[\]{}",;`=]+|\.{2,}|(?<=[^\W\d])--(?=[^\W\d])""")
_EDGES = ".:!?'’*_~"
# "<1%", "$5", "~4x", "#3", "-128".
_BEFORE_A_DIGIT = re.compile(r"\A[<>≤≥≈~±+−$€£¥#-]+(?=\.?\d)")
_PIECE = r"(?:[^\W_]|(?<=[^\W_])\.(?=\d)|(?<=\d):(?=\d)|[%°×])+"
_PLAIN = re.compile(rf"{_PIECE}(?:[-'’+&−⁄]{_PIECE})*[-+]?")
# All but the first label have one letter, and no domain ends with so few: "i.e", "z.B", "Ph.D".
_ABBREVIATION = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])+")
_HOST = re.compile(r"\d+(?:\.\d+){3,}")
_GROUPS = re.compile(r"\d+(?:-\d+)+")
# What stands alone in prose; of others only pictures do.
_SIGNS = frozenset((*".:!?'/&+=×÷−-→≈±≤≥%€£¥", "--"))
# "model(s)" is no call.
_CALL = re.compile(r"(?<![\w.])(\w[\w.]*)\((?!e?s\))")
# "evil[.]com", "a (at) b", "evil . com", and a picture.
_VEILED = re.compile(
    r"\w\s?[\[({<]\s?(?:[.:@]|dot|at)\s?[\])}>]\s?\w|\w\s\.\s\w|!\[", re.IGNORECASE
)
_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*://")
_POSSESSED = re.compile(r"['’]s\Z")
_COMPOUND = re.compile(r"-[^\W\d_]+\Z")
_SHORT = 2


def foreign_literal(
    written: str, quotes: str, vocabulary: Vocabulary, units: Units = EVERYDAY
) -> str | None:
    """What in a claim is neither prose nor in the quotes, as it is written; None if nothing is.

    Args:
        written: the claim as the LLM wrote it, with its backticks and signs that cannot be seen.
        quotes: their texts, and the names of what they speak of.
        vocabulary: the words of both.
        units: what may stand on a side of a slash: "GB/s".
    """
    if unseen := _unseen(written) - _unseen(quotes):
        return f"U+{ord(min(unseen)):04X}"
    said, given = _compatible(written), _compatible(quotes)
    return (
        _absent(_CODE_SPAN, said, given)
        or _absent(_VEILED, said, given)
        or _absent(_CALL, said, given)
        or _spelt_out(said, given)
        or _script(said, given)
        or _token(said, _Literals(given), vocabulary, units)
    )


class _Literals:
    """The tokens of quotes, and what of an address is one by itself: "a.b/c" of "https://a.b/c",
    and "a.b"."""

    def __init__(self, text: str) -> None:
        self._tokens: set[str] = set()
        for token in (*_tokens(text), *(raw.strip(_EDGES + ",;()[]") for raw in text.split())):
            bare = _SCHEME.sub("", token.lower(), count=1).rstrip("/")
            self._tokens |= {token.lower(), bare, *bare.split("/")[: 1 if "." in bare else None]}
        self._tokens.discard("")

    def have(self, token: str) -> bool:
        """Whether a token is here; "llama.cpp-based" and "llama.cpp's" are where "llama.cpp" is."""
        lower = token.lower()
        bare = _SCHEME.sub("", lower, count=1).rstrip("/")
        forms = (lower, bare, _POSSESSED.sub("", lower), _COMPOUND.sub("", lower))
        return not self._tokens.isdisjoint(forms)


def _compatible(text: str) -> str:
    """A text with plain letters for full-width, bold and circled ones."""
    return unicodedata.normalize("NFKC", text.translate(_FULL_STOPS))


def _unseen(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) in _UNSEEN}


def _tokens(text: str) -> Iterator[str]:
    """The stretches between spaces, brackets, quotation marks and commas, without the signs that
    surround them."""
    if not text.isascii():
        text = "".join(" " if _sets_apart(sign) else sign for sign in text)
    for token in _APART.split(text):
        if token:
            # "::1" is an address.
            yield token.lstrip(_EDGES.replace(":", "")).rstrip(_EDGES) or token[:1]


def _sets_apart(sign: str) -> bool:
    """Whether a sign that ASCII does not have sets words apart: a dash, a quotation mark."""
    return not sign.isascii() and sign != "’" and unicodedata.category(sign)[0] == "P"


def _absent(pattern: re.Pattern[str], said: str, given: str) -> str | None:
    """A match of a pattern that the quotes do not have as words of their own."""
    # "`Tensor`s" has "tensors" as well as "tensor".
    squeezed = f"{_squeezed(given)}\n{_squeezed(given.replace('`', ' '))}"
    for match in pattern.finditer(said):
        wanted = _squeezed(match[0])
        behind = r"(?!\w)" if wanted[-1:].isalnum() else ""
        if wanted and not re.search(rf"(?<!\w){re.escape(wanted)}{behind}", squeezed):
            return match[0].strip("` \n")
    return None


def _squeezed(text: str) -> str:
    return " ".join(text.replace("`", "").lower().split())


def _spelt_out(said: str, given: str) -> str | None:
    """ "Dot", between two words, where the quotes have no "dot" before such a word: "dot products"
    allow a "dot product", and no "dot com"."""
    stems, told = ([word.stem for word in words(text)] for text in (said, given))
    after = {behind for dot, behind in pairwise(told) if dot == "dot"}
    for dot, behind in pairwise(stems[1:]):
        is_told = any(alike(behind, one) or behind == one for one in after)
        if dot == "dot" and not is_told and not (after and behind in FUNCTION_WORDS):
            return f"dot {behind}"
    return None


def _script(said: str, given: str) -> str | None:
    """A word in a script that the quotes do not have, or in two that look alike; Greek letters
    alone are formulas everywhere."""
    if said.isascii():
        return None
    known = _scripts(given) | {"GREEK"}
    held = {word.lower() for word in given.split()}
    for word in said.split():
        scripts = _scripts(word)
        if scripts - known or (len(scripts & _LOOK_ALIKE) > 1 and word.lower() not in held):
            return word.strip(_EDGES)
    return None


def _scripts(text: str) -> set[str]:
    """The scripts of the letters of a text; the micro sign is of none."""
    letters = {sign for sign in text if sign.isalpha() and sign != "μ"}
    return {unicodedata.name(sign, "?").partition(" ")[0] for sign in letters}


def _token(said: str, literals: _Literals, vocabulary: Vocabulary, units: Units) -> str | None:
    for token in _tokens(said):
        if not (literals.have(token) or _is_plain(token, literals, vocabulary, units)):
            return token
    return None


def _is_plain(token: str, literals: _Literals, vocabulary: Vocabulary, units: Units) -> bool:
    """Whether a token is shaped like a word, a number, or several that a slash joins."""
    bare = _BEFORE_A_DIGIT.sub("", _without_marks(token))
    if bare in _SIGNS or all(unicodedata.category(sign) == "So" for sign in bare):
        return True
    if _HOST.fullmatch(bare) or _is_called(bare):
        return False
    if _is_word(bare):
        return True
    sides = bare.split("/")
    return len(sides) > 1 and all(
        _is_side(side, vocabulary, units) or ("." not in side and literals.have(side))
        for side in sides
    )


def _is_word(token: str) -> bool:
    return bool(_PLAIN.fullmatch(token) or _ABBREVIATION.fullmatch(token))


def _without_marks(token: str) -> str:
    """A token without vowel signs and accents that are written as signs of their own."""
    if token.isascii():
        return token
    return "".join(sign for sign in token if not unicodedata.category(sign).startswith("M"))


def _is_called(token: str) -> bool:
    """Whether digits in groups are no range: a telephone number, a date."""
    if not _GROUPS.fullmatch(token):
        return False
    # Not as integers: Python reads none of more than 4,300 digits.
    sizes = [(len(group), group) for group in (part.lstrip("0") for part in token.split("-"))]
    return len(sizes) > 2 or sizes[0] >= sizes[1]


def _is_side(side: str, vocabulary: Vocabulary, units: Units) -> bool:
    """Whether what stands on a side of a slash is a word of the quotes, a number or a unit."""
    return _is_word(side) and all(
        len(word.text) <= _SHORT
        or not word.tells
        or units.named(word.text) is not None
        or vocabulary.has(word)
        for word in words(side)
    )
