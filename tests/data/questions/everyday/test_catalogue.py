from __future__ import annotations

import re

import pytest

from entrywise.data.languages import DEFAULT, language_of
from entrywise.data.questions.everyday.catalogue import FOLDER, everyday_in, unshared

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_asks_the_same_in_its_own_words(language: str) -> None:
    questions = everyday_in(language)
    assert len(set(questions)) == len(everyday_in(DEFAULT)) == 24
    assert all(re.search(r"\S[?？]$|\S[ \u00a0\u202f]\?$", one) for one in questions)
    assert language_of(" ".join(questions)) == language
    # The year of a song contest stands in the same line of each.
    assert [row for row, one in enumerate(questions) if "1974" in one] == [17]


def test_a_variant_of_a_language_has_its_questions_and_an_unknown_one_has_none() -> None:
    assert everyday_in("de-AT") == everyday_in("de") != everyday_in("en")
    assert everyday_in("eu") == everyday_in("../de") == ()


def test_what_questions_share_is_how_they_ask() -> None:
    questions = everyday_in("de")
    assert unshared(questions[20], questions) == ["weit", "mond", "entfernt"]
    assert unshared("Wie oft soll ich einen Kaktus gießen?", questions) == [
        "oft",
        "kaktus",
        "gießen",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_keeps_what_it_is_about(language: str) -> None:
    questions = everyday_in(language)
    assert all(unshared(one, questions) for one in questions)
