from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed
from stages import understood

from entrywise.data.source import read_knowledge_base
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.numbered_pages import numbered_page


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
    (folder / "hemp.md").write_text("# ADR 0012: Ropes of hemp\n\n## Why\n\nThey float.\n", "utf-8")
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


@pytest.mark.parametrize("number", ["12", "0012", "012"])
def test_its_title_may_say_its_number(rules: Assistant, number: str) -> None:
    with closing(rules):
        answer = rules.ask(f"what is ADR {number}")
    assert answer.citations[0].title == "ADR 0012: Ropes of hemp"


@pytest.mark.parametrize(
    ("text", "first"), [("what is RULE-80", "How to sail (RULE-80)"), ("what is note 7", "Note 7")]
)
def test_another_number_is_not_answered_by_it(rules: Assistant, text: str, first: str) -> None:
    with closing(rules):
        answer = rules.ask(text)
    assert answer.citations[0].title == first


def test_all_of_its_versions_are_called_so(indexed: Indexed, tmp_path: Path) -> None:
    for folder in ("v1", "v2", "v3"):
        (tmp_path / folder).mkdir()
        text = f"# ADR 7: Ropes\n\nOf hemp, in {folder}.\n"
        (tmp_path / folder / "adr-0007.md").write_text(text, "utf-8")
    with closing(Assistant.open(indexed(read_knowledge_base(tmp_path)))) as rules:
        found = numbered_page(understood("ADR 7", rules.index), rules.index)
    assert sorted(found) == [(0, 0), (1, 0), (2, 0)]


def test_what_asks_for_more_asks_for_no_number(rules: Assistant) -> None:
    with closing(rules):
        question = understood("sails by RULE-8", rules.index)
        assert numbered_page(question, rules.index) == []
        assert numbered_page(understood("RULE-8", rules.index), rules.index) != []
