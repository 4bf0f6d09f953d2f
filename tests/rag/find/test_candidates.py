"""What comes behind other sections."""

from __future__ import annotations

import pytest

from entrywise.rag.find.candidates import SectionHit, behind


def _hit(score: float) -> SectionHit:
    return SectionHit(0, 0, score, score, score)


@pytest.mark.parametrize(
    ("scores", "moved"),
    [
        ([0.7, 0.69, 0.5], [0.6, 0.69, 0.4]),
        # Another one is far behind even so: all are as they were.
        ([0.7, 0.5, 0.4], [0.7, 0.5, 0.4]),
        ([0.05, 0.04], [0.0, 0.04]),
        ([], []),
    ],
)
def test_some_come_behind_unless_there_is_nothing_else(
    scores: list[float], moved: list[float]
) -> None:
    hits = [_hit(score) for score in scores]
    told = behind(hits, [place % 2 == 0 for place in range(len(hits))], 0.1)
    assert [hit.score for hit in told] == pytest.approx(moved)
    assert [hit.score - hit.moved for hit in told] == pytest.approx(scores)


def test_a_score_stays_in_its_range_and_its_moves_add_up() -> None:
    hit = _hit(0.5).moved_by(0.2).moved_by(-0.1)
    assert (hit.score, hit.moved) == pytest.approx((0.6, 0.1))
    assert _hit(0.9).moved_by(0.3).score == 1.0
    assert _hit(0.1).moved_by(-0.3).score == 0.0
