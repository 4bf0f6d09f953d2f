from __future__ import annotations

import gc
import shutil
import subprocess
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from indexes import files_of

from entrywise.data.errors import IndexDamaged
from entrywise.index.encoders.base import CONFIG, Encoder, Passage
from entrywise.index.encoders.onnx.encoder import OnnxEncoder, open_onnx
from entrywise.index.encoders.registry import ENCODER_FILES
from entrywise.index.generations.publication import share
from entrywise.index.index import Index

Start = Callable[..., "subprocess.Popen[str]"]

ASK_AND_LIST_MODULES = """
import sys
from pathlib import Path
from entrywise.index.index import Index
index = Index(Path(sys.argv[1]))
vector = index.encoder.encode_query("what is GQA").vector
index.chunk_vectors.search(vector, 3), index.words.scores("GQA")
index.spelling.corrected("GQA instrukt", [(4, 12)])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def encoder(small_index: Index) -> Encoder:
    return small_index.encoder


@pytest.fixture
def another(small_index: Index) -> Encoder:
    """The same encoder, which remembers nothing."""
    return OnnxEncoder(files_of(small_index).root)


@pytest.fixture
def folder(small_index: Index, tmp_path: Path) -> Path:
    """Its files under second names."""
    for name in ENCODER_FILES:
        share(files_of(small_index).root / name, tmp_path / name)
    return tmp_path


def test_the_same_files_are_opened_once(folder: Path, small_index: Index) -> None:
    assert open_onnx(folder) is small_index.encoder


def test_files_that_were_written_to_are_opened_again(folder: Path, small_index: Index) -> None:
    config = folder / CONFIG
    other = config.read_text()
    config.unlink()
    config.write_text(other)
    opened = open_onnx(folder)
    assert opened is not small_index.encoder
    assert opened.encode_query("GQA").vector == pytest.approx(
        small_index.encoder.encode_query("GQA").vector
    )


def test_what_nobody_holds_is_opened_again(small_index: Index, tmp_path: Path) -> None:
    for name in ENCODER_FILES:
        shutil.copyfile(files_of(small_index).root / name, tmp_path / name)
    gc.collect()
    gc.disable()
    try:
        opened = open_onnx(tmp_path)
        assert open_onnx(tmp_path) is opened is not small_index.encoder
        alive = weakref.ref(opened)
        del opened
        assert alive() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ENCODER_FILES)
def test_what_is_missing_is_told_though_it_is_open(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(IndexDamaged):
        open_onnx(folder)


@pytest.mark.parametrize("text", ["", " ", "GQA", "what is GQA?", "注意力 🦙", "word " * 400])
def test_a_vector_has_unit_length(text: str, encoder: Encoder) -> None:
    vector = encoder.encode_query(text).vector
    assert (vector.shape, str(vector.dtype)) == ((384,), "float32")
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_like_questions_are_near_and_others_far(encoder: Encoder) -> None:
    asked, alike, other = (
        encoder.encode_query(text).vector
        for text in ("how do I shrink a model", "making a model smaller", "the weather in Rome")
    )
    assert asked @ alike > 0.6 > 0.2 > asked @ other


def test_what_was_asked_before_does_not_matter(encoder: Encoder, another: Encoder) -> None:
    alone = encoder.encode_query("what is GQA").vector
    another.encode_query("a long question " * 50)
    np.testing.assert_array_equal(another.encode_query("what is GQA").vector, alone)


def test_the_vector_of_a_question_is_remembered(encoder: Encoder) -> None:
    asked, again = (encoder.encode_query(text) for text in ("is GQA fast?", "  Is gqa FAST ?"))
    assert again.vector is asked.vector
    assert (asked.rare, again.rare) == (((3, 6),), ((5, 8),))
    with pytest.raises(ValueError, match="read-only"):
        asked.vector[0] = 1


def test_256_pieces_are_read_and_the_rest_is_cut_off(encoder: Encoder) -> None:
    """Two of the 256 are the marks of beginning and end."""
    read = encoder.encode_query("cat " * 254).vector
    np.testing.assert_array_equal(encoder.encode_query("cat " * 254 + "dog " * 999).vector, read)
    assert not np.array_equal(encoder.encode_query("cat " * 253 + "dog").vector, read)
    assert not np.array_equal(encoder.encode_query("cat " * 127).vector, read)


def test_words_that_the_vocabulary_lacks_are_rare(encoder: Encoder) -> None:
    text = "What is bfloat, the mistrel model?"
    assert [text[start:end] for start, end in encoder.encode_query(text).rare] == [
        "bfloat",
        "mistrel",
    ]
    assert encoder.encode_query("What is the weather?").rare == ()
    assert encoder.encode_query("").rare == ()


def test_what_nobody_holds_is_freed_at_once(small_index: Index) -> None:
    """Without the collector of cycles, which may come late: it has 11 MB of weights."""
    gc.collect()
    gc.disable()
    try:
        encoder = OnnxEncoder(files_of(small_index).root)
        encoder.encode_query("what is GQA?")
        alive = weakref.ref(encoder)
        session = weakref.ref(encoder._session)
        del encoder
        assert (alive(), session()) == (None, None)
    finally:
        gc.enable()


def test_the_vocabulary_ranks_frequent_words_first(encoder: Encoder) -> None:
    ranks = encoder.vocabulary()
    assert ranks["the"] < ranks["model"] < ranks["react"] < 15_000 < ranks["rag"]
    assert all(word.isalpha() and len(word) > 1 for word in ranks)


def test_pieces_of_a_text_of_any_length_are_counted(encoder: Encoder) -> None:
    assert encoder.count_pieces("") == 0
    assert encoder.count_pieces("cat " * 3) == 3
    assert encoder.count_pieces("cat " * 1000) == 1000


def test_a_passage_has_the_same_vector_whatever_is_embedded_beside_it(encoder: Encoder) -> None:
    texts = [f"passage number {number}" + " and more" * (number % 40) for number in range(300)]
    together = list(encoder.encode_passages(Passage(text) for text in texts))
    assert len(together) == 300
    for row in (0, 39, 255, 256, 299):
        (alone,) = encoder.encode_passages([Passage(texts[row])])
        np.testing.assert_array_equal(alone.vector, together[row].vector)
        # A question of the same words is embedded by the same model.
        np.testing.assert_array_equal(encoder.encode_query(texts[row]).vector, alone.vector)
    assert list(encoder.encode_passages([])) == []


def test_the_vector_of_a_sentence_is_the_mean_of_its_tokens(small_index: Index) -> None:
    encoder = OnnxEncoder(files_of(small_index).root)
    text = "Heads share keys. They cost less."
    (passage,) = encoder.encode_passages([Passage(text, ((0, 17), (18, 33)))])
    encoding = encoder._tokenizer.encode(text)
    assert encoding.tokens[1:6] == ["heads", "share", "keys", ".", "they"]
    (tokens,) = encoder._run(encoding.ids, ["tokens"])
    for vector, rows in zip(passage.sentences, (slice(1, 5), slice(5, 9)), strict=True):
        mean = tokens[0, rows].mean(axis=0)
        np.testing.assert_allclose(vector, mean / np.linalg.norm(mean), rtol=1e-5)


def test_a_heading_says_what_a_sentence_is_about(encoder: Encoder) -> None:
    text = "GQA: They share keys."
    passages = [Passage(text, ((5, 21),)), Passage(text, ((5, 21),), heading=5)]
    plain, headed = (one.sentences[0] for one in encoder.encode_passages(passages))
    asked = encoder.encode_query("GQA").vector
    assert asked @ headed > asked @ plain


def test_a_sentence_at_the_end_of_a_long_passage_is_read(encoder: Encoder) -> None:
    """It is beyond what the model reads at once: a window of its own holds it."""
    padding, sentence = "cat " * 600, "The KV cache is shared by groups of heads."
    place = len(padding), len(padding) + len(sentence)
    (passage,) = encoder.encode_passages([Passage(padding + sentence, (place,))])
    asked = encoder.encode_query("which heads share the KV cache").vector
    (short,) = encoder.encode_passages([Passage(padding)])
    assert asked @ passage.sentences[0] > 0.5 > asked @ short.vector
    assert asked @ passage.vector > asked @ short.vector
    assert np.linalg.norm(passage.vector) == pytest.approx(1, abs=1e-5)


def test_a_sentence_without_a_token_has_the_passage_s_vector(encoder: Encoder) -> None:
    (passage,) = encoder.encode_passages([Passage("cat \u200b\u200b", ((4, 6),))])
    np.testing.assert_array_equal(passage.sentences[0], passage.vector)


def test_several_threads_may_ask_at_once(encoder: Encoder, another: Encoder) -> None:
    texts = [f"what is number {number}" + " again" * (number % 7) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        vectors = [encoded.vector for encoded in pool.map(encoder.encode_query, texts)]
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_array_equal(vector, another.encode_query(text).vector)


@pytest.mark.parametrize("content", [b"", b"text", b"half"])
@pytest.mark.parametrize("broken", ["encoder.onnx", "tokenizer.json", "encoder.json"])
def test_a_broken_file_is_damage_with_the_remedy(
    broken: str, content: bytes, generation: Path
) -> None:
    path = generation / broken
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.unlink()
    path.write_bytes(half if content == b"half" else content)
    with pytest.raises(IndexDamaged) as caught:
        OnnxEncoder(generation)
    message = str(caught.value)
    assert message.startswith(f"the encoder in {str(generation)!r} cannot be opened (")
    assert message.endswith("); build the index again")
    assert "\n" not in message


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="cannot be opened"):
        OnnxEncoder(tmp_path)


def test_asking_needs_no_torch(small_root: Path, start: Start) -> None:
    process = start(ASK_AND_LIST_MODULES, small_root)
    printed, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")
    modules = set(printed.split())
    assert {"onnxruntime", "tokenizers", "faiss", "rapidfuzz"} <= modules
    assert not {"torch", "sentence_transformers", "transformers", "onnx"} & modules
