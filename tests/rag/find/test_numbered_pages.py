from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed

from entrywise.data.source import read_knowledge_base
from entrywise.rag.assistant import Assistant


@pytest.fixture
def rules(indexed: Indexed, tmp_path: Path) -> Assistant:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "rule-0008.md").write_text(
        "# How to row\n\nLevel\n\n## Oars\n\nTake two of them.\n\n## Sails\n\nTake none.\n", "utf-8"
    )
    (folder / "rule-0080.md").write_text(
        "# How to sail\n\n## Oars\n\nUnlike RULE-8, take one.\n", "utf-8"
    )
    for number in range(9):
        (folder / f"note{number}.md").write_text(
            f"# Note {number}\n\nA rule is what is agreed on, as RULE 8 and rule {number} are.\n"
        )
    return Assistant.open(indexed(read_knowledge_base(folder)))


@pytest.mark.parametrize("text", ["what is RULE-8", "Rule 8", "what does RULE 8 mean?"])
def test_a_page_is_asked_for_by_its_number(rules: Assistant, text: str) -> None:
    with closing(rules):
        answer = rules.ask(text)
    first = answer.citations[0]
    assert (first.title, first.quote) == ("How to row (RULE-8)", "Take two of them.")


@pytest.mark.parametrize("text", ["what is RULE-80", "what is rule 7", "sails by RULE-8"])
def test_another_number_or_more_is_not_answered_by_it(rules: Assistant, text: str) -> None:
    with closing(rules):
        answer = rules.ask(text)
    assert "Take two of them." not in [one.quote for one in answer.citations][:1]
