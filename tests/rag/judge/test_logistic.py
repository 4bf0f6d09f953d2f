from __future__ import annotations

import json
from importlib.resources import files
from types import SimpleNamespace

import pytest

from entrywise.index.index import Index
from entrywise.rag.judge.logistic import Logistic, model_name, models


def test_the_probability_is_the_logistic_function_of_the_weighted_signs() -> None:
    model = Logistic({"a": 2.0, "b": -1.0}, bias=0.5)
    # 0.5 + 2 * 0.75 - 1 * 2 = 0, whose logistic is a half; one more is 1 / (1 + 1/e).
    assert model.probability(SimpleNamespace(a=0.75, b=2.0)) == 0.5
    assert model.probability(SimpleNamespace(a=0.75, b=1.0)) == pytest.approx(0.7310586)


def test_every_sign_of_a_model_is_needed() -> None:
    with pytest.raises(AttributeError, match="a"):
        Logistic({"a": 1.0}, 0.0).probability(SimpleNamespace())


def test_a_knowledge_base_takes_the_model_for_what_is_known_of_its_questions(
    small_index: Index, glossary_index: Index
) -> None:
    assert (model_name(glossary_index), model_name(small_index)) == ("asked", "plain")


@pytest.mark.parametrize(
    ("name", "held"),
    [("confidence.json", ["asked", "plain", "documents"]), ("selection.json", ["asked", "plain"])],
)
def test_the_shipped_models_are_those_of_their_files(name: str, held: list[str]) -> None:
    record = json.loads((files("entrywise.rag.judge") / name).read_text("utf-8"))
    assert list(models(name)) == held == list(record)
    assert models(name)["asked"].weights == record["asked"]["weights"]
