from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from entrywise.data import languages


def test_threads_that_ask_at_the_same_time_load_one_classifier() -> None:
    """Each would take most of a second, and memory that is not given back."""
    languages._load.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: id(languages._identifier()), range(4)))
    assert len(set(told)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("所有的執行檔皆支援 SQLite, MySQL and PostgreSQL，且所有檔案都已經包在執行檔內。", {"zh"}),
        ("Установите Python командой `apt-get install python3` и запустите его.", {"ru"}),
        ("What is the α of LoRA, and what are μ and σ?", {None, "en"}),
        ("Call it 注意 in English texts that are for readers of both languages", {None, "en"}),
    ],
)
def test_names_and_code_between_words_of_another_script_do_not_hide_it(
    text: str, told: set[str | None]
) -> None:
    assert languages.language_of(text) in told
