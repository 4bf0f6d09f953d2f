"""sentence-transformers and FAISS, as both quick starts show them."""

from __future__ import annotations

from pathlib import Path

from peer import TOP, model_path, run


class SentenceTransformersFaiss:
    def build(self, texts: list[str], folder: Path) -> None:
        import faiss

        self._load()
        vectors = self.model.encode(texts, normalize_embeddings=True)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / "index.faiss"))

    def open(self, folder: Path) -> None:
        import faiss

        self._load()
        self.index = faiss.read_index(str(folder / "index.faiss"))

    def search(self, query: str) -> list[int]:
        vector = self.model.encode([query], normalize_embeddings=True)
        return self.index.search(vector, TOP)[1][0].tolist()

    def _load(self) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(model_path(), device="cpu")


if __name__ == "__main__":
    run(SentenceTransformersFaiss())
