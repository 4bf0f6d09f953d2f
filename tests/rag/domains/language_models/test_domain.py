from __future__ import annotations

import pytest

from entrywise.rag.domains.language_models.domain import DOMAIN


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("iq-quant", "quantization"),
        ("quant-method", "quantization"),
        ("variant-code", "variant"),
        ("active-size", "active size"),
        ("bpw", "bits per weight"),
    ],
)
def test_a_kind_of_part_is_called_as_readers_call_it(kind: str, words: str) -> None:
    assert DOMAIN.decoder is not None
    assert DOMAIN.decoder.label(kind) == words
