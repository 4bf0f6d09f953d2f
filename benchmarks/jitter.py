"""Answers that turn on the last digits of a cosine: every labelled question is asked again with all
vectors jittered, as another processor's rounding would.

    python benchmarks/jitter.py [FILE …] [--size 1e-4] [--seeds 5] [--index DIR] [--list]

To each vector, of questions as of texts, normal noise of `--size` a component is added and the
length is made 1 again: a cosine with any other vector moves by about as much, with a standard
deviation of that size. The same text has the same noise, as it has the same vector on any one
machine. Sample questions are embedded again, since the index keeps 8 bits of a component.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from entrywise import Assistant
from entrywise.index.encoders.base import EncodedQuery
from entrywise.index.index import Index
from entrywise.index.passages.chunks import passage
from entrywise.index.stores.base import Store
from entrywise.index.vectors.faiss import VectorIndex
from entrywise.index.vectors.writing import write

ROOT = Path(__file__).parents[1]
QUESTIONS = (
    ROOT.parent / "shared" / "evaluation" / "glossary-dev.jsonl",
    ROOT / "tests" / "questions.jsonl",
    ROOT / "data" / "glossary" / "labelled.jsonl",
)
KINDS = ("status", "entries", "quotes", "order")
"""What may flip: the status, else the entries quoted, else the places, else their order."""

Noise = Callable[[str, Any], Any]
"""Gives the jittered vector of a text, float32 (dim,)."""
Place = tuple[str, str, int, int]


class Outcome(NamedTuple):
    """What an answer says, as far as it may flip: its status and the places that it quotes."""

    status: str
    places: tuple[Place, ...]

    def flipped(self, other: Outcome) -> str | None:
        """Which of `KINDS` differs in another outcome, if any does."""
        if self.status != other.status:
            return "status"
        if {place[0] for place in self.places} != {place[0] for place in other.places}:
            return "entries"
        if set(self.places) != set(other.places):
            return "quotes"
        return "order" if self.places != other.places else None


class JitteredEncoder:
    """A query encoder whose vectors are jittered."""

    def __init__(self, encoder: Any, noise: Noise) -> None:
        self._encoder = encoder
        self._noise = noise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_query(self, text: str) -> EncodedQuery:
        """Embed one question."""
        encoded = self._encoder.encode_query(text)
        return encoded._replace(vector=self._noise(text, encoded.vector))


def noise(size: float, seed: int) -> Noise:
    """Normal noise, the same for the same text."""

    def jittered(text: str, vector: Any) -> Any:
        generator = np.random.default_rng([seed, crc32(text.encode())])
        moved = vector + size * generator.standard_normal(len(vector))
        return (moved / np.linalg.norm(moved)).astype(np.float32)

    return jittered


@contextmanager
def jittered(store: Store, embedded: Mapping[str, Any], moved: Noise) -> Iterator[Index]:
    """The index of a store, opened, with all its vectors jittered.

    Args:
        embedded: {sample question: its vector}.
    """
    index = Index(store)
    texts = {kind: index.sample_texts(kind) for kind in ("answered", "unanswered")}
    spans = {"chunks": index.chunks, "sentences": index.sentences}
    passages = {
        name: [passage(index.entries[entry], *place) for entry, *place in rows[:].tolist()]
        for name, rows in spans.items()
    }
    chunks = [index.chunk_vectors.vector(row) for row in range(len(index.chunks))]
    index.sentence_vectors = _moved(passages["sentences"], index.sentence_vectors, moved)
    with TemporaryDirectory() as folder:
        for name, said, vectors, compact in (
            ("chunk_vectors", passages["chunks"], chunks, False),
            ("question_vectors", texts["answered"], _of(texts["answered"], embedded), True),
            ("unanswered_vectors", texts["unanswered"], _of(texts["unanswered"], embedded), True),
        ):
            path = Path(folder) / name
            write(path, _moved(said, vectors, moved), compact=compact)
            setattr(index, name, VectorIndex(path))
        encoder: Any = JitteredEncoder(index.encoder, moved)
        index.encoder = encoder
        yield index
    index.close()


def _of(texts: Iterable[str], embedded: Mapping[str, Any]) -> list[Any]:
    return [embedded[text] for text in texts]


def _moved(texts: Sequence[str], vectors: Iterable[Any], moved: Noise) -> Any:
    return np.array([moved(*pair) for pair in zip(texts, vectors, strict=True)], np.float32)


def sample_questions(index: Index) -> dict[str, Any]:
    """{sample question: its vector} of an index, embedded again."""
    asked = dict.fromkeys([*index.sample_texts("answered"), *index.sample_texts("unanswered")])
    return {text: index.encoder.encode_query(text).vector for text in asked}


def outcomes(assistant: Assistant, questions: Iterable[str]) -> list[Outcome]:
    """What comes of each question."""
    return [
        Outcome(
            answer.status,
            tuple((one.entry, one.section, one.start, one.end) for one in answer.citations),
        )
        for answer in map(assistant.ask, questions)
    ]


def labelled(files: Iterable[Path]) -> list[str]:
    """All labelled questions of those files that are there, each once."""
    lines = [line for path in files if path.exists() for line in path.open(encoding="utf-8")]
    return list(dict.fromkeys(json.loads(line)["question"] for line in lines))


def main() -> None:
    """Print how many questions flip, by kind, and with --list which."""
    parser = argparse.ArgumentParser(description="Jitter all vectors, and see what flips.")
    parser.add_argument("files", nargs="*", type=Path, default=QUESTIONS, help="labelled questions")
    parser.add_argument("--size", type=float, default=1e-4, help="of the noise (%(default)s)")
    parser.add_argument("--seeds", type=int, default=5, help="how often (%(default)s)")
    parser.add_argument("--index", metavar="DIR")
    parser.add_argument("--list", action="store_true", help="list the questions that flip")
    options = parser.parse_args()
    questions = labelled(options.files)
    with Assistant.open(options.index) as assistant:
        store, threshold = assistant.index.generation.store, assistant.threshold
        before = outcomes(assistant, questions)
        embedded = sample_questions(assistant.index)
    flips: dict[str, Counter[str]] = {}
    for seed in range(options.seeds):
        with jittered(store, embedded, noise(options.size, seed)) as index:
            after = outcomes(Assistant(index, threshold=threshold), questions)
        for question, one, other in zip(questions, before, after, strict=True):
            if kind := one.flipped(other):
                flips.setdefault(question, Counter())[kind] += 1
    _report(questions, flips, options.seeds, each=options.list)


def _report(
    questions: Sequence[str], flips: Mapping[str, Counter[str]], seeds: int, *, each: bool
) -> None:
    print(f"{len(questions)} questions, each asked {seeds} times with jittered vectors")
    for kind in KINDS:
        times = [counts[kind] for counts in flips.values() if counts[kind]]
        print(f"{kind:<8} {len(times):4} flip, {sum(times) / seeds:6.1f} each time")
    if each:
        for question, counts in flips.items():
            print(f"{dict(counts)}  {question}")


if __name__ == "__main__":
    main()
