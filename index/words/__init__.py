"""The entries that share words with a text: SQLite's FTS5."""
