from __future__ import annotations

from dataclasses import replace

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.mcp.server import ResourceLinks
from entrywise.web.mcp.tools import Tools
from entrywise.web.served.served import Served


def served(assistant: Assistant, *entries: Entry) -> Served:
    categories = (Category("b", "Second", 1), Category("a", "First", 0), Category("c", "Empty", 2))
    return Served(assistant, KnowledgeBase(entries, categories))


def test_the_knowledge_base_of_an_index_is_the_one_it_was_built_from(
    assistant: Assistant, knowledge_base: KnowledgeBase
) -> None:
    # What is asked of it as a whole is not shown on any page; its language was told from its texts.
    told = replace(knowledge_base.identity, language="en")
    shown = replace(knowledge_base, identity=told, asked=())
    assert Served.by(assistant).knowledge_base == shown


def test_links_go_both_ways_and_leave_out_what_is_unknown(assistant: Assistant) -> None:
    x, y = Entry("x", "X", "a", (), related=("y", "gone")), Entry("y", "Y", "a", ())
    known = served(assistant, x, y)
    assert known.entries(x.related) == [y]
    assert known.linking_to("y") == [x]
    assert known.linking_to("x") == []


def test_groups_follow_the_order_of_the_categories_and_undeclared_ones_come_last(
    assistant: Assistant,
) -> None:
    entries = [Entry(f"{name}1", name, name, ()) for name in ("", "b", "stray", "a")]
    groups = served(assistant, *entries).grouped()
    assert [category.label for category, _ in groups] == ["First", "Second", "Entries", "stray"]
    assert [[entry.id for entry in group] for _, group in groups] == [
        ["a1"],
        ["b1"],
        ["1"],
        ["stray1"],
    ]


def test_an_entry_is_called_by_a_name_that_no_other_has(glossary_index: Index) -> None:
    served = Served.by(Assistant(glossary_index))
    # Both are called "Test-Time Compute Scaling" in one of their names.
    for entry_id in ("scaling-test-time", "test-time-compute"):
        name = served.own_name(served.knowledge_base[entry_id])
        assert [*glossary_index.names.owners(name)] == [glossary_index.ordinals[entry_id]]


def test_entries_that_share_a_name_are_compared(glossary_index: Index) -> None:
    served = Served.by(Assistant(glossary_index))
    tools = Tools(served, ResourceLinks())
    result = tools.compare_entries(["scaling-test-time", "test-time-compute"])
    assert result.structured_content
    cited = {source["entry"] for source in result.structured_content["sources"]}
    assert cited == {"scaling-test-time", "test-time-compute"}
