from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly
from indexes import Indexed
from stages import candidates, understood

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.definitions import BEGINS, DEFINES, GLOSS, Definition, compared


def definition(text: str, index: Index) -> Definition:
    return Definition(understood(text, index))


@pytest.mark.parametrize(
    "text",
    [
        "A mooring buoy is a float that boats are tied to.",
        "Named after its maker, a mooring buoy is “an anchored float”.",
        "**Mooring buoy**: an anchored float",
        "- Mooring buoys – anchored floats",
        "Mooring buoys are yellow floats with a ring.",
        "Such floats are called _mooring buoys_.",
        "A mooring buoy holds two boats.",
        "It is there. The mooring-buoy (MB) means the float at the pier.",
        "What holds a boat is known as a\nmooring buoy.",
        "Mooring buoys are another kind of float.",
        "`<Mooring buoy>` is a component.",
        "[Mooring buoys](buoys.md) (once [rings](rings.md)) are the floats of a harbour.",
        "A mooring buoy is the harbour's anchored float.",
        "A mooring buoy is Mick's anchored float.",
        "Mooring buoys let you leave the pier free.",
        "An anchored floating device (mooring buoy) is a float at the pier.",
    ],
)
def test_a_sentence_defines_a_thing(harbour_index: Index, text: str) -> None:
    for asked in (
        *("what is a mooring buoy?", "What are mooring buoys?", "explain mooring buoys"),
        *("what is a mooring buoy in Port Anna?", "what are mooring buoys under the new rules"),
    ):
        assert definition(asked, harbour_index).defines(text), asked


@pytest.mark.parametrize(
    "text",
    [
        "A mooring buoy is painted every spring.",
        "Mooring buoys are listed below.",
        "The harbour has a mooring buoy.",
        "Tie up at a mooring buoy, which is a minute away.",
        "A buoy is a float.",
        "The buoy of a mooring is the float.",
        "Mooring buoys help little.",
        "A port is a float.",
        "- [Mooring buoys](buoys.md): where they are.",
    ],
)
def test_a_sentence_that_speaks_of_a_thing_does_not_define_it(
    harbour_index: Index, text: str
) -> None:
    for asked in ("what is a mooring buoy?", "what is a mooring buoy in a port?"):
        assert not definition(asked, harbour_index).defines(text), asked


@pytest.mark.parametrize(
    ("asked", "text", "is_one"),
    [
        ("what is a mooring?", 'The "Mooring" of a boat means the place of its buoy.', True),
        ("what is a mooring?", "**Moorings** can be used to keep a boat in its place.", True),
        ("what is a mooring?", "A mooring is used to keep a boat.", True),
        ("what is a mooring?", "A mooring is used by one boat.", False),
        ("what is mooring?", "To moor is the art of making fast.", False),
        ("what is caching?", "A cache is a place for tools.", True),
        ("what is a string?", "Strings are a row of beads.", True),
        ("what is a string?", "The str is a kind of tree.", False),
        ("what is a mooring?", "The **mooring** for boats without keel means a ring.", True),
        ("what is a mooring?", "The mooring of a boat means work.", False),
        ("what is a mooring?", 'A "mooring" is taken. It means work.', False),
        ("what is a mooring?", "Mooring: a ring that boats are tied to.", True),
        ("what is a mooring?", "**Mooring:**", False),
        ("what is a mooring used for?", "A mooring is a place.", True),
    ],
)
def test_a_name_is_defined_with_what_it_is_of(
    harbour_index: Index, asked: str, text: str, is_one: bool
) -> None:
    assert definition(asked, harbour_index).defines(text) == is_one


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        ("difference between boat mooring and boat docking", 2),
        ("boat mooring vs mooring", 0),
        ("what is mooring?", 0),
    ],
)
def test_of_a_comparison_each_side_is_a_thing(harbour_index: Index, asked: str, sides: int) -> None:
    found = compared(understood(asked, harbour_index))
    assert len(found) == sides
    if found:
        assert found[0].defines("Moorings are a group of rings.")
        assert not found[0].defines("- Mooring: for boats")
        assert not found[1].defines("Moorings are a group of rings.")


@pytest.mark.parametrize(
    "text",
    [
        "where is the mooring buoy?",
        "how do I tie up at a mooring buoy?",
        "who made the mooring buoy?",
        f"what is the {'very ' * 12}old mooring buoy?",
    ],
)
def test_other_questions_want_no_definition(harbour_index: Index, text: str) -> None:
    wanted = definition(text, harbour_index)
    assert not wanted
    assert not wanted.defines("A mooring buoy is a float.")
    assert not wanted.worths(0, 0, harbour_index).any()


PAGES = {
    "buoys.md": """# Using buoys

Floats that are anchored to the ground.

## When to use buoys

They are used at night.

## Lights

Buoys with a light flash at night. Where there are buoys, buoys show the way: buoys, buoys.
""",
    "pier.md": """# The pier

```
A tide gauge is a post.
```

Ask the crew about the tide gauge, and read the tide gauge twice before you go: it tells.

## Tide tables

They hang at the office. Since 1990, a tide gauge is
a float in a pipe, with a pen on it.

## The tide gauge house

The tide gauge house stands behind the tide gauge.

## Locks

They are opened twice a day. Whoever wants to pass the locks waits for the light.

## Ebb in the harbour

For six hours.

## Keels

A beam below the boat, from end to end.
""",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, indexed: Indexed) -> Assistant:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return Assistant.open(indexed(read_knowledge_base(folder)), threshold=0.0)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Of a page whose title names it, what it begins with.
        ("what is a buoy?", "Floats that are anchored to the ground."),
        # A definition in a section on something else, before all that goes on about it.
        ("what is a tide gauge?", "a float in a pipe, with a pen on it."),
        ("what is a tide gauge in this harbour?", "a float in a pipe, with a pen on it."),
        # Of a section whose heading names it.
        ("what are locks?", "They are opened twice a day."),
    ],
)
def test_what_tells_what_a_thing_is_comes_first(pages: Assistant, question: str, said: str) -> None:
    answer = pages.ask(question)
    first = next(part for part in answer.parts if part.citations)
    assert any(said in answer.citations[number - 1].quote for number in first.citations)


@pytest.mark.parametrize(
    ("asked", "is_wanted"),
    [
        ("what is a mooring buoy and how do I pick one up?", True),
        ("What are mooring buoys, and who pays for them?", True),
        ("what's a mooring buoy and why do I need one", True),
        ("how do I pick one up and what is a mooring buoy?", False),
        ("what happens to a mooring buoy and when", False),
    ],
)
def test_a_definition_may_be_asked_for_with_something_else(
    harbour_index: Index, asked: str, is_wanted: bool
) -> None:
    wanted = definition(asked, harbour_index)
    assert bool(wanted) == is_wanted
    assert wanted.defines("A mooring buoy is a float that boats are tied to.") == is_wanted


def test_code_defines_nothing(pages: Assistant) -> None:
    wanted = definition("what is a tide gauge?", pages.index)
    ids = [pages.index.catalog.ids[entry] for entry in range(len(pages.index.entries))]
    pier = ids.index("pier")
    assert not (wanted.worths(pier, 0, pages.index) == DEFINES).any()
    assert (wanted.worths(pier, 1, pages.index) == DEFINES).any()
    lock = definition("what is a lock?", pages.index)
    assert lock.worths(pier, 3, pages.index).tolist()[0] == pytest.approx(BEGINS)


def test_a_heading_is_worth_what_it_names_of_the_thing(pages: Assistant) -> None:
    ids = [pages.index.catalog.ids[entry] for entry in range(len(pages.index.entries))]
    pier = ids.index("pier")
    house = definition("what is a house?", pages.index).worths(pier, 2, pages.index)
    assert house.tolist() == pytest.approx([BEGINS / 3])
    gauge = definition("what is a tide gauge?", pages.index).worths(pier, 2, pages.index)
    assert gauge.tolist() == pytest.approx([BEGINS * 2 / 3])
    for asked in ("what is the ebb?", "what is the ebb in this harbour?"):
        ebb = definition(asked, pages.index).worths(pier, 4, pages.index)
        assert ebb.tolist() == pytest.approx([BEGINS])
    keel = definition("what is a keel?", pages.index).worths(pier, 5, pages.index)
    assert keel.tolist() == pytest.approx([GLOSS])
    night = definition("what is a night?", pages.index).worths(ids.index("buoys"), 1, pages.index)
    assert not night.any()


@pytest.mark.parametrize(
    ("text", "label", "is_name"),
    [
        ("what is a berth?", "Acme berths", True),
        ("what is a berth?", "Berths in Acme's harbour", False),
        ("what is a berth?", "Acme", False),
        ("what is acme?", "Acme", True),
        ("what is an acme berth?", "Acme berth", True),
        ("what is an acme berth?", "Berth", False),
        ("what is a berth?", "my-acme berth", False),
    ],
)
def test_what_all_are_about_may_be_a_part_of_each_name(
    text: str, label: str, is_name: bool, harbour_index: Index
) -> None:
    assert Definition(understood(text, harbour_index), "acme").is_called(label) == is_name


@pytest.mark.parametrize(
    ("text", "defines"),
    [
        ("Local tide gauges (LTGs) set out the level of the water.", True),
        ("We read the **local tide gauge** (LTG) at noon.", True),
        ("An LTG (local tide gauge) is read at noon.", True),
        ("A gauge (LTG) is read at noon.", False),
        ("Local tide gauges are read at noon, an LTG by night.", False),
        ("Local tide-tables of gales (LTGX9) are read at noon.", False),
    ],
)
def test_what_an_abbreviation_stands_for_defines_it(
    harbour_index: Index, text: str, defines: bool
) -> None:
    for asked in ("what is an LTG?", "what are LTGs?", "what does ltg stand for"):
        assert definition(asked, harbour_index).defines(text) is defines, asked


def test_a_long_text_is_read_in_linear_time(harbour_index: Index) -> None:
    wanted = definition("what is a mooring buoy?", harbour_index)
    shortened = definition("what is an MMMMMB?", harbour_index)

    def read(count: int) -> None:
        wanted.defines("mooring buoy, the " * count + "\n* " * count)
        shortened.defines("mmmmmb " + "mooring " * count + "m-" * count)

    assert grows_linearly(read, 20_000)


OTHERS = {
    f"{name}.md": f"# {name.capitalize()} with Tidewatch\n\nTidewatch has {name}. Use Tidewatch.\n"
    for name in ("alarms", "charts", "exports", "logs", "maps", "ports", "reports", "tides")
}


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        # Called by the thing alone, without a sentence that defines it.
        ("# Tidewatch\n\nA quick program for harbours.\n\n## Start\n\nRun Tidewatch.\n", "A quick"),
        # Called otherwise, below a picture that has its name.
        (
            "<img alt='Tidewatch'>\n\n# Hello\n\nTidewatch is a program for harbours.\n",
            "is a program",
        ),
    ],
)
@pytest.mark.parametrize("place", ["index.md", "README.md", "docs/index.md"])
def test_what_all_documents_are_about_the_page_that_opens_them_says(
    indexed: Indexed, tmp_path: Path, opening: str, said: str, place: str
) -> None:
    folder = tmp_path / "pages"
    at = (folder / place).parent
    at.mkdir(parents=True)
    (folder / place).write_text(opening, "utf-8")
    for name, text in OTHERS.items():
        (at / name).write_text(text, "utf-8")
    with Assistant.open(indexed(read_knowledge_base(folder))) as assistant:
        answer = assistant.ask("what is Tidewatch?")
        assert said in answer.citations[0].quote
        assert {citation.entry for citation in answer.citations} == {place.removesuffix(".md")}
        # What is asked of one of them they say themselves.
        assert assistant.ask("does Tidewatch have charts?").citations[0].entry.endswith("charts")


def test_what_opens_is_left_out_with_the_section(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Tidewatch\n\nA quick program.\n", "utf-8")
    for name, text in OTHERS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with Assistant.open(indexed(read_knowledge_base(tmp_path))) as assistant:
        index = assistant.index
        unit = index.units.tolist().index([index.ordinals["index"], 0])
        index.left_out = (unit,)
        found = candidates("what is Tidewatch?", index)
        assert not any(index.catalog.ids[one.entry] == "index" and one.sections for one in found)


def test_a_command_is_found_by_its_name_where_its_heading_says_what_it_is(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "commands.md").write_text(
        "# Commands\n\n## rowFast Command\n\nHaste at sea.\n\n"
        "## Anchor Command\n\nStays in place.\n\n"
        "## turnAbout Command\n\nGoes back.\n\n## lightUp Command\n\nShines at night.\n",
        "utf-8",
    )
    (tmp_path / "crew.md").write_text(
        "# Ropes\n\nMost who fish at sea use Anchor, or a rope.\n",
        "utf-8",
    )
    with Assistant.open(indexed(read_knowledge_base(tmp_path)), threshold=0.0) as assistant:
        assert assistant.ask("how do I use Anchor?").citations[0].quote == "Stays in place."
