"""bm25s, as its quick start shows it: words alone, no model."""

from __future__ import annotations

from pathlib import Path

from peer import TOP, run


class Bm25sWords:
    def build(self, texts: list[str], folder: Path) -> None:
        import bm25s

        index = bm25s.BM25()
        index.index(self._tokens(texts), show_progress=False)
        index.save(str(folder / "index"))

    def open(self, folder: Path) -> None:
        import bm25s

        self.index = bm25s.BM25.load(str(folder / "index"), mmap=True)

    def search(self, query: str) -> list[int]:
        found, _ = self.index.retrieve(self._tokens([query]), k=TOP, show_progress=False)
        return found[0].tolist()

    def _tokens(self, texts: list[str]) -> object:
        import bm25s
        import Stemmer

        return bm25s.tokenize(
            texts, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False
        )


if __name__ == "__main__":
    run(Bm25sWords())
