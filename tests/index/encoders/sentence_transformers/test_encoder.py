"""Models that cannot be exported are asked through sentence-transformers."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from random_models import Recipe, make
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, WordEmbeddings
from sentence_transformers.sentence_transformer.modules.tokenizer import WhitespaceTokenizer

from entrywise.data.errors import EncoderMissing
from entrywise.index.encoders.base import EncoderConfig, Passage
from entrywise.index.encoders.registry import EncoderSource, open_encoder
from entrywise.index.graphs.libraries import quiet

pytestmark = pytest.mark.slow

WORDS = ("what", "attention", "shares", "keys", "queries", "cache", "small")
TEXT = "Attention shares keys. Queries cache small keys."


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A model of before transformers: a vector for each word, told apart by spaces."""
    table = np.random.default_rng(0).normal(size=(len(WORDS), 8)).astype(np.float32)
    tokenizer = WhitespaceTokenizer(WORDS, stop_words=(), do_lower_case=True)
    embeddings = WordEmbeddings(tokenizer, table, max_seq_length=64)
    with quiet():
        model = SentenceTransformer(modules=[embeddings, Pooling(8)], device="cpu")
        model.save(str(tmp_path / "words"))
    return tmp_path / "words"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_what_cannot_be_exported_is_named_and_said(
    words: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    EncoderSource(str(words)).make(out)

    assert [path.name for path in out.iterdir()] == ["encoder.json"]
    config = EncoderConfig.read(out)
    assert (config.kind, config.model) == ("sentence_transformers", str(words))
    assert (config.dimension, config.max_pieces, config.one_pass) == (8, 64, False)
    told, complained = capsys.readouterr()
    assert (told, complained.count("\n")) == ("", 1)
    assert f"{str(words)!r} cannot be exported (its WordEmbeddings module reads" in complained
    assert "pip install 'entrywise[models]'" in complained


def test_it_embeds_questions_passages_and_sentences_as_the_model_does(
    words: Path, out: Path
) -> None:
    EncoderSource(str(words)).make(out)
    model = SentenceTransformer(str(words), device="cpu")
    texts = ["what shares keys", TEXT, TEXT[:22], TEXT[23:]]
    theirs = np.asarray(model.encode(texts, normalize_embeddings=True))

    encoder = open_encoder(out)
    (told,) = encoder.encode_passages([Passage(TEXT, ((0, 22), (23, len(TEXT))))])
    ours = [encoder.encode_query(texts[0]).vector, told.vector, *told.sentences]

    np.testing.assert_allclose(np.array(ours), theirs, atol=1e-6)
    assert encoder.count_pieces(TEXT) == 7
    assert encoder.vocabulary() == {}


def test_a_prompt_that_the_pooling_leaves_out_is_left_out(tmp_path: Path, out: Path) -> None:
    recipe = Recipe("bert", prompts={"query": "ask : "}, options={"include_prompt": False})
    model = make(recipe, tmp_path)
    EncoderSource(str(tmp_path / "model")).make(out)

    encoder = open_encoder(out)

    assert encoder.config.kind == "sentence_transformers"
    theirs = model.encode_query(["what is attention"], normalize_embeddings=True)
    ours = encoder.encode_query("what is attention").vector
    np.testing.assert_allclose(ours, theirs[0], atol=1e-6)
    assert encoder.count_pieces("attention " * 1000) >= 1000


def test_a_model_that_has_gone_is_said_with_the_remedy(words: Path, out: Path) -> None:
    EncoderSource(str(words)).make(out)
    shutil.rmtree(words)
    with pytest.raises(EncoderMissing) as caught:
        open_encoder(out)
    assert str(caught.value) == (
        f"the model {str(words)!r} is gone, and this index is asked through it; put it back, or "
        "build the index again with another --model"
    )


def test_another_model_in_its_place_is_refused(words: Path, out: Path, tmp_path: Path) -> None:
    EncoderSource(str(words)).make(out)
    shutil.rmtree(words)
    make(Recipe("static"), tmp_path)
    (tmp_path / "model").rename(words)
    with pytest.raises(EncoderMissing, match="is another one than the index was built with"):
        open_encoder(out).encode_query("what")


def test_the_same_model_is_known_before_it_is_made(words: Path, out: Path) -> None:
    source = EncoderSource(str(words))
    source.make(out)
    config = EncoderConfig.read(out)
    moved = words.rename(words.with_name("moved"))
    assert EncoderSource(str(moved)).is_that_of(str(moved), config.sha256)
    assert not EncoderSource(str(moved)).is_that_of("another", config.sha256)
    assert not EncoderSource(str(moved)).is_that_of(str(moved), "0" * 64)
