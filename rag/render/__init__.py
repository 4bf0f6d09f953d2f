"""Answers for people: terminal, Markdown, notebooks; and formulas that can be read in text."""
