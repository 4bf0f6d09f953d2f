"""The measures of retrieval and of confidence, as sums that can be redone by hand.

nDCG: Järvelin and Kekäläinen 2002, https://doi.org/10.1145/582415.582418
AUROC by ranks: Hanley and McNeil 1982, https://doi.org/10.1148/radiology.143.1.7063747
Expected calibration error: Naeini et al. 2015, https://doi.org/10.1609/aaai.v29i1.9602
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2

import numpy as np

Gain = Callable[[int], float]

# The half-width of an interval of 1000 resamples moves by about 3 % from seed to seed.
_RESAMPLES = 1000
_INTERVAL = (2.5, 97.5)


def exponential(grade: int) -> float:
    """The gain 2^grade - 1, which sets an answer (grade 2) well above useful context (grade 1)."""
    return float(2**grade - 1)


def linear(grade: int) -> float:
    """The gain that BEIR and trec_eval use. Where all grades are 0 or 1, both gains agree."""
    return float(grade)


def ndcg_at(
    ranked: Sequence[str], relevant: Mapping[str, int], k: int, gain: Gain = exponential
) -> float:
    """Normalized discounted cumulative gain of the first `k`, in [0, 1], higher is better.

    Entries without a grade have grade 0. It is 0 when nothing is relevant, as in trec_eval.

    >>> ndcg_at(["mla", "gqa"], {"gqa": 1}, k=5)   # 1 / log2(3)
    0.6309297535714575
    """
    ideal = _discounted(sorted(relevant.values(), reverse=True)[:k], gain)
    if not ideal:
        return 0.0
    return _discounted([relevant.get(entry, 0) for entry in ranked[:k]], gain) / ideal


def _discounted(grades: Sequence[int], gain: Gain) -> float:
    return sum(gain(grade) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def recall_at(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """The share of the relevant entries (grade 1 or more) that are among the first `k`.

    The denominator is all relevant entries, so that it stays below 1 where there are more than
    `k`. It is 0 when nothing is relevant.
    """
    wanted = {entry for entry, grade in relevant.items() if grade >= 1}
    return len(wanted.intersection(ranked[:k])) / len(wanted) if wanted else 0.0


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The probability that a positive scores above a negative, in [0, 1]; a tie counts half.

    Raises:
        ValueError: one of the two is empty.
    """
    if not positives or not negatives:
        raise ValueError("AUROC needs positives and negatives; one of the two is empty")
    scores = np.array([*positives, *negatives])
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    above = len(positives)
    wins = ranks[:above].sum() - above * (above + 1) / 2
    return float(wins / (above * len(negatives)))


def bootstrap_interval(values: Sequence[float], seed: int = 0) -> tuple[float, float]:
    """The 95 % percentile interval of the mean, from 1000 resamples: (low, high).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("the mean of no values has no interval")
    drawn = np.random.default_rng(seed).choice(np.array(values), (_RESAMPLES, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), _INTERVAL)
    return float(low), float(high)


def expected_calibration_error(
    confidences: Sequence[float], correct: Sequence[bool], bins: int = 10
) -> float:
    """The mean distance between confidence and share correct, in [0, 1], lower is better.

    Confidences, in [0, 1], are put into `bins` bins of equal width, and the distances of the bins
    are weighted by their counts.

    Raises:
        ValueError: the two differ in length, or are empty.
    """
    distances = [
        abs(mean_confidence - share) * count
        for mean_confidence, share, count in reliability(confidences, correct, bins)
    ]
    return sum(distances) / len(confidences)


def reliability(
    confidences: Sequence[float], correct: Sequence[bool], bins: int = 10
) -> list[tuple[float, float, int]]:
    """(mean confidence, share correct, count) of each of `bins` bins that holds something.

    Raises:
        ValueError: the two differ in length, or are empty.
    """
    if not confidences:
        raise ValueError("no confidences, so no calibration")
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in zip(confidences, correct, strict=True):
        groups.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        (sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group), len(group))
        for _, group in sorted(groups.items())
    ]
