"""The least confidence of an answer, from what the threshold is set to."""

from __future__ import annotations

from entrywise.index.calibration.calibration import Calibration


def least_confidence(threshold: float | str, calibration: Calibration) -> float:
    """The least confidence of an answer, 0 to 1: the threshold, or what keeps to the share of
    errors that it allows, such as "5%".

    Raises:
        SettingsError: no confidence keeps to that share.
    """
    if not isinstance(threshold, str):
        return threshold
    # Most thresholds are numbers.
    from entrywise.rag.judge.calibration.expectation import threshold_for

    return threshold_for(threshold, calibration)
