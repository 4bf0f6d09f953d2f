from __future__ import annotations

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.errors import IndexDamaged, IndexMissing, IndexUnusable
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration, logit, sigmoid
from entrywise.index.calibration.recalibration import recalibrate
from entrywise.index.generations.lease import current, current_manifest
from entrywise.index.index import Index
from entrywise.index.layout import Layout

OTHER = Calibration(1.5, -0.25, (0.4, 0.9), (0.1,), (), labelled=True)
WITH_RERANKER = replace(OTHER, reranked=replace(OTHER, reranker="ab", weight=0.5))


def test_it_comes_back_from_json_as_it_was() -> None:
    for one in (OTHER, WITH_RERANKER):
        assert Calibration.of(json.loads(json.dumps(asdict(one)))) == one


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"slope": "steep"},
        {"near": 0.5},
        {"labelled": 1},
        {"far": ["near"]},
        {"steps": 1},
        {"reranked": {}},
        {"reranked": 1},
        {"reranker": None},
    ],
)
def test_a_record_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    record = asdict(OTHER) | wrong if wrong else {}
    with pytest.raises((TypeError, ValueError)):
        Calibration.of(json.loads(json.dumps(record)))


def test_the_step_is_added_to_the_logit() -> None:
    # logit(0.8) = ln 4; 1.5 ln 4 - 0.25 = 1.8294, and 1 / (1 + e^-1.8294) = 0.8617.
    assert OTHER.applied(0.8) == pytest.approx(0.8617, abs=1e-4)


def test_a_reranker_adds_what_it_says() -> None:
    # 1.8294 as above, and 0.5 ln 9: 1 / (1 + e^-2.9280) = 0.9492.
    step = WITH_RERANKER.with_reranker("ab")
    assert step.applied(0.8, 0.9) == pytest.approx(0.9492, abs=1e-4)
    assert step.applied(0.8, 0.5) == pytest.approx(OTHER.applied(0.8))
    assert step.applied(0.8, None) < 0.01
    assert WITH_RERANKER.applied(0.8, 0.9) == OTHER.applied(0.8)


@given(st.floats(0, 1))
def test_without_a_step_a_probability_stays_what_it_is(probability: float) -> None:
    assert UNCALIBRATED.applied(probability) == probability


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_a_step_keeps_the_order(one: float, other: float) -> None:
    assert (OTHER.applied(one) <= OTHER.applied(other)) or one > other


def test_logit_and_sigmoid_are_each_others_inverse_and_bear_the_ends() -> None:
    assert sigmoid(logit(0.3)) == pytest.approx(0.3)
    assert (logit(0.0), logit(1.0)) == (pytest.approx(-13.8, abs=0.1), pytest.approx(13.8, abs=0.1))
    assert (sigmoid(-1e9), sigmoid(1e9)) == (0.0, 1.0)
    assert math.isfinite(logit(0.0))


def test_it_holds_while_little_is_other_in_all() -> None:
    made = Calibration(offset=0.5)
    assert made.after(0.0) == made
    assert made.after(0.02).after(0.02) == Calibration(offset=0.5, drift=0.04)
    assert made.after(0.03).after(0.03) == UNCALIBRATED
    assert UNCALIBRATED.after(0.01) == UNCALIBRATED, "nobody made it"


def test_another_calibration_is_put_into_an_index(copied: Path) -> None:
    before = {p.name: p.read_bytes() for p in current(copied).iterdir() if p.suffix != ".json"}
    was = current_manifest(copied)
    opened = Index(copied)
    manifest = recalibrate(copied, OTHER, of=was.generation)
    assert current_manifest(copied) == manifest
    assert (manifest.calibration, manifest.files) == (OTHER, was.files)
    # Who has it open keeps the one that was.
    assert opened.calibration == was.calibration
    assert Index(copied).calibration == OTHER
    after = {p.name: p.read_bytes() for p in current(copied).iterdir() if p.suffix != ".json"}
    assert after == before


def test_a_calibration_of_another_generation_is_refused(copied: Path) -> None:
    was = current_manifest(copied)
    recalibrate(copied, OTHER, of=was.generation)
    with pytest.raises(IndexUnusable, match="was built anew meanwhile; calibrate it again"):
        recalibrate(copied, UNCALIBRATED, of=was.generation)
    assert current_manifest(copied).calibration == OTHER


def test_a_broken_calibration_is_a_damaged_index(copied: Path, generation: Path) -> None:
    path = Layout(generation).manifest
    record = json.loads(path.read_text("utf-8"))
    path.unlink()
    path.write_text(json.dumps(record | {"calibration": {"slope": 1.0}}), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="build it again"):
        Index(copied)


def test_where_no_index_is_none_is_calibrated(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        recalibrate(tmp_path, OTHER, of="")
