"""Clopper-Pearson bounds: how large a share may be, of which a few cases were seen.

    share_between(3, 40)    the two-sided 95 % interval of 3 of 40
    share_at_most(3, 40)    what it exceeds with a probability of 5 % at most

They hold at every size, as they rest on the binomial distribution itself (Clopper and Pearson 1934,
https://doi.org/10.1093/biomet/26.4.404). Its tail falls with the share, so bisection finds them.
"""

from __future__ import annotations

import math

CERTAINTY = 0.95
_HALVINGS = 50


def share_between(hits: int, cases: int) -> tuple[float, float]:
    """The two-sided interval, in [0, 1], of a share of which `hits` of `cases` were seen.

    >>> low, high = share_between(0, 10)
    >>> round(low, 4), round(high, 4)      # 1 - 0.025 ** (1 / 10)
    (0.0, 0.3085)
    """
    certainty = (1 + CERTAINTY) / 2
    return 1 - share_at_most(cases - hits, cases, certainty), share_at_most(hits, cases, certainty)


def share_at_most(hits: int, cases: int, certainty: float = CERTAINTY) -> float:
    """The upper bound, in [0, 1]; 1 where nothing was seen.

    >>> round(share_at_most(0, 59), 4)     # 1 - 0.05 ** (1 / 59)
    0.0495
    """
    if hits >= cases:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_at_most(hits, cases, middle, certainty) else (middle, high)
    return (low + high) / 2


def is_at_most(hits: int, cases: int, share: float, certainty: float = CERTAINTY) -> bool:
    """Whether `share_at_most` is at most a share; many times faster than to find it.

    >>> is_at_most(0, 58, 0.05), is_at_most(0, 59, 0.05)
    (False, True)
    """
    return tail(hits, cases, share) <= 1 - certainty


def tail(hits: int, cases: int, share: float) -> float:
    """The probability of at most `hits` of `cases`, each of which is one with a probability of
    `share`.

    >>> tail(1, 2, 0.5)
    0.75
    """
    if share <= 0.0 or hits >= cases:
        return 1.0
    if share >= 1.0:
        return 0.0
    # By logarithms: the binomial coefficients of a thousand cases exceed what a float can be.
    log_share, log_rest = math.log(share), math.log1p(-share)
    whole = math.lgamma(cases + 1)
    return min(
        math.fsum(
            math.exp(
                whole
                - math.lgamma(hit + 1)
                - math.lgamma(cases - hit + 1)
                + hit * log_share
                + (cases - hit) * log_rest
            )
            for hit in range(hits + 1)
        ),
        1.0,
    )
