"""The systems that are compared: Entrywise, and each peer in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from processes import Cost, measured

HERE = Path(__file__).parent
PEERS = {
    "sentence-transformers + FAISS": "sentence_transformers_faiss",
    "txtai": "txtai_embeddings",
    "LangChain + FAISS": "langchain_faiss",
    "LlamaIndex": "llamaindex_vectors",
    "Haystack": "haystack_memory",
    "bm25s (words alone)": "bm25s_words",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: its name, its module in peers/, and the folder for its environment and index."""

    name: str
    module: str
    folder: Path

    @property
    def python(self) -> str:
        return str(self.folder / "venv" / "bin" / "python")

    def prepare(self, corpus: Path) -> None:
        """Install it with its pins and let it index the corpus, if that is not done."""
        if not Path(self.python).exists():
            print(f"installing {self.name} …", file=sys.stderr, flush=True)
            subprocess.run([sys.executable, "-m", "venv", str(self.folder / "venv")], check=True)
            pins = str(HERE / "peers" / f"{self.module}.txt")
            subprocess.run([self.python, "-m", "pip", "install", "-q", "-r", pins], check=True)
        index = self.folder / "index"
        if not index.exists():
            index.mkdir(parents=True)
            print(f"indexing with {self.name} …", file=sys.stderr, flush=True)
            self._run("build", str(corpus), str(index))

    def ask(self, question: str) -> Cost:
        """One question to a new process."""
        return self._run("ask", str(self.folder / "index"), question)

    def warm(self, questions: Path) -> list[float]:
        """Processor time in ms of each of many questions to one process."""
        cost = self._run("warm", str(self.folder / "index"), str(questions))
        spent: list[float] = json.loads(cost.out.splitlines()[-1])["cpu_ms"]
        return spent

    def _run(self, *arguments: str) -> Cost:
        script = str(HERE / "peers" / f"{self.module}.py")
        return measured([self.python, script, *arguments], environment())


def environment() -> dict[str, str]:
    """No network, and threads as each system sets them."""
    offline = {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }
    return {**os.environ, **offline}
