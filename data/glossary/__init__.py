"""The knowledge base that comes with Entrywise: its files, and where they are.

entries.json          the entries                    entrywise.toml   its identity, its domain
ways.json             how people ask for each        adapter.safetensors   of the encoder
topics, labelled, beyond .jsonl   questions that span entries, or that none answers
questions.safetensors   the vectors of all these questions, by the adapted encoder
"""
