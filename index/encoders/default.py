"""The encoder that comes with Entrywise, by name and hash: a start need not read its files."""

from __future__ import annotations

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "188a083c99b2cef50ca498897488866a930f1812af485003767dc5a538726c2f"
"""SHA-256 of its graph, weights and tokenizer, in `onnx/shipped/`."""
_LANGUAGE = "en"


def of_other_language(encoder: str, language: str) -> str:
    """What to know of an index whose texts are in a language, as a tag, that its encoder was not
    trained on, and what to do; empty where nothing is known of the encoder, or it was.

    >>> of_other_language(DEFAULT_MODEL, "en-GB"), of_other_language("other", "de")
    ('', '')
    """
    # Here, as a start reads no more of this module than a name and a hash.
    from entrywise.data.languages import language_name, primary

    if encoder != DEFAULT_MODEL or primary(language) in ("", _LANGUAGE):
        return ""
    return (
        f"its texts are in {language_name(language)}, and {encoder} was trained on English: expect "
        "answers that are beside the point, or build with a multilingual --model (docs/models.md)"
    )
