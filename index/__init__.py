"""What can be found: chunks, encoder, vectors, words, names, and the index on disk."""
