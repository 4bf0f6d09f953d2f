"""Haystack with its in-memory document store, saved and loaded, as its tutorial shows."""

from __future__ import annotations

from pathlib import Path

from peer import TOP, model_path, run


class HaystackMemory:
    def build(self, texts: list[str], folder: Path) -> None:
        from haystack import Document
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
        )

        embedder = SentenceTransformersDocumentEmbedder(model=model_path(), progress_bar=False)
        embedder.warm_up()
        documents = [Document(content=t, meta={"number": n}) for n, t in enumerate(texts)]
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(embedder.run(documents)["documents"])
        store.save_to_disk(str(folder / "store.json"))

    def open(self, folder: Path) -> None:
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersTextEmbedder,
        )

        self.embedder = SentenceTransformersTextEmbedder(model=model_path(), progress_bar=False)
        self.embedder.warm_up()
        store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
        self.retriever = InMemoryEmbeddingRetriever(store, top_k=TOP)

    def search(self, query: str) -> list[int]:
        vector = self.embedder.run(query)["embedding"]
        return [d.meta["number"] for d in self.retriever.run(query_embedding=vector)["documents"]]


if __name__ == "__main__":
    run(HaystackMemory())
