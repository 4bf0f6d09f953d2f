from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from entrywise.data import languages


def test_threads_that_ask_at_the_same_time_load_one_classifier() -> None:
    """Each would take most of a second, and memory that is not given back."""
    languages._load.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: id(languages._identifier()), range(4)))
    assert len(set(told)) == 1
