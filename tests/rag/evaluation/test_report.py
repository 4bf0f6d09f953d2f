from __future__ import annotations

import json
from dataclasses import replace

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.questions import LabelledQuestion
from entrywise.rag.evaluation.report import as_json, as_text, beir_as_text
from entrywise.rag.evaluation.run import Evaluation, evaluate
from entrywise.rag.evaluation.summary import Mean, summarize


def test_the_text_fits_into_a_hundred_columns(evaluation: Evaluation) -> None:
    lines = as_text(evaluation).splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0] == "5 questions (3 in, 1 near, 1 far); means [95 % interval]"


def test_the_columns_of_the_text_are_below_each_other(evaluation: Evaluation) -> None:
    _, types, _, baselines = as_text(evaluation).split("\n\n")
    header, *rows = types.splitlines()
    assert [row.split()[0] for row in rows] == ["all", "definition", "comparison"]
    assert {row[header.index("nDCG@5") - 1] for row in rows} == {" "}
    assert {row[header.index("nDCG@5")] for row in rows} <= {"0", "1"}
    assert baselines.splitlines()[0].split("  ")[-1] == "this assistant"
    assert baselines.splitlines()[-1].startswith("every entry")


def test_what_is_shown_stands_beside_what_three_chunks_show(harbour_index: Index) -> None:
    asked = "what happens to what stays on the pontoon?"
    labelled = LabelledQuestion(
        "1", asked, "other", "in", {"berths": 2}, (), {}, "", ("four weeks",)
    )
    wanting = replace(labelled, id="2", shown=("five weeks",))
    evaluation = evaluate(Assistant(harbour_index), [labelled, wanting], baselines=True)
    summary = summarize(evaluation)
    assert summary.shown is not None
    assert (summary.shown.value, summary.shown.count) == (0.5, 2)
    text = as_text(evaluation)
    assert "in scope: a labelled text shown               0.500 [" in text
    last = text.splitlines()[-1].split("  ")
    assert [cell.strip()[:5] for cell in last if cell] == ["shown", "0.500", "–", "–", "0.500"]
    assert max(map(len, text.splitlines())) <= 100


def test_the_text_has_the_figures_of_the_summary(evaluation: Evaluation) -> None:
    text, told = as_text(evaluation), summarize(evaluation).abstention
    assert told.in_answered is not None
    lines = {line[:44].rstrip(): line[44:].strip() for line in text.split("\n\n")[2].splitlines()}
    low, high = told.in_answered.low, told.in_answered.high
    rate = f"{told.in_answered.value:.3f} [{low:.2f}, {high:.2f}]"
    assert lines[f"in scope: answered at {told.threshold:g}"] == rate
    assert lines["calibration error of confidence"] == f"{told.calibration_error:.3f}"


def test_a_figure_that_is_not_there_is_a_dash(evaluation: Evaluation) -> None:
    inside = Evaluation(evaluation.outcomes[:2], {}, evaluation.threshold)
    lines = as_text(inside).splitlines()
    assert f"{f'far: abstained at {inside.threshold:g}':<46}–" in lines
    assert "AUROC of confidence, in against near          –" in lines
    assert "MiniLM" not in as_text(inside)


def test_the_json_has_the_figures_and_every_outcome(evaluation: Evaluation) -> None:
    record = json.loads(json.dumps(as_json(evaluation)))
    ndcg = summarize(evaluation).by_type["all"].ndcg
    assert ndcg is not None
    assert record["by_type"]["all"]["ndcg"]["value"] == ndcg.value
    assert [row["id"] for row in record["outcomes"]] == ["d1", "d2", "c1", "n1", "f1"]
    first, outcome = record["outcomes"][0], evaluation.outcomes[0]
    assert first["retrieved"] == list(outcome.ranking.entries)
    assert (first["confidence"], first["status"]) == (outcome.confidence, outcome.status)


def test_a_baseline_without_a_type_is_a_dash(evaluation: Evaluation) -> None:
    ranked = {name: rows[2:] for name, rows in evaluation.baselines.items()}
    text = as_text(replace(evaluation, baselines=ranked))
    row = next(line for line in text.split("\n\n")[-1].splitlines() if "definition" in line)
    assert row.split()[1:4] == ["–", "–", "–"]


def test_beir_figures_are_aligned() -> None:
    figures = {"nDCG@10": Mean(0.7, 0.65, 0.75, 300), "recall@100": Mean(0.9, 0.88, 0.92, 300)}
    assert beir_as_text(figures).splitlines() == [
        "queries     300",
        "nDCG@10     0.700 [0.65, 0.75]",
        "recall@100  0.900 [0.88, 0.92]",
    ]
