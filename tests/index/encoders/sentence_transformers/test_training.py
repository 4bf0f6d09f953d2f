from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.errors import EntrywiseError, KnowledgeBaseError
from entrywise.index.encoders.base import Encoder, Passage
from entrywise.index.encoders.registry import EncoderSource, open_encoder
from entrywise.index.encoders.sentence_transformers.training import adapt

pytestmark = pytest.mark.slow

ANIMALS = ("owl", "fox", "bee", "ant", "cod", "eel", "hen", "yak")
PLACES = ("barn", "wood", "hive", "hill", "bay", "pond", "coop", "steppe")


@pytest.fixture(scope="module")
def made_up() -> KnowledgeBase:
    """Sixty-four entries, each asked for by a word that has nothing to do with it."""
    entries = [
        Entry(
            f"{animal}-{place}",
            f"{animal} {place}",
            "c",
            (Section("text", f"The {animal} lives in the {place}."),),
            questions=(f"code {row}{column}", f"number {row}{column}"),
        )
        for row, animal in enumerate(ANIMALS)
        for column, place in enumerate(PLACES)
    ]
    return KnowledgeBase(tuple(entries))


def cosines(encoder: Encoder, made_up: KnowledgeBase) -> float:
    """The mean cosine of each question and its entry's sentence."""
    texts = [Passage(f"{entry.name}: {entry.sections[0].text}") for entry in made_up]
    ours = np.array([encoder.encode_query(entry.questions[0]).vector for entry in made_up])
    theirs = np.array([one.vector for one in encoder.encode_passages(texts)])
    return float((ours * theirs).sum(axis=1).mean())


def opened(source: EncoderSource, folder: Path) -> Encoder:
    folder.mkdir()
    source.make(folder)
    return open_encoder(folder)


def test_training_draws_questions_towards_their_entries(
    made_up: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "adapter.safetensors"
    calls: list[tuple[int, int]] = []
    adapt(made_up, path, steps=3, progress=lambda done, total: calls.append((done, total)))

    assert calls == [(0, 3), (1, 3), (2, 3), (3, 3)]
    plain = opened(EncoderSource(), tmp_path / "plain")
    adapted = opened(EncoderSource(adapter=path), tmp_path / "adapted")
    assert cosines(adapted, made_up) > cosines(plain, made_up)
    assert adapted.config.sha256 != plain.config.sha256
    assert adapted.config.model == "all-MiniLM-L6-v2 with adapter.safetensors"


def test_the_same_training_gives_the_same_adapter(made_up: KnowledgeBase, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    adapt(made_up, first, steps=1)
    adapt(made_up, second, steps=1)
    assert first.read_bytes() == second.read_bytes()


def test_a_knowledge_base_that_nobody_asks_cannot_be_adapted_to(
    made_up: KnowledgeBase, tmp_path: Path
) -> None:
    silent = tuple(replace(entry, questions=()) for entry in made_up.entries[1:])
    few = KnowledgeBase((*made_up.entries[:1], *silent))
    with pytest.raises(KnowledgeBaseError, match="ways of asking for 1 entries are too few"):
        adapt(few, tmp_path / "adapter", steps=1)


def test_a_folder_that_is_not_there_is_named_before_the_training(
    made_up: KnowledgeBase, tmp_path: Path
) -> None:
    with pytest.raises(EntrywiseError, match="its folder does not exist"):
        adapt(made_up, tmp_path / "no" / "adapter", steps=1)
