"""Languages: which one a text is in, and what follows for cutting it into words.

>>> primary("de-AT"), is_unspaced("残業")
('de', True)

Told by py3langid (Lui and Baldwin, "langid.py: An off-the-shelf language identification tool",
2012), a naive Bayes classifier over byte n-grams, for 97 languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from threading import Lock
from typing import Any

DEFAULT = "en"

_loading = Lock()

UNSPACED = (
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff"
    "\\u2e80-\\u303f\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff"
)
"""The letters of scripts that are written without spaces between words, for a class of a regular
expression: Thai and Lao, Burmese, Khmer, Kana, Han. Korean has spaces."""
MARKS = (
    "\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670"
    "\\u06d6-\\u06ed\\u0900-\\u0963\\u0966-\\u0df3\\u0e31-\\u0e4e\\u0eb1-\\u0ece"
    "\\u0f71-\\u0f84\\u0f8d-\\u0fbc\\u102b-\\u1049\\u1780-\\u17d3\\u3099\\u309a"
)
"""The marks that belong to the letter before them, with the letters that stand among them:
accents, vowels and tones."""
QUESTION_MARKS = ("?", "？", "؟")
"""What a question ends with: in most scripts, in those of full width, in Arabic's."""
COLONS = (":", "：")
REFERS_BACK = (
    r"[^\w]*(?:that|they|it|its|both|after that|for (?:example|instance)|"
    r"however|similarly|likewise|instead|otherwise|then|also|alternatively|as a result|therefore|"
    r"thus|but|or|and|specifically|in (?:that|contrast|addition|particular|other words)|"
    r"(?:\w+\W+){0,4}(?:this|these|those|such|"
    r"dies(?:e[mnrs]?)?|jene[mnrs]?|solche[mnrs]?)|"
    r"beide[ns]?|da(?:nach|nn|zu|bei|durch|mit|für|von|gegen|her)|deshalb|deswegen|zum beispiel|"
    r"jedoch|allerdings|ebenso|stattdessen|sonst|andernfalls|ansonsten|außerdem|zudem|auch|aber|"
    r"oder|und)\b"
)
"""What begins so goes on with what stands before it ("After that", "If these conventions do not",
"Danach"), for a regular expression, in any case. English and German, where "sie", "es" and "das"
open too many sentences of their own."""
# Compiled by `re` when it is first needed.
_UNSPACED = f"[{UNSPACED}]"
_LATIN = re.compile("[A-Za-zÀ-ɏ]")

# Of 1,943 questions in English none is told to be in another language with this probability.
_SURE = 0.9
_NAMES_AND_CODE = 0.8
"""Of the letters of a text in another script: of 18 pages in Chinese 0.41 to 0.76 are Latin."""
# Texts of an index's knowledge base that are looked at, and their characters: enough to be sure.
_SAMPLED, _CHARACTERS = 200, 4_000
# What is shorter is names and numbers more often than a language.
_SHORTEST = 60


def primary(tag: str) -> str:
    """The language of a tag: `de` of `de-AT`."""
    return re.split("[-_]", tag.lower(), maxsplit=1)[0]


def is_english(tag: str) -> bool:
    """Whether a language is English."""
    return primary(tag) == DEFAULT


def spoken(texts: Iterable[str]) -> str:
    """The language that texts are in, as a tag; English where that cannot be told."""
    sample = " ".join(islice(texts, _SAMPLED))[:_CHARACTERS]
    return (language_of(sample) if len(sample) >= _SHORTEST else None) or DEFAULT


def language_of(text: str) -> str | None:
    """The language of a text, as a tag; None where it is not sure. Other scripts than Latin have
    few languages each: there a guess is enough, though names and code are in Latin letters."""
    letters = [*filter(str.isalpha, text)]
    if not letters:
        return None
    language, probability = _identifier().classify(text)
    latin = sum(map(bool, map(_LATIN.match, letters)))
    is_sure = probability > _SURE or latin <= _NAMES_AND_CODE * len(letters)
    return str(language) if is_sure else None


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script without spaces."""
    return not text.isascii() and re.search(_UNSPACED, text) is not None


def is_language(tag: str) -> bool:
    """Whether a tag is that of a language that is known here.

    >>> is_language("pt-br"), is_language("gz")
    (True, False)
    """
    return primary(tag) in _NAMES


def language_name(tag: str) -> str:
    """What a language is called in English; the tag where that is not known here.

    >>> language_name("de-AT"), language_name("mt")
    ('German', '“mt”')
    """
    return _NAMES.get(primary(tag), f"“{tag}”")


_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "kn": "Kannada", "ko": "Korean", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def _identifier() -> Any:
    """The classifier, which is loaded once: threads that want it at the same time wait for it."""
    with _loading:
        return _load()


@cache
def _load() -> Any:
    """It takes 0.7 s and 60 MB, so it is loaded when it is first needed."""
    from py3langid.langid import LanguageIdentifier

    return LanguageIdentifier.from_model_file("data/model.npz.xz", norm_probs=True)
