from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from entrywise.index.memo import memo


class Table:
    """Remembers the squares of the last two numbers, and notes which it had to compute."""

    def __init__(self) -> None:
        self.computed: list[int] = []
        self.square = memo(self._square, 2)

    def _square(self, number: int) -> int:
        self.computed.append(number)
        return 100 // number and number * number


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def uncollected() -> Iterator[None]:
    """The collector of cycles does not come."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_what_was_asked_is_not_computed_again(table: Table) -> None:
    assert [table.square(number) for number in (3, 3, 4, 3)] == [9, 9, 16, 9]
    assert table.computed == [3, 4]


def test_what_was_wanted_longest_ago_is_dropped(table: Table) -> None:
    for number in (3, 4, 3, 5, 3, 4):
        table.square(number)
    assert table.computed == [3, 4, 5, 4]


def test_everything_can_be_forgotten(table: Table) -> None:
    table.square(3)
    table.square.cache_clear()
    assert table.square(3) == 9
    assert table.computed == [3, 3]


def test_an_error_is_raised_again_and_not_remembered(table: Table) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            table.square(0)
    assert table.computed == [0, 0]


def test_owners_do_not_share_what_they_remember(table: Table) -> None:
    other = Table()
    table.square(3)
    other.square(3)
    assert (table.computed, other.computed) == ([3], [3])


@pytest.mark.usefixtures("uncollected")
def test_an_owner_that_nobody_holds_is_freed_at_once() -> None:
    table = Table()
    table.square(3)
    alive, square = weakref.ref(table), table.square
    del table
    assert alive() is None
    assert square(3) == 9
    with pytest.raises(ReferenceError, match="gone"):
        square(4)


def test_several_threads_may_ask_at_once(table: Table) -> None:
    numbers = [number % 7 + 1 for number in range(2_000)]
    with ThreadPoolExecutor(8) as pool:
        squares = list(pool.map(table.square, numbers))
    assert squares == [number * number for number in numbers]


def test_a_function_has_no_owner() -> None:
    with pytest.raises(TypeError):
        memo(len, 2)
