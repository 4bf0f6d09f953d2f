from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from growth import grows_linearly

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.questions import QuestionsReader
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]

FAQ = """\
### YamlMime:FAQ
metadata:
  title: No title of a page
title: Renting
summary: |
  In short.
sections:
  - name: Money
    questions:
      - question: |
          What does
          it cost?
        answer: |
          Five euros:

          - in coins
      - question: Since when?
        answer: 2024-01-01
  - name: Nothing
    questions: []
  - questions:
      - question: May I bring a dog?
        answer: Yes.
"""


def test_questions_are_headings_below_those_of_their_sections(write: Write) -> None:
    (page,) = read_knowledge_base(write(FAQ, "faq.yml")).entries
    assert (page.id, page.name) == ("faq", "Renting")
    assert [(one.path, [block.plain for block in one.blocks]) for one in page.sections] == [
        ((), ["In short."]),
        (("Money", "What does it cost?"), ["Five euros:", "in coins"]),
        (("Money", "Since when?"), ["2024-01-01"]),
        (("May I bring a dog?",), ["Yes."]),
    ]


def test_a_list_of_questions_alone_is_a_page(write: Write) -> None:
    text = "- question: Why?\n  answer: So.\n- question: When?\n  answer: &a Now.\n- note: *a\n"
    (page,) = read_knowledge_base(write(text, "Help.YAML")).entries
    assert [one.path for one in page.sections] == [("Why?",), ("When?",)]


def test_other_yaml_is_not_read(write: Write, tmp_path: Path) -> None:
    write("name: x\nquestion: Sure?\n", "settings.yml")
    write("Hello.", "a.md")
    found = read_knowledge_base(tmp_path)
    assert [one.id for one in found.entries] == ["a"]
    assert "1 .yml file: no reader for this kind: settings.yml" in map(str, found.unread)
    assert not QuestionsReader().accepts(tmp_path / "none.yml")


def test_a_slip_is_told_with_its_line(write: Write) -> None:
    path = write("- question: Why?\n  answer: So.\n- question: [\n", "faq.yml")
    with pytest.raises(KnowledgeBaseError, match=r"faq\.yml: no valid YAML at line 4 "):
        read_knowledge_base(path)


def test_what_stands_in_many_places_is_read_once(write: Write) -> None:
    names = [f"a{number}: &a{number} [*a{number - 1}, *a{number - 1}]" for number in range(1, 40)]
    text = "\n".join(("a0: &a0", "  question: Why", "  answer: So.", *names))
    (page,) = read_knowledge_base(write(text, "faq.yml")).entries
    assert [one.path for one in page.sections] == [("Why",)]


def test_time_grows_linearly_with_questions(tmp_path: Path) -> None:
    path = tmp_path / "faq.yml"

    def read(count: int) -> object:
        path.write_text("- question: Why?\n  answer: So.\n" * count, encoding="utf-8")
        return QuestionsReader().read(path)

    assert grows_linearly(read, 200)
