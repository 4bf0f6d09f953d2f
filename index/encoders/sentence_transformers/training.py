"""Adapts the encoder to a knowledge base: a low-rank adapter learned from how people ask.

Each asked question is drawn towards a passage of an entry that answers it, or towards another
question that the entry answers, and away from those of the other entries in its batch: the
contrastive loss with in-batch negatives (Oord et al., "Representation Learning with Contrastive
Predictive Coding", 2018), over questions and over passages. Only the adapter is trained.
"""

from __future__ import annotations

import math
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import EntrywiseError, KnowledgeBaseError
from entrywise.index.encoders.default import DEFAULT_MODEL
from entrywise.index.encoders.onnx import adapter
from entrywise.index.encoders.sentence_transformers.model import load
from entrywise.index.graphs.libraries import quiet
from entrywise.index.passages.chunks import chunks, passage, sentences
from entrywise.index.progress import Progress, no_progress
from entrywise.index.sample_questions import label

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

STEPS = 300
"""Batches to train on."""
_BATCH = 64
# 664 thousand parameters for all-MiniLM-L6-v2, 1.3 MB.
_RANK = 16
_LEARNING_RATE = 5e-4
_WARM_UP = 0.1
_WEIGHT_DECAY = 0.01
_GRADIENT_NORM = 1.0
# Cosines are multiplied by this before the softmax, as when all-MiniLM-L6-v2 was trained.
_SCALE = 20.0
# How much the loss over passages counts beside that over questions.
_BACKWARD = 0.5
# What a question is drawn towards: another question, else a sentence, else a chunk.
_TO_QUESTION = 0.3
_TO_SENTENCE = 0.42
# Word pieces of a passage that are read in training: time grows with the longest of a batch.
_PIECES = 96
# Texts of like length that go through the model together.
_TOGETHER = 16

Pieces = list[int]


@dataclass(frozen=True, slots=True)
class _Examples:
    """What is learned from, as word pieces, by question and by entry."""

    questions: list[Pieces]
    answering: list[list[int]]
    """The entries that answer each question."""
    asked: list[list[int]]
    """The questions that each entry answers."""
    sentences: list[list[Pieces]]
    chunks: list[list[Pieces]]


def adapt(
    knowledge_base: KnowledgeBase,
    out: Path,
    *,
    model: str = DEFAULT_MODEL,
    steps: int = STEPS,
    progress: Progress = no_progress,
) -> None:
    """Train an adapter and write it. The same knowledge base, model and machine give the same one.

    Args:
        progress: called with (batches done, batches to do).

    Raises:
        KnowledgeBaseError: too few questions or entries to learn from.
        EntrywiseError: the model cannot be loaded, or `out` cannot be written.
    """
    if not out.absolute().parent.is_dir():
        raise EntrywiseError(f"{out}: its folder does not exist; name a file in one that does")
    loaded = load(model)
    with quiet():
        import torch

        torch.set_num_threads(os.cpu_count() or 1)
        torch.manual_seed(0)
        examples = _examples(knowledge_base, loaded.tokenizer)
        transformer, layers = _adapted(loaded)
        _train(transformer, examples, steps, progress)
    trained = {name: (_numbers(low.a), _numbers(low.b)) for name, low in layers.items()}
    adapter.write(trained, out)


def _numbers(tensor: torch.Tensor) -> Any:
    return tensor.detach().numpy()


def _examples(knowledge_base: KnowledgeBase, tokenizer: Any) -> _Examples:
    def pieces(texts: Sequence[str]) -> list[Pieces]:
        found = tokenizer(list(texts), truncation=True, max_length=_PIECES)["input_ids"]
        return [list(ids) for ids in found]

    entries = knowledge_base.entries
    questions, labels = label(knowledge_base)
    answering: list[list[int]] = [[] for _ in questions]
    asked: list[list[int]] = [[] for _ in entries]
    for row, entry in labels.tolist():
        answering[row].append(entry)
        asked[entry].append(row)
    if sum(map(bool, asked)) < _BATCH:
        raise KnowledgeBaseError(
            f"ways of asking for {sum(map(bool, asked))} entries are too few to adapt the encoder "
            f"to; write some for at least {_BATCH} entries, or do without an adapter"
        )
    table = sentences(entries)
    by_entry: list[list[list[Pieces]]] = []
    for spans in (table, chunks(table)):
        grouped: list[list[Pieces]] = [[] for _ in entries]
        texts = [passage(entries[e], section, a, b) for e, section, a, b in spans.tolist()]
        for (entry, *_), text in zip(spans.tolist(), pieces(texts), strict=True):
            grouped[entry].append(text)
        by_entry.append(grouped)
    return _Examples(pieces(questions), answering, asked, *by_entry)


def _adapted(model: SentenceTransformer) -> tuple[torch.nn.Module, dict[str, Any]]:
    """The transformer with frozen weights, and the trainable low-rank matrices of its layers.

    Raises:
        EntrywiseError: it is not built like BERT.
    """
    import torch
    from torch.nn.utils import parametrize

    class LowRank(torch.nn.Module):
        def __init__(self, weight: torch.Tensor) -> None:
            super().__init__()
            rows, columns = weight.shape
            self.a = torch.nn.Parameter(torch.randn(_RANK, columns) / math.sqrt(columns))
            self.b = torch.nn.Parameter(torch.zeros(rows, _RANK))

        def forward(self, weight: torch.Tensor) -> torch.Tensor:
            return weight + self.b @ self.a

    transformer = model.transformers_model
    if transformer is None:
        raise EntrywiseError("a model without a transformer cannot be adapted; choose another one")
    # sentence-transformers puts what it loads in the state for use.
    transformer.requires_grad_(False)
    linear = {
        name: module
        for name, module in transformer.named_modules()
        if isinstance(module, torch.nn.Linear) and name.startswith("encoder.")
    }
    if not linear:
        raise EntrywiseError(
            "the model has no layers named encoder.…; only models built like BERT can be adapted"
        )
    layers = {name: LowRank(module.weight) for name, module in linear.items()}
    for name, module in linear.items():
        parametrize.register_parametrization(module, "weight", layers[name])
    return transformer, layers


def _train(
    transformer: torch.nn.Module,
    examples: _Examples,
    steps: int,
    progress: Progress,
) -> None:
    import torch

    weights = [p for p in transformer.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=_LEARNING_RATE, weight_decay=_WEIGHT_DECAY)
    warm = max(1, round(steps * _WARM_UP))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (steps - step) / max(steps - warm, 1))
    )
    progress(0, steps)
    for step, batch in zip(range(steps), _batches(examples), strict=False):
        optimizer.zero_grad()
        loss = _loss(transformer, batch, examples)
        # PyTorch does not annotate it.
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights, _GRADIENT_NORM)
        optimizer.step()
        schedule.step()
        progress(step + 1, steps)


_Batch = list[tuple[int, int, Pieces]]
"""(question, an entry that answers it, a text of that entry) with different entries."""


def _batches(examples: _Examples) -> Iterator[_Batch]:
    """Batches without end, in which each question comes up about as often as any other."""
    chance = random.Random(0)
    queue: list[int] = []
    while True:
        batch: dict[int, tuple[int, int, Pieces]] = {}
        put_off: list[int] = []
        while len(batch) < _BATCH:
            if not queue:
                queue = chance.sample(range(len(examples.questions)), len(examples.questions))
            question = queue.pop()
            entry = chance.choice(examples.answering[question])
            if entry in batch:
                put_off.append(question)
            else:
                batch[entry] = (question, entry, _target(question, entry, examples, chance))
        queue = put_off + queue
        yield list(batch.values())


def _target(question: int, entry: int, examples: _Examples, chance: random.Random) -> Pieces:
    """What a question is drawn towards."""
    others = [row for row in examples.asked[entry] if row != question]
    draw = chance.random()
    if draw < _TO_QUESTION and others:
        return examples.questions[chance.choice(others)]
    texts = examples.sentences if draw < _TO_QUESTION + _TO_SENTENCE else examples.chunks
    return chance.choice(texts[entry])


def _loss(transformer: torch.nn.Module, batch: _Batch, examples: _Examples) -> torch.Tensor:
    import torch

    texts = [examples.questions[question] for question, _, _ in batch]
    vectors = _embed(transformer, texts + [target for _, _, target in batch])
    scores = _SCALE * vectors[: len(batch)] @ vectors[len(batch) :].T
    # An entry that answers a question as well is no negative of it.
    also = torch.tensor(
        [
            [entry != other and other in examples.answering[question] for _, other, _ in batch]
            for question, entry, _ in batch
        ]
    )
    scores = scores.masked_fill(also, -math.inf)
    right = torch.arange(len(batch))
    cross_entropy = torch.nn.functional.cross_entropy
    return cross_entropy(scores, right) + _BACKWARD * cross_entropy(scores.T, right)


def _embed(transformer: torch.nn.Module, texts: Sequence[Pieces]) -> torch.Tensor:
    """Mean-pooled vectors of unit length, float32 (texts, dim), in the given order."""
    import torch

    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    parts = []
    for first in range(0, len(order), _TOGETHER):
        rows = [torch.tensor(texts[row]) for row in order[first : first + _TOGETHER]]
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones_like(r) for r in rows], batch_first=True)
        tokens = transformer(input_ids=ids, attention_mask=mask)[0]
        kept = mask.unsqueeze(-1)
        parts.append(torch.nn.functional.normalize((tokens * kept).sum(1) / kept.sum(1), dim=1))
    return torch.cat(parts)[torch.argsort(torch.tensor(order))]
