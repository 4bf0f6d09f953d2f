from __future__ import annotations

import pytest

from entrywise.rag.understand.mention import Mention, Source, characters, strengths


def mention(
    text: str, name: str, source: Source = "mentioned", owners: dict[int, float] | None = None
) -> Mention:
    start = text.index(name)
    return Mention(name, start, start + len(name), source, owners or {})


@pytest.mark.parametrize(
    ("owners", "is_what"),
    [({3: 1.0, 4: 0.5}, "sure"), ({3: 0.5}, "doubtful"), ({}, "unowned")],
)
def test_a_mention_is_sure_or_doubtful_or_has_no_owner(
    owners: dict[int, float], is_what: str
) -> None:
    found = mention("what is React?", "React", "name", owners)
    kinds = {"sure": found.is_sure, "doubtful": found.is_doubtful, "unowned": found.is_unowned}
    assert [kind for kind, is_it in kinds.items() if is_it] == [is_what]


def test_a_mention_takes_the_characters_of_its_place() -> None:
    one = Mention("ab", 1, 3, "name", {})
    assert characters([one]) == {1, 2}
    assert (one.is_free({0, 3}), one.is_free({2})) == (True, False)
    assert (one.is_within({0, 1, 2}), one.is_within({1})) == (True, False)


def test_an_entry_is_named_as_strongly_as_anywhere() -> None:
    weak, strong = (
        Mention("a", 0, 1, "name", {7: 0.5, 2: 1.0}),
        Mention("b", 2, 3, "name", {7: 0.8}),
    )
    assert list(strengths([weak, strong]).items()) == [(7, 0.8), (2, 1.0)]
