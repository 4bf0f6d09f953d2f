"""Exported models embed as sentence-transformers does: small random ones of every architecture,
pooling and module, and those that cannot be exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from random_models import Recipe, make
from sentence_transformers import SentenceTransformer

from entrywise.data.source import shipped
from entrywise.index.encoders.base import Encoder, Passage, Vectors
from entrywise.index.encoders.registry import open_encoder
from entrywise.index.encoders.sentence_transformers.export import export
from entrywise.index.encoders.sentence_transformers.model import facts, load

pytestmark = pytest.mark.slow

PROMPTS = {"query": "question : ", "document": "text : "}
RECIPES = {
    "bert, mean": Recipe("bert"),
    "bert, two at once, Dense": Recipe("bert", ("cls", "max"), dense="Tanh", prompts=PROMPTS),
    "mpnet, mean, Dense": Recipe("mpnet", dense="Identity"),
    "static": Recipe("static"),
    "bert, cls": Recipe("bert", "cls", prompts={"query": "question : "}),
    "bert, max, as it is": Recipe("bert", "max", normalize=False),
    "bert, weighted": Recipe("bert", "weightedmean"),
    "bert, last token": Recipe("bert", "lasttoken"),
    "bert, square root": Recipe("bert", "mean_sqrt_len_tokens", dense="Identity"),
    "bert, cut off": Recipe("bert", options={"truncate_dim": 8}),
    "bert, prompts by default": Recipe(
        "bert",
        prompts={"passage": "text : ", "query": "question : "},
        options={"default_prompt_name": "query"},
    ),
    "mpnet, cls": Recipe("mpnet", "cls", normalize=False),
    "xlm-roberta, mean": Recipe("xlm-roberta", prompts=PROMPTS),
    "xlm-roberta, three at once": Recipe("xlm-roberta", ("cls", "max", "mean"), dense="Tanh"),
    "modernbert, mean": Recipe("modernbert"),
    "modernbert, cls, Dense": Recipe("modernbert", "cls", dense="Identity"),
    "qwen3, last token": Recipe("qwen3", "lasttoken", prompts=PROMPTS),
    "qwen3, mean": Recipe("qwen3"),
    "t5, mean, Dense": Recipe("t5", dense="Identity"),
    "static, Dense": Recipe("static", dense="Tanh", normalize=False, prompts=PROMPTS),
    "static, cut off": Recipe("static", options={"truncate_dim": 8}),
}
IN_8_BITS = (
    "bert, mean",
    "bert, two at once, Dense",
    "mpnet, mean, Dense",
    "xlm-roberta, mean",
    "modernbert, mean",
    "qwen3, last token",
    "t5, mean, Dense",
    "static",
    "static, Dense",
)
"""One of each architecture, and of what has weights of its own: the others differ in what stays in
float32."""
TIE = 1e-5
"""Cosines that differ by less are as good: so far two ways of adding float32 are apart."""


def texts() -> tuple[list[str], list[str]]:
    """Ten questions, one of them longer than any model reads, and fifty passages."""
    entries = shipped().entries
    asked = [entry.questions[0] for entry in entries[:9]]
    return [*asked, "which of these words " * 60], [e.sections[0].text for e in entries[:50]]


def by_sentence_transformers(model: SentenceTransformer) -> tuple[Vectors, Vectors]:
    asked, told = texts()
    questions = model.encode_query(asked, normalize_embeddings=True, show_progress_bar=False)
    passages = model.encode_document(told, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(questions), np.asarray(passages)


def by(encoder: Encoder) -> tuple[Vectors, Vectors]:
    asked, told = texts()
    questions = [encoder.encode_query(text).vector for text in asked]
    return np.array(questions), np.array(
        [one.vector for one in encoder.encode_passages(map(Passage, told))]
    )


def rank_alike(ours: tuple[Vectors, Vectors], theirs: tuple[Vectors, Vectors]) -> bool:
    """Whether the first ten passages of each question come in an order that is theirs, too, but for
    those that rounding could put so."""
    (our_scores, their_scores) = (asked @ told.T for asked, told in (ours, theirs))
    order = np.argsort(-our_scores, axis=1)
    told = np.take_along_axis(their_scores, order, axis=1)
    falling = np.diff(told[:, :10], axis=1).max() < TIE
    return bool(falling and (told[:, 10:].max(axis=1) < told[:, :10].min(axis=1) + TIE).all())


@dataclass(frozen=True)
class Original:
    """A model's folder, and what sentence-transformers makes of the texts with it."""

    folder: str
    vectors: tuple[Vectors, Vectors]


@pytest.fixture(scope="module")
def original(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Original:
    folder = tmp_path_factory.mktemp("original")
    return Original(str(folder / "model"), by_sentence_transformers(make(request.param, folder)))


@pytest.mark.parametrize("original", RECIPES.values(), ids=RECIPES, indirect=True)
def test_in_float32_an_exported_model_embeds_and_ranks_as_it_does(
    original: Original, tmp_path: Path
) -> None:
    made = export(original.folder, tmp_path, smallest=32)

    assert (made.bits, made.reason) == (32, "")
    theirs, ours = original.vectors, by(open_encoder(tmp_path))
    assert min((a * b).sum(axis=1).min() for a, b in zip(theirs, ours, strict=True)) > 0.9999
    assert rank_alike(ours, theirs)
    assert not rank_alike((ours[0], ours[1][::-1]), theirs)


@pytest.mark.parametrize(
    "original", [RECIPES[name] for name in IN_8_BITS], ids=IN_8_BITS, indirect=True
)
def test_in_8_bits_it_embeds_almost_as_it_does(original: Original, tmp_path: Path) -> None:
    made = export(original.folder, tmp_path)

    assert (made.bits, made.reason) == (8, "")
    pairs = zip(original.vectors, by(open_encoder(tmp_path)), strict=True)
    assert min(np.median((theirs * ours).sum(axis=1)) for theirs, ours in pairs) > 0.99


def test_what_8_bits_change_too_much_stays_in_float32(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(Recipe("bert"), tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr("entrywise.index.encoders.sentence_transformers.export._SAME_QUANTIZED", 1)
    made = export(str(tmp_path / "model"), out)
    assert made.bits == 32
    assert made.reason.startswith("its graph embeds otherwise, with a cosine of 0.99")
    assert not (out / "encoder.products.json").exists()


@pytest.mark.parametrize(
    ("recipe", "one_pass"),
    [
        (Recipe("bert"), True),
        (Recipe("bert", "cls"), False),
        (Recipe("bert", ("cls", "mean")), False),
        (Recipe("bert", dense="Identity"), True),
        (Recipe("bert", dense="Tanh"), False),
        (Recipe("static"), True),
    ],
)
def test_sentences_come_out_of_a_passage_where_the_model_pools_by_the_mean(
    recipe: Recipe, one_pass: bool, tmp_path: Path
) -> None:
    about = facts(make(recipe, tmp_path))
    assert about.one_pass == one_pass


def test_a_models_prompts_and_lengths_are_those_that_it_is_asked_with(tmp_path: Path) -> None:
    prompts = {"passage": "text : ", "topic": "topic : "}
    options = {"default_prompt_name": "topic"}
    make(Recipe("bert", prompts=PROMPTS | prompts, options=options), tmp_path)
    about = facts(load(str(tmp_path / "model")))
    assert (about.query_prompt, about.passage_prompt) == ("question : ", "text : ")
    assert about.unused_prompts == ("passage", "topic")
    assert (about.max_pieces, about.dimension, about.modules[0]) == (128, 32, "Transformer")
    assert not about.ranks_otherwise


@pytest.mark.parametrize(
    ("similarity", "normalize", "otherwise"),
    [("dot", False, True), ("dot", True, False), ("cosine", False, False)],
)
def test_another_similarity_of_vectors_with_lengths_may_rank_otherwise(
    similarity: str, normalize: bool, otherwise: bool, tmp_path: Path
) -> None:
    options = {"similarity_fn_name": similarity}
    about = facts(make(Recipe("static", normalize=normalize, options=options), tmp_path))
    assert (about.similarity, about.ranks_otherwise) == (similarity, otherwise)
