"""The least confidence of an answer: a number, or what keeps to a share of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrywise.index.index import Index
from entrywise.rag.settings import setting_of

if TYPE_CHECKING:
    from entrywise.rag.find.rerankers.base import Reranker


def least_confidence(
    threshold: float | str, index: Index, reranker: Reranker | None = None
) -> float:
    """The least confidence of an answer from an index, 0 to 1.

    Args:
        threshold: that number, or the share of errors that is allowed, such as "5%".
        reranker: what puts its passages in order.

    Raises:
        SettingsError: it is out of range, or no confidence keeps to that share.
    """
    setting_of("threshold").value(threshold)
    if not isinstance(threshold, str):
        return threshold
    # Most thresholds are numbers.
    from entrywise.rag.judge.calibration.expectation import threshold_for

    return threshold_for(
        threshold, index.calibration.with_reranker(reranker.sha256 if reranker else None)
    )
