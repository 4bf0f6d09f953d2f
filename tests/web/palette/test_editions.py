"""Of pages in several languages or versions, what is called alike is suggested once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from fastapi.testclient import TestClient
from indexes import write_texts

from entrywise import Assistant, build_index, read_knowledge_base
from entrywise.web.app import create_app
from entrywise.web.palette.editions import in_one_edition

ENGLISH = """# Rudder care

## Rudder oil

The rudder of a boat is oiled twice a year, before it is put in the water and when it comes out.
"""
GERMAN = """# Rudder-Pflege

## Rudder oil

Das Ruder eines Bootes wird zweimal im Jahr geölt, bevor es ins Wasser kommt und wenn es heraus ist.
"""
OLD = """# Rudder care

## Rudder oil

The rudder of a boat is oiled twice a year, before it is put in the water and when it comes out.

## Rudder paint

Paint is put on the rudder with a brush, and never with a roller, which leaves holes in it.
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("harbour")
    pages = {"docs": ENGLISH, "docs/v1": OLD, "docs/v2": ENGLISH, "docs/de": GERMAN}
    write_texts(folder / "source", {f"{place}/rudder.md": text for place, text in pages.items()})
    build_index(read_knowledge_base(folder / "source"), folder / "index")
    with Assistant.open(folder / "index") as assistant, TestClient(create_app(assistant)) as client:
        yield client


@pytest.mark.parametrize(
    ("kind", "texts", "first"),
    [
        ("page", ["Rudder care", "Rudder-Pflege"], "/entry/docs/rudder"),
        ("section", ["Rudder oil", "Rudder paint"], "/entry/docs/rudder#section-rudder-oil"),
    ],
)
def test_what_is_called_alike_in_several_editions_is_suggested_once(
    harbour: TestClient, kind: str, texts: list[str], first: str
) -> None:
    found = harbour.get("/suggest", params={"q": "rudder"}).json()
    of_kind = [one for one in found if one["kind"] == kind]
    assert [one["text"] for one in of_kind] == texts
    assert of_kind[0]["path"] == first


def test_a_passage_is_suggested_from_one_edition(harbour: TestClient) -> None:
    found = harbour.get("/suggest", params={"q": "oiled twice"}).json()
    assert [one["path"].split("?")[0] for one in found if one["kind"] == "passage"] == [
        "/entry/docs/rudder"
    ]


def test_of_what_is_in_no_edition_that_is_asked_for_the_nearest_is_shown() -> None:
    names = ["Rudder", "rudder", "Rudder", "Oar", "oar"]
    others = np.array([2, 2, 1, 2, 0])
    found = in_one_edition(
        lambda most: [*range(5)][:most], 5, others, lambda ones: [(one, names[one]) for one in ones]
    )
    assert found == [4, 2]


def test_without_editions_no_more_are_looked_for() -> None:
    asked: list[int] = []

    def find(most: int) -> list[int]:
        asked.append(most)
        return [*range(most)]

    assert in_one_edition(find, 3, None, lambda found: [(one, "") for one in found]) == [0, 1, 2]
    assert asked == [3]


def test_what_is_called_otherwise_comes_last() -> None:
    names = ["Rudder", "rudder", "Ruder", "Oar", "Sail"]
    others = np.array([True, False, True, False, False])
    found = in_one_edition(
        lambda most: [*range(5)][:most], 3, others, lambda ones: [(one, names[one]) for one in ones]
    )
    assert found == [1, 3, 4]
    found = in_one_edition(
        lambda most: [*range(3)][:most], 3, others, lambda ones: [(one, names[one]) for one in ones]
    )
    assert found == [1, 2]
