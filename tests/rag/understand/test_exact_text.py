from __future__ import annotations

import pytest

from entrywise.rag.understand.exact_text import exactly


@pytest.mark.parametrize(
    ("texts", "text", "found"),
    [
        (["Q4_K_M"], "q4_k_m, not Q4_K_M_L", ["q4_k_m"]),
        (["gpt", "gpt-oss"], "gpt-oss and GPT", ["gpt-oss", "GPT"]),
        (["v0.2"], "v0.2 is not v042", ["v0.2"]),
        (["c++"], "C++", ["C++"]),
        ([], "nothing", []),
    ],
)
def test_a_text_is_found_as_a_word_of_its_own(
    texts: list[str], text: str, found: list[str]
) -> None:
    assert exactly(texts).findall(text) == found


def test_the_first_64_different_texts_are_found() -> None:
    pattern = exactly(f"part{number // 2}" for number in range(1_000))
    assert pattern.findall("part0 part63 part64") == ["part0", "part63"]
