from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from entrywise.data.errors import EntrywiseError
from entrywise.rag.evaluation.plot import plot
from entrywise.rag.evaluation.run import Evaluation

# It draws.
pytestmark = pytest.mark.slow


def drawn(evaluation: Evaluation, path: Path) -> np.ndarray:
    """The picture of an evaluation, float32 (height, width, 3)."""
    plot(evaluation, path)
    return imread(path)[..., :3]


def orange_pixels(picture: np.ndarray) -> int:
    """How many pixels have the hue of the near questions: red above green above blue."""
    red, green, blue = np.moveaxis(picture, -1, 0)
    return int(np.sum((red > green + 0.1) & (green > blue + 0.05)))


def test_the_picture_shows_the_questions_of_a_scope(evaluation: Evaluation, tmp_path: Path) -> None:
    picture = drawn(evaluation, tmp_path / "all.png")
    without_near = replace(
        evaluation, outcomes=tuple(o for o in evaluation.outcomes if o.question.scope != "near")
    )
    assert picture.shape == (960, 1800, 3)
    assert orange_pixels(picture) > 20
    assert orange_pixels(drawn(without_near, tmp_path / "rest.png")) == 0


def test_the_picture_shows_the_baselines(evaluation: Evaluation, tmp_path: Path) -> None:
    picture = drawn(evaluation, tmp_path / "with.png")
    plain = drawn(replace(evaluation, baselines={}), tmp_path / "without.png")
    assert (picture != plain).any()


def test_a_place_that_cannot_be_written_is_named(evaluation: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(EntrywiseError, match=r"missing/x\.png: cannot be written \(No such file"):
        plot(evaluation, tmp_path / "missing" / "x.png")


def test_without_matplotlib_the_extra_is_named(
    evaluation: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(EntrywiseError, match=r"pip install 'entrywise\[plot\]'"):
        plot(evaluation, tmp_path / "x.png")
