"""What people type into a search box: a word or two, for the glossary, half a name or another form
of it, and words that are vague (`tests/keywords.jsonl`, no part of what was fitted)."""

from __future__ import annotations

import json

from paths import ROOT

from entrywise.rag.assistant import Assistant

LINES = (ROOT / "tests" / "keywords.jsonl").read_text("utf-8").splitlines()


def test_keywords_are_answered_where_an_entry_holds_them(assistant: Assistant) -> None:
    inside, outside = [], []
    for row in map(json.loads, LINES):
        answer = assistant.ask(row["question"])
        cited = [citation.entry for citation in answer.citations]
        if row["scope"] == "in":
            inside.append(bool(cited) and cited[0] in row["relevant"])
        else:
            outside.append(not answer.answered)
    assert sum(inside) >= 0.75 * len(inside)
    assert sum(outside) >= 0.95 * len(outside)
