"""LlamaIndex with its vector store index, persisted and loaded, as its documentation shows."""

from __future__ import annotations

from pathlib import Path

from peer import TOP, model_path, run


class LlamaIndexVectors:
    def build(self, texts: list[str], folder: Path) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.schema import TextNode

        self._set_model()
        nodes = [TextNode(text=text, id_=str(number)) for number, text in enumerate(texts)]
        VectorStoreIndex(nodes).storage_context.persist(persist_dir=str(folder))

    def open(self, folder: Path) -> None:
        from llama_index.core import StorageContext, load_index_from_storage

        self._set_model()
        context = StorageContext.from_defaults(persist_dir=str(folder))
        self.retriever = load_index_from_storage(context).as_retriever(similarity_top_k=TOP)

    def search(self, query: str) -> list[int]:
        return [int(found.node.node_id) for found in self.retriever.retrieve(query)]

    def _set_model(self) -> None:
        from llama_index.core import Settings
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        Settings.embed_model = HuggingFaceEmbedding(model_name=model_path())
        Settings.llm = None


if __name__ == "__main__":
    run(LlamaIndexVectors())
