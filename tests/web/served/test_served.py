from __future__ import annotations

from dataclasses import replace

from web.served.conftest import Collected

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.mcp.server import ResourceLinks
from entrywise.web.mcp.tools import Tools
from entrywise.web.served.served import MOST_LINKS, Served

CATEGORIES = (Category("b", "Second", 1), Category("a", "First", 0), Category("c", "Empty", 2))


def test_the_knowledge_base_of_an_index_is_the_one_it_was_built_from(
    assistant: Assistant, knowledge_base: KnowledgeBase
) -> None:
    shown = Served.by(assistant).knowledge_base
    assert [*shown.entries] == [*knowledge_base]
    # Its language was told from its texts.
    assert shown.identity == replace(knowledge_base.identity, language="en")


def test_links_go_both_ways_and_leave_out_what_is_unknown(
    assistant: Assistant, collected: Collected
) -> None:
    x, y = Entry("x", "X", "a", (), related=("y", "gone")), Entry("y", "Y", "a", ())
    known = collected(KnowledgeBase((x, y)))
    assert Served(assistant, known).related(x) == [y]
    assert known.linking_to("y", 9) == [x]
    assert known.linking_to("y", 0) == known.linking_to("x", 9) == []


def test_no_more_links_are_shown_than_one_looks_through(
    assistant: Assistant, collected: Collected
) -> None:
    points = tuple(Entry(f"{n}", f"{n}", "a", (), related=("hub",)) for n in range(MOST_LINKS + 5))
    hub = Entry("hub", "Hub", "a", (), related=tuple(point.id for point in points))
    known = collected(KnowledgeBase((hub, *points)))
    assert Served(assistant, known).related(hub) == list(points[:MOST_LINKS])
    assert known.linking_to("hub", MOST_LINKS) == list(points[:MOST_LINKS])


def test_groups_follow_the_order_of_the_categories_and_undeclared_ones_come_last(
    collected: Collected,
) -> None:
    entries = [Entry(f"{name}1", name, name, ()) for name in ("", "b", "stray", "a")]
    listing = collected(KnowledgeBase(tuple(entries), CATEGORIES)).listing
    labels = [group.category.label for group in listing.groups(9)]
    assert labels == ["First", "Second", "Entries", "stray"]
    assert [one.id for one in listing.by_category(0, 9)] == ["a1", "b1", "1", "stray1"]


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
