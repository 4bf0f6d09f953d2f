from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from entrywise.rag.log.clustering import clustered

Vectors = NDArray[np.float32]


def unit_vectors(count: int, dim: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def circle(*degrees: float) -> Vectors:
    angles = np.radians(degrees)
    return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def nearest_pair_first(vectors: Vectors, same: float) -> set[frozenset[int]]:
    """The nearest two of all groups are joined, again and again, as the method is written down."""
    groups = [[n] for n in range(len(vectors))]

    def cosine(pair: tuple[list[int], list[int]]) -> float:
        return min(float(vectors[i] @ vectors[j]) for i in pair[0] for j in pair[1])

    while len(groups) > 1:
        one, other = max(combinations(groups, 2), key=cosine)
        if cosine((one, other)) < same:
            break
        groups = [group for group in groups if group not in (one, other)] + [one + other]
    return {frozenset(group) for group in groups}


def as_sets(labels: list[int]) -> set[frozenset[int]]:
    return {frozenset(n for n, its in enumerate(labels) if its == label) for label in labels}


@pytest.mark.parametrize("same", [-0.3, 0.2, 0.6, 0.9])
def test_groups_are_those_of_joining_the_nearest_pair_again_and_again(same: float) -> None:
    for seed in range(5):
        vectors = unit_vectors(25, 3, seed)
        assert as_sets(clustered(list(vectors), same)) == nearest_pair_first(vectors, same)


@pytest.mark.parametrize(("count", "dim"), [(2, 2), (60, 3), (300, 20), (300, 100)])
@pytest.mark.parametrize("same", [0.0, 0.3, 0.475, 0.8])
def test_groups_are_those_of_scikit_learn(count: int, dim: int, same: float) -> None:
    # Whoever finds the tests does not wait for it.
    from sklearn.cluster import AgglomerativeClustering

    vectors = unit_vectors(count, dim, seed=0)
    theirs = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - same, metric="cosine", linkage="complete"
    ).fit_predict(vectors)
    assert as_sets(clustered(list(vectors), same)) == as_sets(theirs.tolist())


def test_a_chain_of_near_ones_is_no_group() -> None:
    # 0 and 30, 30 and 65, 65 and 100 degrees are near enough, 0 and 65 are not.
    assert clustered(list(circle(0, 65, 30, 100)), np.cos(np.radians(40))) == [0, 1, 0, 1]


def test_a_group_that_has_grown_grows_on() -> None:
    assert clustered(list(circle(0, 4, 1, 100, 2, 101)), 0.9) == [0, 0, 0, 1, 0, 1]


def test_vectors_that_are_the_same_are_one_group() -> None:
    vectors = np.repeat(circle(0, 90), 50, axis=0)
    assert clustered(list(vectors), 0.5) == [0] * 50 + [1] * 50


def test_the_bound_itself_is_near_enough() -> None:
    vectors = np.array([[1, 0], [0.5, 0.75]], np.float32)
    assert clustered(list(vectors), 0.5) == [0, 0]
    assert clustered(list(vectors), 0.51) == [0, 1]


def test_few_vectors_are_grouped_too() -> None:
    assert clustered([], 0.5) == []
    assert clustered(list(circle(0)), 0.5) == [0]
