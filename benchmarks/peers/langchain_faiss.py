"""LangChain with Hugging Face embeddings and its FAISS vector store, as its documentation shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peer import TOP, model_path, run


class LangChainFaiss:
    def build(self, texts: list[str], folder: Path) -> None:
        from langchain_community.vectorstores import FAISS

        numbers = [{"number": number} for number in range(len(texts))]
        store = FAISS.from_texts(texts, self._embeddings(), metadatas=numbers)
        store.save_local(str(folder))

    def open(self, folder: Path) -> None:
        from langchain_community.vectorstores import FAISS

        self.store = FAISS.load_local(
            str(folder), self._embeddings(), allow_dangerous_deserialization=True
        )

    def search(self, query: str) -> list[int]:
        found = self.store.similarity_search(query, k=TOP)
        return [document.metadata["number"] for document in found]

    def _embeddings(self) -> Any:
        from langchain_huggingface import HuggingFaceEmbeddings

        return HuggingFaceEmbeddings(model_name=model_path())


if __name__ == "__main__":
    run(LangChainFaiss())
