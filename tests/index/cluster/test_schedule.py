from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.errors import ClusterError
from entrywise.index.cluster.schedule import Batch, in_order

Chosen = Callable[[int], int]
"""Gives a number below another one."""


class FakePool:
    """Workers that end in any order, and may be lost."""

    def __init__(self, workers: int, choose: Chosen, losses: Callable[[int], int]) -> None:
        """
        Args:
            losses: how many workers the batch of a number ends.
        """
        self.idle = 0
        self.starting = workers
        self.running: dict[int, Batch] = {}
        self.submitted: Counter[int] = Counter()
        self.choose = choose
        self.losses = losses

    def has_idle(self) -> bool:
        return self.idle > 0

    def submit(self, number: int, batch: Batch) -> None:
        self.idle -= 1
        self.submitted[number] += 1
        self.running[number] = batch

    def wait(self) -> Iterable[tuple[int, list[str] | None]]:
        event = self.choose(self.starting + len(self.running))
        if event < self.starting:
            self.starting -= 1
            self.idle += 1
            return []
        number = [*self.running][event - self.starting]
        batch = self.running.pop(number)
        if self.submitted[number] <= self.losses(number):
            self.starting += 1
            return [(number, None)]
        self.idle += 1
        return [(number, [f"vector of {text}" for text in batch.texts])]


def batches(count: int) -> list[Batch]:
    return [Batch("queries", [f"text {number}"]) for number in range(count)]


@given(st.data(), st.integers(1, 4), st.integers(0, 12), st.integers(1, 9))
def test_results_come_in_order_whatever_ends_first_and_is_lost(
    data: st.DataObject, workers: int, count: int, ahead: int
) -> None:
    losses = data.draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    pool = FakePool(workers, lambda n: data.draw(st.integers(0, n - 1)), losses.__getitem__)
    taken = 0

    def coming() -> Iterator[Batch]:
        nonlocal taken
        for batch in batches(count):
            taken += 1
            yield batch

    given_out = 0
    for result in in_order(coming(), pool, ahead):
        assert result == [f"vector of text {given_out}"]
        # What is taken and not given out is in memory.
        assert taken - given_out <= ahead
        given_out += 1
    assert given_out == taken == count
    assert [pool.submitted[number] for number in range(count)] == [n + 1 for n in losses]


def test_a_slow_batch_lets_others_go_ahead_so_far_and_no_further() -> None:
    # The worker that has the first batch is the last to end, as long as another one does something.
    pool = FakePool(2, lambda n: 0 if pool.starting else n - 1, lambda number: 0)
    assert next(in_order(batches(20), pool, 5)) == ["vector of text 0"]
    assert sum(pool.submitted.values()) == 5


def test_what_ends_every_worker_ends_the_build() -> None:
    pool = FakePool(2, lambda n: 0, lambda number: 99 if number == 1 else 0)
    with pytest.raises(ClusterError) as caught:
        list(in_order(batches(9), pool, 4))
    assert str(caught.value).startswith(
        "3 workers were lost with the same 1 texts, of which the first begins 'text 1'; look "
    )
    assert pool.submitted[1] == 3
