from __future__ import annotations

from contextlib import closing
from pathlib import Path
from statistics import fmean

import pytest

from entrywise.data.source import read_knowledge_base
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.index import Index
from entrywise.rag.build import build_index
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.judge.calibration.own_step import (
    Observed,
    by_itself,
    calibrated_by_itself,
    observed,
    own_offset,
)
from entrywise.rag.settings import THRESHOLD

# Pages of a German manual that say nothing of everyday life.
GERMAN = {
    "Staubsauger": "Der Beutel des Staubsaugers wird gewechselt, wenn die Anzeige leuchtet.",
    "Waschmaschine": "Das Flusensieb der Waschmaschine wird einmal im Monat gereinigt. Vorher wird "
    "das Wasser abgelassen.",
    "Spülmaschine": "Salz wird nachgefüllt, sobald die Lampe brennt. Der Klarspüler reicht zwei "
    "Monate.",
    "Kühlschrank": "Der Kühlschrank wird auf sieben Grad gestellt. Abgetaut wird er von selbst.",
}


def test_where_much_is_alike_confidence_falls() -> None:
    missed_by_little, missed_by_far = own_offset([0.95] * 40, []), own_offset([0.4] * 40, [])
    assert missed_by_little < -0.4 < 0.4 < missed_by_far


def test_few_near_misses_move_it_little() -> None:
    one, many = own_offset([0.4], []), own_offset([0.4] * 80, [])
    nothing = own_offset([], [])
    assert 0 < one - nothing < (many - nothing) / 4


def test_of_what_documents_are_asked_they_answer_less_than_the_model_was_fitted_to() -> None:
    step = Calibration(offset=own_offset([], []))
    assert step.applied(0.8) == pytest.approx(3.5 * 0.8 / (3.5 * 0.8 + 4 * 0.2))


def test_nine_of_ten_everyday_questions_are_withheld() -> None:
    far = [0.1] * 15 + [0.8, 0.85, 0.9, 0.95, 0.99]
    step = Calibration(offset=own_offset([0.4] * 80, far))
    assert sum(step.applied(one) > THRESHOLD for one in far) <= 2
    assert own_offset([0.4] * 80, [0.1] * 20) == own_offset([0.4] * 80, [])


def test_everyday_questions_lower_it_no_further_than_told() -> None:
    near, far = [0.4] * 80, [0.97] * 20
    assert own_offset(near, far) < -2
    assert own_offset(near, far, -1.5) == pytest.approx(-1.5 + own_offset([], []))
    assert own_offset(near, [0.8] * 20, -1.5) == own_offset(near, [0.8] * 20)


def test_documents_in_another_language_are_lowered_by_questions_in_it_within_bounds(
    tmp_path: Path,
) -> None:
    pages = tmp_path / "haus"
    pages.mkdir()
    for name, text in GERMAN.items():
        (pages / f"{name}.md").write_text(f"# {name}\n\n{text}\n", "utf-8")
    build_index(read_knowledge_base(pages), tmp_path / "index")
    with closing(Index(tmp_path / "index")) as index:
        domain = open_domain(index.manifest.identity.domain)
        seen, made = observed(index, domain), index.calibration
    assert len(seen.far) == 24
    # Asked in English it had withheld them all as it is.
    assert own_offset(seen.near, seen.far) < own_offset(seen.near, []) - 0.1
    assert made == by_itself(seen, documents=True, lowest=-1.5)


def test_a_glossary_keeps_what_the_model_says(glossary_index: Index) -> None:
    made = calibrated_by_itself(glossary_index, DOMAIN)
    assert (made.slope, made.offset, made.labelled) == (1.0, 0.0, False)


def test_documents_are_observed_after_their_step(harbour_index: Index) -> None:
    domain = open_domain(harbour_index.manifest.identity.domain)
    seen = observed(harbour_index, domain)
    made = harbour_index.calibration
    assert made == by_itself(seen, documents=True)
    assert made.offset == pytest.approx(own_offset(seen.near, seen.far), abs=1e-4)
    assert made.answerable == pytest.approx(
        sorted(map(Calibration(offset=made.offset).applied, seen.answerable)), abs=1e-4
    )


def test_what_is_left_out_is_missed(harbour_index: Index, small_index: Index) -> None:
    for index in (harbour_index, small_index):
        seen = observed(index, open_domain(index.manifest.identity.domain))
        assert fmean(seen.near) < fmean(seen.answerable) - 0.1
        assert fmean(seen.far) < fmean(seen.answerable) - 0.3


def test_it_tells_how_many_of_its_questions_are_asked(small_index: Index) -> None:
    told: list[tuple[int, int]] = []
    seen = observed(small_index, DOMAIN, lambda done, total: told.append((done, total)))
    count = sum(map(len, seen))
    assert told == [(done, count) for done in range(1, count + 1)]


def test_an_observation_is_of_every_question(small_index: Index) -> None:
    seen: Observed = observed(small_index, DOMAIN)
    kept = by_itself(seen, documents=False)
    assert [*map(len, (kept.answerable, kept.near, kept.far))] == [*map(len, seen)]
