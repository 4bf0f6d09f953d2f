from __future__ import annotations

import json
from collections.abc import Callable
from math import log2
from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.beir import evaluate_beir, read_judgements

Writer = Callable[..., Path]
HEADER = "query-id\tcorpus-id\tscore\n"


@pytest.fixture
def collection(tmp_path: Path) -> Writer:
    """Write a BEIR folder: queries by id, and the lines of the judgements."""

    def write(queries: dict[str, str], *judgements: str) -> Path:
        rows = [json.dumps({"_id": key, "text": text}) for key, text in queries.items()]
        (tmp_path / "queries.jsonl").write_text("\n\n".join(rows))
        (tmp_path / "qrels").mkdir()
        (tmp_path / "qrels" / "test.tsv").write_text(HEADER + "\n".join(judgements) + "\n")
        return tmp_path

    return write


def test_figures_are_means_over_the_judged_queries(small_index: Index, collection: Writer) -> None:
    queries = {"1": "What is MLA?", "2": "What is GQA?", "3": "not judged"}
    found = [hit.entry for hit in Assistant(small_index).search(queries["2"])]
    folder = collection(queries, "1\tmla\t1", f"2\t{found[1]}\t2", f"2\t{found[0]}\t1")
    told: list[tuple[int, int]] = []
    figures = evaluate_beir(Assistant(small_index), folder, lambda *count: told.append(count))
    linear = (1 + 2 / log2(3)) / (2 + 1 / log2(3))
    assert figures["nDCG@10"].value == pytest.approx((1 + linear) / 2)
    assert figures["recall@100"].value == 1
    assert figures["nDCG@10"].count == 2
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_passage_with_the_querys_own_id_is_left_out(
    small_index: Index, collection: Writer
) -> None:
    folder = collection({"mla": "What is MLA?"}, "mla\tmla\t1")
    assert evaluate_beir(Assistant(small_index), folder)["recall@100"].value == 0


def test_queries_without_a_relevant_passage_are_not_counted(
    small_index: Index, collection: Writer
) -> None:
    folder = collection({"1": "MLA", "2": "GQA"}, "1\tmla\t1", "2\tmla\t0")
    assert evaluate_beir(Assistant(small_index), folder)["recall@100"].count == 1


@pytest.mark.parametrize(
    ("judgements", "message"),
    [
        ((), "holds no judgement"),
        (("1\tmla\t0",), "holds no judgement"),
        (("2\tmla\t1",), "the judged query '2' is not in queries.jsonl"),
        (("1\t4983\t1",), r"'4983' is not in the index; build one with `entrywise index build"),
    ],
)
def test_a_folder_that_does_not_fit_is_refused(
    small_index: Index, collection: Writer, judgements: tuple[str, ...], message: str
) -> None:
    with pytest.raises(KnowledgeBaseError, match=message):
        evaluate_beir(Assistant(small_index), collection({"1": "MLA"}, *judgements))


@pytest.mark.parametrize("line", ["1\tmla", "1\tmla\tyes", "1 mla 1"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "test.tsv"
    path.write_text(f"{HEADER}1\tmla\t1\n{line}\n")
    with pytest.raises(KnowledgeBaseError, match=r"test\.tsv: line 3: .* is no judgement"):
        read_judgements(path)
