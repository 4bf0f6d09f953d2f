"""txtai, as its introduction shows it: an embeddings database, saved and loaded."""

from __future__ import annotations

from pathlib import Path

from peer import TOP, model_path, run


class Txtai:
    def build(self, texts: list[str], folder: Path) -> None:
        from txtai import Embeddings

        embeddings = Embeddings(path=model_path())
        embeddings.index(texts)
        embeddings.save(str(folder / "index"))

    def open(self, folder: Path) -> None:
        from txtai import Embeddings

        self.embeddings = Embeddings()
        self.embeddings.load(str(folder / "index"))

    def search(self, query: str) -> list[int]:
        return [number for number, _ in self.embeddings.search(query, TOP)]


if __name__ == "__main__":
    run(Txtai())
