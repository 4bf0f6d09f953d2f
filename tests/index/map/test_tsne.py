from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from entrywise.index.map.tsne import _neighbours, _slope, tsne

Floats = NDArray[np.float64]


def scattered(count: int, dim: int = 10, groups: int = 6) -> Floats:
    """Points around a few middles."""
    random = np.random.default_rng(0)
    middles = 3 * random.normal(size=(groups, dim))
    return middles[np.arange(count) % groups] + random.normal(size=(count, dim))


def squared_distances(points: Floats) -> Floats:
    squared: Floats = ((points[:, np.newaxis] - points) ** 2).sum(axis=2)
    return squared


def test_no_less_of_the_neighbourhoods_is_kept_than_by_scikit_learn() -> None:
    # Whoever finds the tests does not wait for it.
    from sklearn.manifold import TSNE, trustworthiness

    points = scattered(200)
    start = points[:, :2]
    ours = tsne(squared_distances(points), start, perplexity=15, steps=500)
    theirs = TSNE(
        perplexity=15, init=(1e-4 * start / start[:, 0].std()), max_iter=500, method="exact"
    ).fit_transform(points)
    kept = [float(trustworthiness(points, placed, n_neighbors=10)) for placed in (ours, theirs)]
    assert kept[0] > kept[1] - 0.01
    assert kept[0] > 0.9


def test_a_neighbourhood_is_as_wide_as_the_perplexity_says() -> None:
    # On a ring all points are alike, so that those of one are half of those that both share.
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    squared = squared_distances(np.column_stack([np.cos(angles), np.sin(angles)]))
    shares = _neighbours(squared, perplexity=10) * 60
    assert shares.sum(axis=1) == pytest.approx(np.ones(60))
    entropy = -(shares * np.log(np.maximum(shares, 1e-300))).sum(axis=1)
    assert np.exp(entropy) == pytest.approx(np.full(60, 10), rel=1e-4)
    assert (shares[0, 1:4] > shares[0, 2:5]).all()


def test_the_slope_is_that_of_the_divergence() -> None:
    random = np.random.default_rng(0)
    placed = random.normal(size=(8, 2))
    wanted = _neighbours(squared_distances(random.normal(size=(8, 5))), perplexity=3)

    def divergence(placed: Floats) -> float:
        pairs = ~np.eye(8, dtype=bool)
        near = 1 / (1 + squared_distances(placed)[pairs])
        return float((wanted[pairs] * np.log(wanted[pairs] * near.sum() / near)).sum())

    for point in range(8):
        for axis in range(2):
            step = np.zeros((8, 2))
            step[point, axis] = 1e-5
            rise = (divergence(placed + step) - divergence(placed - step)) / 2e-5
            assert _slope(placed, wanted)[point, axis] == pytest.approx(rise, abs=1e-6)


def test_points_of_one_place_have_finite_positions() -> None:
    points = np.repeat(scattered(3, groups=3), 20, axis=0)
    for same in (points, np.zeros((60, 10))):
        placed = tsne(squared_distances(same), same[:, :2], perplexity=15, steps=300)
        assert placed.shape == (60, 2)
        assert np.isfinite(placed).all()
