"""What is kept of a cross-encoder: a graph, its weights, its tokenizer, and what they are."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from entrywise.data.errors import RerankerMissing

CONFIG, GRAPH, WEIGHTS = "reranker.json", "reranker.onnx", "reranker.weights"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of a cross-encoder."""

    model: str
    """Its name, or the folder it lies in."""
    sha256: str
    """SHA-256 of all that shapes its scores."""
    bits: int
    """Bits of the numbers that are multiplied, 8 or 32; 0: it runs in sentence-transformers."""
    max_pieces: int = 0
    """Word pieces of a question and a passage that it reads together."""
    correlation: float = 1.0
    """That of the graph's scores with the model's, before they are brought to [0, 1]."""

    def write(self, folder: Path) -> None:
        """Write it into the folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / CONFIG).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Exported:
        """What a folder says.

        Raises:
            RerankerMissing: there is no such file, or it says something else.
        """
        try:
            return cls(**json.loads((folder / CONFIG).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise unreadable(folder, error) from error


def unreadable(folder: Path, error: Exception) -> RerankerMissing:
    """The error of a folder that holds something else."""
    reason = str(error).strip().partition("\n")[0]
    return RerankerMissing(
        f"the reranker in {str(folder)!r} cannot be opened ({reason}); delete that folder, and it "
        "is made again"
    )
