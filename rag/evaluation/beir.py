"""The retriever on a BEIR collection, for comparison with published figures.

A BEIR folder has `corpus.jsonl` (indexed before, with `entrywise index build`), `queries.jsonl`
and `qrels/test.tsv`.

BEIR: Thakur et al. 2021, https://arxiv.org/abs/2104.08663
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import json_lines, read_text
from entrywise.index.index import Index
from entrywise.index.progress import Progress, no_progress
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.metrics import linear, ndcg_at, recall_at
from entrywise.rag.evaluation.summary import Mean, mean
from entrywise.rag.find.retrieval import look_up
from entrywise.rag.understand.input import cleaned

Judgements = dict[str, dict[str, int]]
"""{query id: {passage id: grade of 1 or more}}."""

_RECALL_AT = 100
_NDCG_AT = 10


def evaluate_beir(
    assistant: Assistant, folder: Path, progress: Progress = no_progress
) -> dict[str, Mean]:
    """`nDCG@10` (linear gain) and `recall@100` over the judged queries of the test split.

    Raises:
        KnowledgeBaseError: a file is missing or wrong, or the index is of another collection.
    """
    index = assistant.index
    queries = read_queries(folder / "queries.jsonl")
    judgements = read_judgements(folder / "qrels" / "test.tsv")
    _check(folder, queries, judgements, index)
    ranked: dict[str, list[str]] = {}
    progress(0, len(judgements))
    for done, query in enumerate(judgements, start=1):
        ranked[query] = _ranking(query, queries[query], assistant)
        progress(done, len(judgements))
    pairs = [(ranked[query], grades) for query, grades in judgements.items()]
    figures = {
        f"nDCG@{_NDCG_AT}": [ndcg_at(found, grades, _NDCG_AT, linear) for found, grades in pairs],
        f"recall@{_RECALL_AT}": [recall_at(found, grades, _RECALL_AT) for found, grades in pairs],
    }
    return {name: mean(values) for name, values in figures.items()}


def read_queries(path: Path) -> dict[str, str]:
    """{query id: text} of a file of JSON Lines with `_id` and `text`.

    Raises:
        KnowledgeBaseError: the file cannot be read, or a line is no valid row.
    """
    queries = {}
    for record in json_lines(path):
        queries[record.text("_id")] = record.text("text")
    return queries


def read_judgements(path: Path) -> Judgements:
    """The relevant passages of a tab-separated file with a header: query, passage, grade.

    What is graded 0 is left out, and with it the queries that have nothing else, as in BEIR.

    Raises:
        KnowledgeBaseError: the file cannot be read, or a line is no valid row.
    """
    judgements: Judgements = {}
    for number, line in enumerate(read_text(path).split("\n")[1:], start=2):
        if line.strip():
            match line.split("\t"):
                case [query, passage, grade] if grade.strip().isdecimal():
                    if int(grade):
                        judgements.setdefault(query, {})[passage] = int(grade)
                case _:
                    raise KnowledgeBaseError(
                        f"{path}: line {number}: {line[:60]!r} is no judgement; write the query's "
                        "id, the passage's id and a grade of 0 or more, with tabs between"
                    )
    return judgements


def _check(folder: Path, queries: Mapping[str, str], judgements: Judgements, index: Index) -> None:
    if not judgements:
        raise KnowledgeBaseError(f"{folder}: qrels/test.tsv holds no judgement above 0; add one")
    for query, grades in judgements.items():
        if query not in queries:
            raise KnowledgeBaseError(
                f"{folder}: the judged query {query!r} is not in queries.jsonl; add it there"
            )
        for passage in grades:
            if passage not in index.ordinals:
                raise KnowledgeBaseError(
                    f"{folder}: the judged passage {passage!r} is not in the index; build one "
                    "with `entrywise index build corpus.jsonl --out DIR` and name it with --index"
                )


def _ranking(query: str, text: str, assistant: Assistant) -> list[str]:
    # BEIR leaves a passage out that has the query's own id: in some collections it is the query.
    index = assistant.index
    _, candidates = look_up(
        cleaned(text), index, assistant.domain, _RECALL_AT + 1, reranker=assistant.reranker
    )
    found = [index.catalog.ids[candidate.entry] for candidate in candidates]
    return [entry for entry in found if entry != query]
