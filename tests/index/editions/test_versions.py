"""Pages that are there in several versions are found, and a question is answered from one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from growth import grows_linearly
from indexes import documents, write_texts

from entrywise import Assistant, build_index, read_knowledge_base
from entrywise.index.editions.versions import Versions, versioned

LINES = """A boat is moored with two lines, one at the bow and one at the stern of it.
Lines are made fast to a cleat, and never to a fender or to a railing of the pier.
Whoever leaves a boat for more than a week tells the harbour office where to call.
"""
OTHER = """Sails are washed with fresh water when the season ends, and dried before they are folded.
A torn sail goes to the loft, where it is mended within a week by those who know how.
"""


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (("docs/v2/a", "docs/v10/a"), ("2", "10")),
        (("docs/a", "docs/1.x/a", "docs/1.2/a"), ("1.2", "1.x", "")),
        (("3.13/a", "4.0/a"), ("3.13", "4.0")),
        (("docs/a", "versioned_docs/version-2.1/a"), ("2.1", "")),
        (("team/a", "team_versioned_docs/version-2/a"), ("2", "")),
        (("v2/big_boats", "v3/big-boats"), ("2", "3")),
        (("v1/a", "v2/b", "c"), ()),
        (("vault/a", "a", "x86/a"), ()),
        ((f"{'9' * 5_000}/a", "a"), ()),
    ],
)
def test_pages_of_one_path_are_versions_from_the_oldest(
    ids: tuple[str, ...], names: tuple[str, ...]
) -> None:
    pages, told = versioned(documents(dict.fromkeys(ids, LINES)))
    assert told == names
    assert pages[:, 0].tolist() == [0] * len(names)
    assert pages[:, 2].tolist() == [*range(len(names))]
    assert sorted(pages[:, 1].tolist()) == [*range(len(ids))][: len(names)]


def test_chapters_and_years_are_no_versions() -> None:
    """Their pages are called alike and say other things."""
    entries = documents(
        {"1/intro": LINES, "2/intro": OTHER, "2023/intro": LINES, "2024/intro": OTHER}
    )
    assert versioned(entries)[1] == ()


def test_a_page_that_was_written_anew_is_a_version_where_most_were_not() -> None:
    entries = documents({"v1/a": LINES, "v2/a": LINES, "v1/b": LINES, "v2/b": OTHER})
    pages, names = versioned(entries)
    assert names == ("1", "2")
    assert pages[:, 1].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("how is a boat moored", [0, 1]),
        ("how is a boat moored in 2.1", [0, 2]),
        ("how is a boat moored in v2.1", [0, 2]),
        ("how is a boat moored in 2.1.7", [0, 2]),
        ("how is a boat moored in 2.10", [0, 1]),
        ("how is a boat moored in 12.1", [0, 1]),
        ("how is a boat moored in 2.1beta", [0, 1]),
        ("how are 1 or 3 boats moored", [0, 1]),
        ("how is a boat moored in v1", [1, 2]),
        ("how is a boat moored with version 1?", [1, 2]),
        ("wie macht man in Version 1 fest", [1, 2]),
        ("how do I verify 1 line", [0, 1]),
        ("is 1 boat moored very 1", [0, 1]),
        ("wie macht man mit Harbour 1 fest", [1, 2]),
        ("what is new in 2.1 since harbour 1", [2]),
        ("how is a boat moored in 5.0", [0, 1]),
    ],
)
def test_the_version_that_is_named_or_else_the_newest(question: str, others: list[int]) -> None:
    """One page in three versions, and another one, of which one version is there alone."""
    pages = np.array([(0, 0, 0), (0, 1, 1), (0, 2, 2)], np.int32)
    units = np.array([(0, 0), (1, 0), (2, 0), (3, 0)], np.int32)
    versions = Versions(pages, ("1", "2.1", ""), "harbour", units)
    for _ in range(2):
        assert versions.unwanted(question).units.tolist() == others


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("how are 2 boats moored", [0]),
        ("how is a boat moored in v2", [1]),
        ("how is a boat moored in version 2.x", [1]),
    ],
)
def test_all_of_a_version_are_named_by_its_first_number(question: str, others: list[int]) -> None:
    pages = np.array([(0, 0, 0), (0, 1, 1)], np.int32)
    units = np.array([(0, 0), (1, 0)], np.int32)
    versions = Versions(pages, ("2.x", "3.x"), "", units)
    assert versions.unwanted(question).units.tolist() == others


def test_a_path_of_many_numbers_takes_no_more_time_than_it_is_long() -> None:
    def told(count: int) -> object:
        return versioned(documents({"1/" * count + "a": LINES, "2/" * count + "a": LINES}))

    assert grows_linearly(told, 500)


def test_of_a_page_that_a_named_version_lacks_the_newest_is_there() -> None:
    pages = np.array([(0, 0, 1), (0, 1, 2), (2, 2, 0), (2, 3, 1)], np.int32)
    units = np.array([(0, 0), (1, 0), (2, 0), (3, 0)], np.int32)
    versions = Versions(pages, ("1.0", "2.0", "3.0"), "", units)
    assert versions.unwanted("lines in 1.0").units.tolist() == [0, 3]
    assert versions.unwanted("lines in 3.0").units.tolist() == [0, 2]


def test_what_only_older_versions_have_comes_behind_unless_they_are_named() -> None:
    """A page in three versions, one in the first two, one in the first alone."""
    pages = np.array([(0, 0, 0), (0, 1, 1), (0, 2, 2), (3, 3, 0), (3, 4, 1), (5, 5, 0)], np.int32)
    units = np.array([(one, 0) for one in range(6)], np.int32)
    versions = Versions(pages, ("1.0", "2.0", "3.0"), "", units)
    assert versions.unwanted("lines").entries.tolist() == [4, 5]
    assert versions.unwanted("lines").units.tolist() == [0, 1, 3]
    assert versions.unwanted("lines in 1.0").entries.tolist() == []
    assert versions.unwanted("lines in 2.0").entries.tolist() == [5]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("harbour")
    fees = "# Fees\n\nA berth at the north pier costs {} euros a night.\n\n" + LINES
    texts = {
        "docs/fees": fees.format(14),
        "versioned_docs/version-2.1/fees": fees.format(12),
        "versioned_docs/version-2.1/showers": f"# Showers\n\nA shower takes one token.\n\n{OTHER}",
    }
    write_texts(folder / "site", {f"{page}.md": text for page, text in texts.items()})
    build_index(read_knowledge_base(folder / "site"), folder / "index")
    with Assistant.open(folder / "index", threshold=0.0) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "page", "other"),
    [
        ("what does a berth cost a night", "docs/fees", "versioned_docs/version-2.1/fees"),
        ("what does a berth cost in 2.1", "versioned_docs/version-2.1/fees", "docs/fees"),
        ("what does a shower take", "versioned_docs/version-2.1/showers", ""),
    ],
)
def test_a_question_is_answered_from_one_version(
    harbour: Assistant, question: str, page: str, other: str
) -> None:
    found = [hit.entry for hit in harbour.ask(question).retrieved]
    assert found[0] == page
    assert other not in found


def test_an_index_says_which_versions_it_has(harbour: Assistant) -> None:
    assert harbour.index.manifest.versions == ("2.1", "")
