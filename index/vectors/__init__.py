"""The nearest vectors to one: FAISS."""
