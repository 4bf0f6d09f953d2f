from __future__ import annotations

from collections.abc import Sequence

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.compose.earlier_answers import EarlierAnswers
from entrywise.rag.understand.follow_up.resolution import resolve
from entrywise.rag.understand.follow_up.values import Reading, Shown, Turn

PAIR = ("difference between GQA and MLA",)
LORA = ("what is LoRA",)
TWO = ("what is GQA?", "what is MLA?")
CASE = ("how much memory does a 7B model take in fp16",)
ALONE = None
"""Of a question that stands on its own."""

CONVERSATIONS: list[tuple[Sequence[str], str, str | None]] = [
    # After a comparison.
    (PAIR, "compare them", "Difference between GQA and MLA"),
    (PAIR, "which of them is better", "Which is better, GQA or MLA?"),
    (PAIR, "which one uses less memory?", "Which uses less memory, GQA or MLA?"),
    (PAIR, "which should I use?", "Which should I use, GQA or MLA?"),
    (PAIR, "the first", "What is GQA?"),
    (PAIR, "the second one, please", "What is MLA?"),
    (PAIR, "the latter", "What is MLA?"),
    (PAIR, "what about the other?", "What is MLA?"),
    (PAIR, "how does the second one work?", "how does MLA work?"),
    (PAIR, "is the first faster than the other?", "is GQA faster than MLA?"),
    (PAIR, "what about the second one's cache?", "what about MLA's cache?"),
    (PAIR, "how large is the first one's cache?", "how large is GQA's cache?"),
    (PAIR, "both?", "What are GQA and MLA?"),
    (PAIR, "are both used today?", "are GQA and MLA used today?"),
    (PAIR, "what about the memory?", "GQA vs MLA: memory"),
    (PAIR, "tell me more about the memory", "GQA vs MLA: memory"),
    (PAIR, "and MQA?", "difference between GQA, MLA and MQA"),
    (PAIR, "and MLA?", "What is MLA?"),
    (PAIR, "why?", "GQA vs MLA: why?"),
    (PAIR, "how do they work?", "How do GQA and MLA work?"),
    (PAIR, "what's their memory footprint?", "what's GQA and MLA's memory footprint?"),
    # After one side of it.
    ((*PAIR, "the first"), "compare them", "Difference between GQA and MLA"),
    ((*PAIR, "the first"), "how does it work?", "How does GQA work?"),
    ((*PAIR, "the first"), "what about the second?", "What is MLA?"),
    ((*PAIR, "the first", "how does it work?"), "and the other?", "How does MLA work?"),
    ((*PAIR, "the first", "how does it work?"), "the other one", "How does MLA work?"),
    # After more of it.
    ((*PAIR, "which one is faster?"), "and MQA?", "Which is faster, GQA, MLA or MQA?"),
    ((*PAIR, "and MQA?"), "the third", "What is MQA?"),
    ((*PAIR, "and MQA?"), "which is fastest?", "Which is fastest, GQA, MLA or MQA?"),
    (
        (*PAIR, "which one does Llama 3 use?"),
        "and which is faster?",
        "Which is faster, GQA or MLA?",
    ),
    (("GQA vs MLA",), "and MQA?", "GQA vs MLA vs MQA"),
    (("compare GQA with MLA",), "and MQA?", "compare GQA with MLA and MQA"),
    (("contrast GQA with its rivals",), "and MQA?", "contrast GQA and MQA with its rivals"),
    # After a definition.
    (LORA, "why?", "Why LoRA?"),
    (LORA, "how?", "How does LoRA work?"),
    (LORA, "how does it work?", "How does LoRA work?"),
    (LORA, "who invented it", "who invented LoRA"),
    (LORA, "and QLoRA?", "what is QLoRA"),
    (LORA, "ok, and how about QLoRA?", "what is QLoRA"),
    (LORA, "compare it with QLoRA", "compare LoRA with QLoRA"),
    (LORA, "and how does it differ from QLoRA?", "and how does LoRA differ from QLoRA?"),
    (LORA, "give me an example", "Give me an example of LoRA"),
    (LORA, "for example?", "Give me an example of LoRA"),
    (LORA, "how much memory?", "LoRA: how much memory?"),
    (LORA, "what about the memory?", "LoRA: memory"),
    (LORA, "and in practice?", "LoRA: in practice"),
    (LORA, "what about its memory?", "what about LoRA's memory?"),
    (LORA, "vs QLoRA", "LoRA vs QLoRA"),
    (LORA, "and compared to full fine-tuning?", "LoRA vs full fine-tuning"),
    (PAIR, "vs MQA?", "GQA vs MLA vs MQA"),
    (LORA, "which models use it", "which models use LoRA"),
    (LORA, "how much memory does it need?", "how much memory does LoRA need?"),
    (LORA, "is that true?", "LoRA: is that true?"),
    (LORA, "and is it faster?", "and is LoRA faster?"),
    (LORA, "what about quantizing it", "what about quantizing LoRA"),
    (LORA, "and Foo2?", "what is Foo2"),
    (LORA, "what's the difference between the two?", ALONE),
    # "It" is what was asked about alone.
    ((*LORA, "is it better than QLoRA?"), "what are its drawbacks?", "what are LoRA's drawbacks?"),
    (
        (*LORA, "is it better than QLoRA?"),
        "what are their drawbacks?",
        "what are LoRA and QLoRA's drawbacks?",
    ),
    (PAIR, "what's its memory footprint?", "what's GQA and MLA's memory footprint?"),
    # Another case of the same.
    (CASE, "and in int4?", "how much memory does a 7B model take in int4"),
    (CASE, "and a 70B one?", "how much memory does a 70B model take in fp16"),
    ((*CASE, "and in int4?"), "what about 70B?", "how much memory does a 70B model take in int4"),
    (CASE, "and int4?", "how much memory does a 7B model take in int4"),
    (("is a cache of 2 GB large for LoRA?",), "and 8 GB?", "is a cache of 8 GB large for LoRA?"),
    (
        ("what should I use LoRA for in code?",),
        "and in math?",
        "what should I use LoRA for in math",
    ),
    (LORA, "what about for Llama-3-8B", "what is LoRA for Llama-3-8B"),
    # After two definitions.
    (TWO, "compare them", "Difference between GQA and MLA"),
    (TWO, "what's the difference?", "Difference between GQA and MLA"),
    (TWO, "how do they differ?", "Difference between GQA and MLA"),
    (TWO, "which is faster?", "Which is faster, GQA or MLA?"),
    (TWO, "both", "What are GQA and MLA?"),
    (TWO, "how does it work?", "How does MLA work?"),
    (("what is GQA?", "and MLA?", "thanks!"), "compare them", "Difference between GQA and MLA"),
    # Questions that stand on their own.
    (LORA, "what is MLA?", ALONE),
    (LORA, "MLA", ALONE),
    (LORA, "thanks", ALONE),
    (LORA, "ok, thank you very much!", ALONE),
    (LORA, "what is backprop?", ALONE),
    (LORA, "what can you do?", ALONE),
    (LORA, "what is GraphRAG, and when would I use it?", ALONE),
    (LORA, "Medusa heads, how are they trained?", ALONE),
    (LORA, "why does the Muon optimizer orthogonalise its updates?", ALONE),
    (LORA, "?", ALONE),
    (LORA, "why is the sky blue in the evening", ALONE),
    (LORA, "does MLA need its cache?", ALONE),
    (LORA, "is it possible to train on one card?", ALONE),
    (LORA, "tell me more about MLA", ALONE),
    (LORA, "what is gemma-2-9b-it", ALONE),
    (("what is life?",), "why?", ALONE),
    ((), "and MLA?", ALONE),
]


def read(question: str, history: Sequence[str], index: Index) -> Reading:
    return resolve(question, history, index, domain_of(index))


@pytest.mark.parametrize(("history", "question", "complete"), CONVERSATIONS)
def test_a_follow_up_is_read_as_a_complete_question(
    glossary_index: Index, history: Sequence[str], question: str, complete: str | None
) -> None:
    reading = read(question, history, glossary_index)
    assert reading == Reading.of(complete or question)


@pytest.mark.parametrize(
    ("history", "question", "text", "asked"),
    [
        (LORA, "tell me more", "More about LoRA", "what is LoRA"),
        (LORA, "more", "More about LoRA", "what is LoRA"),
        (LORA, "Go on!", "More about LoRA", "what is LoRA"),
        (LORA, "can you tell me more about it, please?", "More about LoRA", "what is LoRA"),
        (LORA, "tell me more about LoRA", "More about LoRA", "what is LoRA"),
        ((*LORA, "how does it work?"), "more", "More about LoRA", "How does LoRA work?"),
        ((*LORA, "more"), "what else?", "More about LoRA", "what is LoRA"),
        (PAIR, "more", "More about GQA and MLA", PAIR[0]),
        (PAIR, "more about the second one", "More about MLA", "What is MLA?"),
        (TWO, "tell me more about both", "More about GQA and MLA", "What are GQA and MLA?"),
        (
            (*LORA, "an example?"),
            "another one",
            "Give me another example of LoRA",
            "Give me an example of LoRA",
        ),
        (("what is life?",), "more", "More on: what is life?", "what is life?"),
    ],
)
def test_more_is_wanted_of_what_was_asked_before(
    glossary_index: Index, history: Sequence[str], question: str, text: str, asked: str
) -> None:
    reading = read(question, history, glossary_index)

    assert reading.more
    assert (reading.text, reading.asked) == (text, asked)


def test_what_was_shown_on_a_subject_is_known_by_the_questions_on_it(glossary_index: Index) -> None:
    reading = read("more", ["what is GQA?", "what is LoRA", "why?", "more"], glossary_index)

    why = "Why LoRA?"
    assert reading.before == (Turn("what is LoRA"), Turn(why), Turn(why, more=True))


class Told:
    """Answers of before that suggest two questions, and are on GQA."""

    def __init__(self) -> None:
        self.asked: list[Sequence[Turn]] = []

    def __call__(self, turns: Sequence[Turn]) -> Shown:
        self.asked.append(turns)
        return Shown(titles=("GQA",), suggestions=("Explain MQA", "Explain MHA"))


@pytest.mark.parametrize(
    ("question", "picked"),
    [
        ("1", "Explain MQA"),
        ("2.", "Explain MHA"),
        ("number 2", "Explain MHA"),
        ("the first one", "Explain MQA"),
        ("the last", "Explain MHA"),
    ],
)
def test_a_number_picks_a_suggestion(glossary_index: Index, question: str, picked: str) -> None:
    domain, earlier = domain_of(glossary_index), Told()

    assert resolve(question, LORA, glossary_index, domain, earlier) == Reading.of(picked)
    assert earlier.asked == [(Turn("what is LoRA"),)]


def test_a_suggestion_that_asks_for_more_is_more(glossary_index: Index) -> None:
    def earlier(turns: Sequence[Turn]) -> Shown:
        return Shown(suggestions=("Tell me more about LoRA",))

    reading = resolve("1", LORA, glossary_index, domain_of(glossary_index), earlier)
    assert (reading.text, reading.more) == ("More about LoRA", True)
    assert reading.before == (Turn("what is LoRA"),)


def test_of_several_subjects_the_first_is_a_subject_and_1_is_a_suggestion(
    glossary_index: Index,
) -> None:
    domain, earlier = domain_of(glossary_index), Told()

    assert resolve("the first", PAIR, glossary_index, domain, earlier).text == "What is GQA?"
    assert earlier.asked == []
    assert resolve("1", PAIR, glossary_index, domain, earlier).text == "Explain MQA"


def test_a_number_that_is_no_choice_is_told_so_and_forgotten(glossary_index: Index) -> None:
    domain, earlier = domain_of(glossary_index), Told()

    reading = resolve("7", LORA, glossary_index, domain, earlier)
    assert reading.remark == "7 is no choice: there are 2 suggestions."
    assert resolve("1", [*LORA, "7"], glossary_index, domain, earlier).text == "Explain MQA"
    assert resolve("why?", [*LORA, "7"], glossary_index, domain, earlier).text == "Why LoRA?"


def test_without_suggestions_there_is_no_choice(glossary_index: Index) -> None:
    assert read("1", LORA, glossary_index).remark == "1 is no choice: nothing was suggested."


def test_a_subject_that_was_not_named_is_what_the_answer_is_about(glossary_index: Index) -> None:
    domain, earlier = domain_of(glossary_index), Told()
    history = ["which attention is in the newest models"]

    reading = resolve("how does it work?", history, glossary_index, domain, earlier)
    assert reading.text == "How does GQA work?"


def test_earlier_answers_are_not_given_again_where_names_tell_all(glossary_index: Index) -> None:
    domain, earlier = domain_of(glossary_index), Told()
    for history, question, complete in CONVERSATIONS:
        tells = complete is not ALONE or [*glossary_index.names.find(question)]
        if history and history[0] != "what is life?" and tells:
            resolve(question, history, glossary_index, domain, earlier)
    assert earlier.asked == []


@pytest.mark.parametrize(
    ("history", "question", "complete"),
    [
        (LORA, "what rank should I use", "LoRA: what rank should I use"),
        (PAIR, "what happens with long inputs", ALONE),
        (LORA, "who invented the light bulb in our kitchen", ALONE),
        (LORA, "explain the Chain of Verification", ALONE),
        (LORA, "what is the best learning rate to begin with", ALONE),
        (
            ("what is quantization?",),
            "which is best for cpu",
            "quantization: which is best for cpu",
        ),
    ],
)
def test_what_names_nothing_is_asked_of_the_subject_where_only_that_is_answered(
    glossary_index: Index, history: Sequence[str], question: str, complete: str | None
) -> None:
    domain = domain_of(glossary_index)
    earlier = EarlierAnswers(glossary_index, domain, 0.65, 10)

    reading = resolve(question, history, glossary_index, domain, earlier)
    assert reading == Reading.of(complete or question)


def test_what_is_refused_and_names_nothing_leaves_the_subject(glossary_index: Index) -> None:
    def earlier(turns: Sequence[Turn]) -> Shown:
        return Shown()

    domain, history = domain_of(glossary_index), [*LORA, "what colour should my kitchen have"]
    for question, text in [
        ("how does it work?", "How does LoRA work?"),
        ("and for the bath?", "LoRA: for the bath"),
    ]:
        assert resolve(question, history, glossary_index, domain, earlier).text == text


def test_it_is_what_the_last_answer_is_about_beside_another_name(glossary_index: Index) -> None:
    domain, earlier = domain_of(glossary_index), Told()
    history = ["which attention is in the newest models"]

    reading = resolve("how does it compare to MLA?", history, glossary_index, domain, earlier)
    assert reading.text == "how does GQA compare to MLA?"


def test_the_second_is_one_of_those_that_the_last_answer_told_of(glossary_index: Index) -> None:
    def earlier(turns: Sequence[Turn]) -> Shown:
        return Shown(titles=("GQA", "MLA", "MQA"), suggestions=("Explain MHA",))

    domain, history = domain_of(glossary_index), ("which kinds of attention are there?",)
    for question, text in [
        ("tell me more about the second", "More about MLA"),
        ("how does the third one work?", "how does MQA work?"),
        ("the first", "Explain MHA"),
    ]:
        assert resolve(question, history, glossary_index, domain, earlier).text == text


def test_the_subject_lasts_over_several_questions(glossary_index: Index) -> None:
    history = ["what is GQA?", "and MLA?", "why?"]
    assert read("how does it work?", history, glossary_index).text == "How does MLA work?"


def test_a_subject_that_comes_twice_is_said_once(glossary_index: Index) -> None:
    history = ["GQA, what is grouped query attention?"]
    assert read("why?", history, glossary_index).text == "Why GQA?"


def test_a_compound_name_is_a_subject(glossary_index: Index) -> None:
    history = ["explain Llama-3-8B-Instruct-Q4_K_M.gguf"]
    assert read("why?", history, glossary_index).text == "Why Llama-3-8B-Instruct-Q4_K_M.gguf?"


def test_a_bracket_in_a_name_is_part_of_the_subject(glossary_index: Index) -> None:
    history = ["what is A (Active params)?"]
    assert read("more", history, glossary_index).text == "More about A (Active params)"
