from __future__ import annotations

from collections.abc import Sequence

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.compose.earlier_answers import EarlierAnswers
from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.settings.table import THRESHOLD
from entrywise.rag.understand.follow_up.resolution import resolve
from entrywise.rag.understand.follow_up.values import Reading, Shown, Turn

KEY = ("what does a lost key cost?",)
WINTER = ("what does a berth cost in winter?",)
FEES = ("what is a night for a boat of 10 m?",)


@pytest.mark.parametrize(
    ("history", "question", "complete"),
    [
        (KEY, "and a lost receipt?", "what does a lost key cost, and a lost receipt?"),
        (KEY, "who signs for it?", "what does a lost key cost, who signs for it?"),
        (KEY, "why?", "what does a lost key cost, why?"),
        (
            KEY,
            "can I do that at the office?",
            "what does a lost key cost, can I do that at the office?",
        ),
        (
            KEY,
            "how many days does that take?",
            "what does a lost key cost, how many days does that take?",
        ),
        # "It" is what was asked first.
        ((*KEY, "who signs for it?"), "is it kept?", "what does a lost key cost, is it kept?"),
        (FEES, "and in winter?", "what is a night for a boat of 10 m, and in winter?"),
        (FEES, "VAT?", "what is a night for a boat of 10 m, VAT?"),
        ((*FEES, "..."), "VAT?", "what is a night for a boat of 10 m, VAT?"),
        (WINTER, "and in May?", "what does a berth cost in May?"),
        ((*WINTER, "and in May?"), "what about in June", "what does a berth cost in June"),
        (WINTER, "and with a dog?", "what does a berth cost in winter, and with a dog?"),
        (FEES, "What about 7 m?", "what is a night for a boat of 7 m"),
        (
            (*FEES, "and in winter?"),
            "and for two?",
            "what is a night for a boat of 10 m, and in winter, and for two?",
        ),
        ((*KEY, "and a lost receipt?"), "and a rope?", "what does a rope cost"),
        ((*FEES, "and in winter?"), "and in May?", f"{FEES[0][:-1]}, and in May?"),
        (
            KEY,
            "when do I have to tell you?",
            "what does a lost key cost, when do I have to tell you?",
        ),
        ((*KEY, "thanks"), "and a rope?", "what does a rope cost"),
        # No document says it: it is not answered with what a key costs.
        (KEY, "and a lost padlock?", "what does a lost padlock cost"),
        (("where do I find the key?",), "and the ropes?", "where do I find the ropes"),
        (("who keeps the key?",), "where do I find it?", "who keeps the key, where do I find it?"),
        (("how do I book a berth?",), "can I leave it?", "can I leave a berth?"),
        (KEY, "give me an example", "what does a lost key cost, give me an example"),
        # It asks with its last word, and "early" only asks.
        (FEES, "until when?", "what is a night for a boat of 10 m, until when?"),
        (
            FEES,
            "how early do I have to tell you?",
            "what is a night for a boat of 10 m, how early do I have to tell you?",
        ),
        # It asks for nothing but the pronoun.
        (
            KEY,
            "is it cheaper in the winter?",
            "what does a lost key cost, is it cheaper in the winter?",
        ),
        (
            KEY,
            "what happens if I don't return it?",
            "what does a lost key cost, what happens if I don't return it?",
        ),
        # Of the last two subjects.
        (
            (*KEY, *FEES),
            "compare them",
            "Difference between lost key cost and night for a boat of 10 m",
        ),
        ((*KEY, *FEES), "the first", KEY[0]),
        ((*KEY, *FEES, "and in winter?"), "the other one", KEY[0]),
        ((*KEY, *FEES, "the first"), "the other", FEES[0]),
        ((*KEY, *FEES), "the last one", FEES[0]),
        # Questions that stand on their own.
        (KEY, "What does a lost key cost", None),
        (KEY, "how do I book a berth for my boat?", None),
        (KEY, "is there a berth that has electricity and water?", None),
        (KEY, "thanks!", None),
        (KEY, "tell me more about the lifeboats here", None),
        (KEY, "what is a berth, and when can I book it?", None),
        (KEY, "when are boats and trailers lifted if they are too heavy?", None),
        # The pronoun is of nothing that was told.
        (KEY, "when do they open the fuel station", None),
        ((), "and in winter?", None),
    ],
)
def test_a_follow_up_is_asked_with_the_question_before(
    harbour_index: Index, history: Sequence[str], question: str, complete: str | None
) -> None:
    domain = domain_of(harbour_index)
    earlier = EarlierAnswers(harbour_index, domain, THRESHOLD, DEFAULT_TOP)
    reading = resolve(question, history, harbour_index, domain, earlier)
    assert reading == Reading.of(complete or question)


def is_part_of_fees(question: str, index: Index) -> bool:
    """Whether a question is read with the one on fees that was asked before it."""
    domain = domain_of(index)
    earlier = EarlierAnswers(index, domain, THRESHOLD, DEFAULT_TOP)
    return resolve(question, FEES, index, domain, earlier).text != question


@pytest.mark.parametrize(
    ("question", "is_part"),
    [
        # The table of the night that was asked for has these words.
        ("is there VAT?", True),
        ("in winter?", True),
        # Nothing that it says.
        ("when is fuel sold?", False),
        ("anchors?", False),
        ("sailing school hours", False),
        # Nothing but how much it is asked of.
        ("how much?", True),
    ],
)
def test_a_short_question_is_part_of_what_was_asked_where_its_answer_speaks_of_it(
    harbour_index: Index, question: str, is_part: bool
) -> None:
    assert is_part_of_fees(question, harbour_index) is is_part


@pytest.mark.parametrize(
    ("question", "is_part"),
    [
        ("when would I need the number?", True),
        # Neither answer says it.
        ("when would I need the sextant?", False),
        # It is answered by itself.
        ("when would I ring the bell?", False),
    ],
)
def test_what_nothing_answers_is_part_of_what_was_asked_where_both_answers_say_it(
    harbour_index: Index, question: str, is_part: bool
) -> None:
    assert is_part_of_fees(question, harbour_index) is is_part


@pytest.mark.parametrize("is_answered", [False, True])
def test_a_pronoun_is_of_its_own_question_where_that_alone_is_answered(
    harbour_index: Index, is_answered: bool
) -> None:
    question = "where does the berth get its number from?"
    together = f"{FEES[0][:-1]}, {question}"
    answered = {*FEES, question, *([together] if is_answered else [])}

    def earlier(turns: Sequence[Turn]) -> Shown:
        rows = frozenset(range(len(harbour_index.sentences)))
        return Shown(rows, ("Berths",)) if turns[-1].asked in answered else Shown(rows)

    reading = resolve(question, FEES, harbour_index, domain_of(harbour_index), earlier)
    assert reading.text == (together if is_answered else question)


@pytest.mark.parametrize("question", ["tell me more", "more", "go on", "what else?"])
def test_more_is_wanted_of_what_was_asked_before(harbour_index: Index, question: str) -> None:
    reading = resolve(question, [*KEY, "more"], harbour_index, domain_of(harbour_index))

    assert reading.text == "More on: what does a lost key cost"
    assert (reading.asked, reading.more) == (KEY[0], True)
    assert reading.before == (Turn(KEY[0]), Turn(KEY[0], more=True))


def test_what_an_answer_suggested_is_asked_as_it_is(harbour_index: Index) -> None:
    domain = domain_of(harbour_index)
    earlier = EarlierAnswers(harbour_index, domain, THRESHOLD, DEFAULT_TOP)
    asked = ("who needs a berth?",)
    suggested = earlier([Turn(*asked)]).suggestions
    assert len(suggested) > 1

    for number, question in enumerate(suggested, 1):
        assert resolve(question, asked, harbour_index, domain, earlier) == Reading.of(question)
        assert resolve(str(number), asked, harbour_index, domain, earlier) == Reading.of(question)
    remark = resolve("9", asked, harbour_index, domain, earlier).remark
    assert remark.startswith("9 is no choice: there ")
