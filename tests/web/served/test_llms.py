from __future__ import annotations

import re

import pytest
from web.served.conftest import Collected

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.web.served import llms
from entrywise.web.served.llms import llms_blocks, llms_txt

BASE = "https://example.org"


def test_names_break_neither_a_heading_nor_a_link(collected: Collected) -> None:
    entry = Entry("x", "X [1]\n## Y", "c", (Section("text", "Two\nlines."),))
    known = collected(KnowledgeBase((entry,), (Category("c", "A\ncategory", 0),)))
    text = llms_txt(Identity(title="One\nbase"), llms_blocks(known.listing, 0, 1, BASE))
    assert text.startswith("# One base\n\n> ")
    assert text.endswith(
        "\n\n## A category\n\n- [X \\[1\\] ## Y](https://example.org/entry/x.md): Two lines.\n"
    )


def test_the_list_begins_with_what_the_knowledge_base_says_of_itself() -> None:
    identity = Identity("Acme", "All that\nholds.", "How we work", contact="mailto:us@acme.example")
    summary, answers, contact = llms_txt(identity, []).split("\n\n")[1:]
    assert summary == "> All that holds."
    assert answers.startswith("A knowledge base that answers in verbatim, cited quotes.")
    assert contact == "Contact: us@acme.example\n"


def read(known: KnowledgeBase, collected: Collected) -> tuple[list[str], int]:
    """The ids of all entries that are reached by following parts, and how many lines the longest
    file has."""
    listing = collected(known).listing
    found: list[str] = []
    waiting, longest = [(0, len(known))], 0
    while waiting:
        text = "\n".join(llms_blocks(listing, *waiting.pop(0), BASE))
        longest = max(longest, text.count("\n"))
        found += re.findall(r"/entry/(\w+)\.md", text)
        parts = re.findall(r"start=(\d+)&entries=(\d+)", text)
        waiting[:0] = [(int(start), int(entries)) for start, entries in parts]
    return found, longest


@pytest.mark.parametrize("entries", [5, 6, 26, 130])
def test_all_are_reached_in_their_order_by_files_of_bounded_length(
    entries: int, collected: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llms, "LEAF", 5)
    ids = [f"e{number}" for number in range(entries)]
    of_odd = (Entry(one, one, "ab"[int(one[1:]) % 2], ()) for one in ids)
    found, longest = read(KnowledgeBase(tuple(of_odd)), collected)
    assert found == [*ids[::2], *ids[1::2]]
    # So many entries or parts, and a heading for each category.
    assert longest <= 5 + 4


def test_beyond_the_last_one_there_is_nothing(collected: Collected) -> None:
    known = collected(KnowledgeBase((Entry("x", "X", "c", ()),)))
    assert llms_blocks(known.listing, 1, 1, BASE) == []
