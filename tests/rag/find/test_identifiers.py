from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from growth import grows_linearly
from indexes import Indexed

from entrywise.data.entries import Entry
from entrywise.data.readers.documents import page_of
from entrywise.data.source import read_knowledge_base
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.identifiers import (
    documents_a_name,
    has_identifier,
    has_option,
    is_identifier,
    options,
)

# The first page says the words of the option more often than the one that tells of it.
_PAGES = {
    "roots.md": "# Why not as root\n\nOne process that reads every file system, one file after "
    "the other, does so as root. One file of such a system is enough to harm it.\n",
    "sail.md": "# Sailing\n\n## What is left out\n\nOptions say what is left at the quay.\n\n"
    "With `--one-file-system` nothing is taken aboard that lies on another disk.\n\n"
    "The purser counts crates before the gangway is drawn in.\n",
    "locks.md": "# Locks\n\nThe crew goes ashore when the harbour closes. To leave the gates as "
    "they are, use `--frozen`:\n\n```\n$ boat wait --frozen\n```\n",
    "winter.md": "# Winter\n\nA frozen harbour is closed. Frozen ropes are thawed, and what is "
    "frozen to the deck is left frozen.\n",
    "tides.md": "# Tides\n\nA system of buoys shows the tide. Each file of boats waits for it.\n",
}


@pytest.fixture(scope="module")
def manual(indexed: Indexed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    source: Path = tmp_path_factory.mktemp("manual")
    for name, text in _PAGES.items():
        (source / name).write_text(text, "utf-8")
    with Assistant.open(index=indexed(read_knowledge_base(source)), threshold=0.0) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what does --one-file-system do, and --one-file-system=yes?", ["--one-file-system"]),
        ("set `--dry-run` or --no-cache.", ["--dry-run", "--no-cache"]),
        ("--quiet, but LOG_LEVEL, preHandler and add_to()", ["--quiet"]),
        # May be called so by who asks.
        ("how do I run my_script.py in train_set.d", []),
        # What is written so in any text.
        ("a read-only copy of package.json -- in the year 2019--20", []),
        (f"{'Installing the gates takes long. ' * 5}Why --no-wait?", ["--no-wait"]),
        ("", []),
    ],
)
def test_options_are_looked_for_as_one(text: str, found: list[str]) -> None:
    assert options(text) == found


def test_what_only_programs_write_is_one() -> None:
    assert all(map(is_identifier, ("LOG_LEVEL", "preHandler", "--dry-run", "add_to()")))
    assert not any(map(is_identifier, ("PyPI", "uv.lock", "Log level", "", "see LOG_LEVEL")))
    assert has_identifier("is LOG_LEVEL read?")
    assert not has_identifier("is the log read?")


@pytest.mark.parametrize("piece", ["a", "-", "_", "--a", "--a ", "a_ "])
def test_time_grows_linearly_with_a_text(piece: str) -> None:
    def look(count: int) -> None:
        has_identifier(piece * count)
        is_identifier(piece * count)
        options(piece * count)

    assert grows_linearly(look, 160_000)


def test_a_section_that_has_an_option_comes_before_those_that_have_its_words(
    manual: Assistant,
) -> None:
    for question in ("what does --one-file-system do", "--one-file-system"):
        answer = manual.ask(question)
        assert answer.retrieved[0].entry == "sail"
        assert "nothing is taken aboard" in answer.citations[0].quote
    # Its words by themselves are another matter.
    assert manual.ask("one process, one file, one system").retrieved[0].entry == "roots"


def test_an_option_is_told_from_the_word(manual: Assistant) -> None:
    answer = manual.ask("what does --frozen do")
    assert answer.retrieved[0].entry == "locks"
    assert "`--frozen`" in answer.citations[0].quote
    assert manual.ask("what is frozen in winter").retrieved[0].entry == "winter"
    # No text has this one, though a page is about its word.
    closed = manual.ask("what does --closed do")
    assert {hit.why["words"] for hit in closed.retrieved} == {0.0}
    assert closed.confidence < answer.confidence


def test_a_text_has_an_option_where_it_is_written() -> None:
    assert has_option("Pass `--one-file-system`.", "--one-file-system")
    assert has_option("of one file system", "--one-file-system")
    assert not has_option("one system of one file", "--one-file-system")
    assert has_option("a --Frozen=yes", "--frozen")
    assert not has_option("a --frozen-lock", "--frozen")
    assert not has_option("it is frozen", "--frozen")
    # A heading, or a cell of its own, is called so.
    assert has_option("Options\n`frozen`\nWaits.", "--frozen")
    assert not has_option("", "--frozen")


def test_an_option_that_no_text_has_is_less_likely_answered_and_told(
    manual: Assistant,
) -> None:
    there, absent = manual.ask("what does --one-file-system do"), "--one-system-file"
    withheld = manual.ask(f"what does {absent} do")
    # All its words are there, and mean nothing apart.
    assert withheld.confidence < there.confidence
    assert {hit.why["words"] for hit in withheld.retrieved} == {0.0}

    manual.threshold = 0.99
    told = manual.ask(f"what does {absent} do").parts[0].text
    assert told == f"The knowledge base says nothing about “{absent}”."


def test_what_is_withheld_though_likely_is_shown_as_the_nearest(manual: Assistant) -> None:
    manual.threshold = 0.999
    answer = manual.ask("is --one-file-system older than 2019")
    assert 0.5 < answer.confidence < manual.threshold
    # By its words: its cosine is 0.27, which is that of anything.
    assert answer.closest[0].entry == "sail"


def _page(*sections: tuple[str, str]) -> Entry:
    """A page with sections, each with its path, parted by slashes, and its text."""
    told = "\n\n".join(
        f"{'#' * (path.count('/') + 2)} {path.rpartition('/')[2]}\n\n{text}"
        for path, text in sections
    )
    page = page_of(f"# Boats\n\n{told}\n", "boats")
    return Entry("boats", page.title, "pages", sections=page.sections)


def _code(line: str) -> str:
    return f"```\n{line}\n```\n\nIt rows the boat."


@pytest.mark.parametrize(
    ("heading", "line", "is_one"),
    [
        ("row", "row(self, boat) -> bool", True),
        ("row", "async def row(boat):", True),
        ("row", "row", True),
        ("`row`", "ROW [OPTIONS] BOAT", True),
        ("boat row", "$ boat row --oars 2", True),
        ("Boat", "class Boat(Ship)", True),
        ("row", "rowing(boat)", False),
        ("Row", "row: fast", False),
        ("Row the boat", "# Row the boat", False),
        ("Rowing", "boat row now", False),
        ("``", "(boat)", False),
        ("row", "one two three row(boat)", False),
    ],
)
def test_a_section_documents_a_name_that_its_code_begins_with(
    heading: str, line: str, *, is_one: bool
) -> None:
    page = _page((heading, _code(line)))
    assert documents_a_name(page, 0, "how do i cross the river") == is_one


def test_sections_beside_those_that_document_a_name_do_too() -> None:
    methods = [(f"Boat/{name}", _code(f"{name}(self)")) for name in ("row", "sail", "moor")]
    page = _page(("Boat", "A boat."), ("Leak", "Raised where water comes in."), *methods)
    asked = "how do i cross the river"
    assert [documents_a_name(page, number, asked) for number in range(5)] == [True] * 5
    guide = _page(("Rowing", "Sit down."), ("Oars", "Take both."), ("row", _code("row(boat)")))
    assert [documents_a_name(guide, number, asked) for number in range(3)] == [False, False, True]


def test_what_is_asked_for_by_several_words_is_no_reference_to_it() -> None:
    page = _page(
        ("boat row", _code("boat row [OPTIONS]")),
        ("row", _code("row(boat)")),
        ("BoatRow", _code("class BoatRow(Row)")),
    )
    said = "which options has boat row on a river"
    assert [documents_a_name(page, number, said) for number in range(3)] == [False, True, True]
    said = "which options has boatrow on a river"
    assert [documents_a_name(page, number, said) for number in range(3)] == [True, True, False]


def test_time_to_tell_grows_linearly() -> None:
    def tell(count: int) -> None:
        documents_a_name(_page(("a " * count, _code("a " * count))), 0, "")

    assert grows_linearly(tell, 1_000)


_REFERENCE = """# crew

## Classes

### Watch

#### retry_watch

```
retry_watch(self, watch) -> bool
```

Retry a failed watch, where any are left to retry.

#### end_watch

```
end_watch(self, watch) -> None
```

End a watch that failed.
"""
_GUIDE = """# Watches

## Watch again after a failure

To retry a watch that failed, wake the next crew, and have it keep the watch again. Retry it three
times before you wake the captain.
"""


@pytest.fixture(scope="module")
def crew(indexed: Indexed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    source: Path = tmp_path_factory.mktemp("crew")
    (source / "crew.md").write_text(_REFERENCE, "utf-8")
    (source / "watches.md").write_text(_GUIDE, "utf-8")
    with Assistant.open(index=indexed(read_knowledge_base(source)), threshold=0.0) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("how do I retry a failed watch", "watches"),
        ("what does retry_watch do", "crew"),
    ],
)
def test_a_guide_comes_first_unless_a_name_is_asked_for(
    crew: Assistant, question: str, page: str
) -> None:
    assert crew.ask(question).citations[0].entry == page
