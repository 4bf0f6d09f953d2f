"""Detects the encoding of a text: UTF-8, what a byte order mark says, or what is likeliest.

"Caf\\xe9"  ─▶  "Café", and Unread("menu.txt", "is no UTF-8; read as cp1252 …", "warning")

A text in Latin letters is in the encoding in which its letters beyond ASCII are those of one
language, and stand where letters do: Windows' of Western Europe, unless another fits clearly
better. What is told by no alphabet is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_bytes
from entrywise.data.words import composed

EXTRA = "pip install 'entrywise[documents]'"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LIKELIEST = "cp1252"
_MEANT = {"iso8859-1": _LIKELIEST, "ascii": _LIKELIEST}
"""What is meant by names of encodings, as browsers know (https://encoding.spec.whatwg.org)."""
_WESTERN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßé",  # German
    "áéíñóúü",  # Spanish
    "àèéìíîòóùú",  # Italian
    "ãõáéíóúâêôàçü",  # Portuguese
    "åäöæøé",  # Danish, Finnish, Norwegian, Swedish
    "áðéíóúýþæö",  # Icelandic
    "ëéïöüèêáó",  # Dutch
    "àçèéíïòóúü",  # Catalan
)
_CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîşţ",  # Romanian
    "čćđšž",  # Croatian, Slovenian
)
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")  # Lithuanian, Latvian, Estonian
_ALPHABETS = {
    _LIKELIEST: _WESTERN,
    "cp1250": _CENTRAL,
    "cp1254": ("çğıİöşüâîû",),  # Turkish
    "cp1257": _BALTIC,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "iso8859_2": _CENTRAL,
    "cp852": _CENTRAL,
}
"""Letters beyond ASCII of languages, by the encodings that texts in them have, the likeliest
first."""
_CLEARLY, _FITS = 0.05, 0.8
"""The share of such letters by which another encoding fits better before it is taken, and that
which one fits at least. A Hungarian text read as a Portuguese one fits by 0.9, an Arabic one as
French of a Macintosh by 0.71."""
_LETTER = r"[^\W\d_µªº¹²³¼½¾ƒˆ]"
_MISPLACED = re.compile(
    # A sign within a word, a capital behind a small letter, or a word of nothing else.
    rf"(?<={_LETTER})[^\x00-\x7f\xa0\xad·–—‘’…](?<!{_LETTER})(?={_LETTER})"
    rf"|(?<=[a-zß-ÿ])(?![ß-ÿ])[À-Þ]|(?:(?![\x00-\x7f]){_LETTER}){{3,}}"
)
_USUAL = (
    "cp1252 cp1251 koi8_r cp866 cp1253 cp1255 cp1256 cp1258 cp874 cp932 euc_jp gb18030 big5 cp949 "
    "cp1250 cp1254 cp1257 cp850 cp852 mac_roman"
).split()
"""What texts that people have may be in: no mainframe's encoding, none of a script's variants."""
_SAMPLE = 2**18
"""Bytes from which an encoding is guessed: guessing from 50 MB would take minutes."""


def read_any_text(path: Path) -> tuple[str, tuple[Unread, ...]]:
    """The text of a file; see `decoded`.

    Raises:
        KnowledgeBaseError: it cannot be opened, is too large, or is no text.
    """
    return decoded(read_bytes(path), str(path))


def decoded(data: bytes, where: str, named: Iterable[str] = ()) -> tuple[str, tuple[Unread, ...]]:
    """The text of bytes, lines ending in `\\n`; where its encoding was guessed, a warning of it.

    Args:
        where: what the bytes are of, for messages.
        named: the encodings that it is said to be in, the first that is right is taken; empty ones
            say nothing.

    Raises:
        KnowledgeBaseError: it is no text.
    """
    text = _marked(data, where)
    if text is None:
        text = next(filter(None, (_in_named(data, name) for name in named if name)), None)
    guessed: tuple[Unread, ...] = ()
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            encoding = _guess(data, error.start, where)
            # A cut sample may not tell of a character that the encoding has not.
            text = data.decode(encoding, errors="replace")
            reason = f"is no UTF-8; read as {encoding}, which was guessed: save it as UTF-8"
            guessed = (Unread(where, reason, "warning"),)
    if "\0" in text:
        raise KnowledgeBaseError(f"{where}: holds NUL bytes, so it is no text; save it as UTF-8")
    return composed(text.replace("\r\n", "\n").replace("\r", "\n")), guessed


def charset_of_html(data: bytes) -> str:
    """The encoding that a page of HTML names in its first bytes; empty where it names none.

    >>> charset_of_html(b'<meta charset="koi8-r">')
    'koi8-r'
    """
    found = _CHARSET.search(data[:1024])
    return found[1].decode("ascii") if found else ""


def missing_package(where: object, error: ImportError) -> KnowledgeBaseError:
    """What to say where a source needs a package of the extra `documents`."""
    return KnowledgeBaseError(f"{where}: needs the package {error.name!r}; {EXTRA}")


def _marked(data: bytes, where: str) -> str | None:
    """The text of bytes that begin with a byte order mark; None of others."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                message = f"{where}: byte {error.start} is no {encoding.upper()}; save it as UTF-8"
                raise KnowledgeBaseError(message) from error
    return None


def _in_named(data: bytes, name: str) -> str | None:
    """The text of bytes in an encoding; None where it is in another, or of no such name."""
    try:
        encoding = codecs.lookup(name).name
        return data.decode(_MEANT.get(encoding, encoding))
    except (LookupError, ValueError):
        return None


def _guess(data: bytes, wrong: int, where: str) -> str:
    if b"\0" in data:
        raise KnowledgeBaseError(f"{where}: holds NUL bytes, so it is no text; save it as UTF-8")
    # What is no UTF-8 tells most.
    start = max(0, wrong - _SAMPLE // 2)
    sample = data[start : start + _SAMPLE]
    if told := _told_by_letters(sample):
        return told
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        message = f"{where}: byte {wrong} is no UTF-8; save the file as UTF-8, or {EXTRA}"
        raise KnowledgeBaseError(message) from error
    best = from_bytes(sample, cp_isolation=[*_USUAL]).best() or from_bytes(sample).best()
    if best is None:
        raise KnowledgeBaseError(f"{where}: is no text in any known encoding; save it as UTF-8")
    return best.encoding


def _told_by_letters(sample: bytes) -> str:
    """The encoding in which a text in Latin letters fits a language; empty where none does.

    >>> _told_by_letters("It’s £20".encode("cp1252")), _told_by_letters("iş, açık".encode("cp1254"))
    ('cp1252', 'cp1254')
    """
    fits = {encoding: _fit(sample, encoding) for encoding in _ALPHABETS}
    best = max(fits, key=lambda encoding: fits[encoding])
    if fits[_LIKELIEST] >= fits[best] - _CLEARLY:
        best = _LIKELIEST
    return best if fits[best] >= _FITS else ""


def _fit(sample: bytes, encoding: str) -> float:
    """The share of letters beyond ASCII, and of signs within words, that are as they should be:
    letters of the one language that has most of them. 0 where the encoding has not all bytes; names
    from many countries may stand in one of Western Europe."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    misplaced = sum(len(found.group()) for found in _MISPLACED.finditer(text))
    counts = Counter(re.findall(rf"(?![\x00-\x7f]){_LETTER}", _MISPLACED.sub(" ", text)))
    total = counts.total() + misplaced
    if not total:
        return 1.0
    known = (
        sum(count for one, count in counts.items() if one in letters or one.lower() in letters)
        for letters in _ALPHABETS[encoding]
    )
    fit = max(known) / total
    return max(fit, _FITS) if encoding == _LIKELIEST and not misplaced else fit
