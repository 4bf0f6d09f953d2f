from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from growth import grows_linearly
from hypothesis import given, settings
from hypothesis import strategies as st
from indexes import files_of, home_of

import entrywise
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.errors import (
    ArgumentError,
    ArgumentTypeError,
    AssistantClosed,
    EntryUnknown,
    IndexMissing,
    KnowledgeBaseError,
    QuestionError,
    SettingsError,
)
from entrywise.data.glossary.files import SHIPPED
from entrywise.index.index import Index
from entrywise.rag.answer import ABSENT, Cell, Citation
from entrywise.rag.assistant import Assistant
from entrywise.rag.judge.calibration.binomial import share_at_most
from entrywise.rag.judge.calibration.expectation import at_threshold
from entrywise.rag.render.answer import Answer
from entrywise.rag.settings import load_settings
from entrywise.rag.understand.input import MAX_CHARACTERS, cleaned

WAYS = json.loads(SHIPPED.ways.read_text("utf-8"))
# Every entry in turn, so that 200 ways of asking touch nearly all of them.
ASKED = [questions[0] for way in WAYS.values() if (questions := way.get("questions"))][:200]


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("difference between GQA and MLA", {"gqa", "mla"}),
        ("what does Q4_K_M mean", {"k-quants"}),
        (
            "Mistral-7B-Instruct-v0.2.Q4_K_M.gguf",
            {"org-mistral", "size-B", "tag-instruct", "k-quants", "gguf"},
        ),
        ("why is my model making stuff up", {"hallucination"}),
        ("how do I stop the model repeating itself", {"repetition-penalty"}),
        ("how much VRAM does a 70B model need in 4 bit", {"gpu-memory", "model-size-memory"}),
    ],
)
def test_the_right_entries_are_cited(
    assistant: Assistant, question: str, entries: set[str]
) -> None:
    answer = assistant.ask(question)

    assert answer.status == "answered"
    assert {citation.entry for citation in answer.citations} >= entries
    assert answer.citations[0].entry in entries


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("who won the world cup 2018", ()),
        ("what is DeBERTa", ("DeBERTa",)),
        ("What is React?", ("React",)),
        ("how do I bake bread", ()),
    ],
)
def test_what_is_not_there_is_withheld(
    assistant: Assistant, question: str, unknown: tuple[str, ...]
) -> None:
    answer = assistant.ask(question)

    assert (answer.status, answer.citations) == ("abstained", ())
    assert answer.subjects.unknown == unknown
    assert {part.kind for part in answer.parts} == {"notice"}
    assert len(answer.retrieved) == 10


def faults(answer: Answer, index: Index) -> list[object]:
    """What is wrong with the citations of an answer."""
    wrong: list[object] = [
        citation
        for number, citation in enumerate(answer.citations, start=1)
        if citation.number != number
        or index.entry(citation.entry).text(citation.section)[citation.start : citation.end]
        != citation.quote
        or not citation.quote
    ]
    texts: list[Any] = [part for part in answer.parts if part.kind == "quote"]
    texts += [cell for part in answer.parts for row in part.rows for cell in row.cells if cell]
    wrong += [text for text in texts if text.text != quoted(text.citations, answer.citations)]
    used = [number for text in texts for number in text.citations]
    if sorted(used) != [citation.number for citation in answer.citations]:
        wrong.append(used)
    return wrong + overlaps(answer.citations)


def quoted(numbers: tuple[int, ...], citations: tuple[Citation, ...]) -> str:
    return " ".join(citations[number - 1].quote for number in numbers)


def overlaps(citations: tuple[Citation, ...]) -> list[object]:
    """Citations that share a sentence with another one."""
    return [
        (one, other)
        for one in citations
        for other in citations[one.number :]
        if (one.entry, one.section) == (other.entry, other.section)
        and one.start < other.end
        and other.start < one.end
    ]


def test_every_citation_is_exact_and_none_comes_twice(assistant: Assistant) -> None:
    assert len(ASKED) == 200
    answers = [assistant.ask(question) for question in ASKED]

    assert [fault for answer in answers for fault in faults(answer, assistant.index)] == []
    assert sum(answer.answered for answer in answers) > 150


words = st.sampled_from(
    "what is the difference between compare vs how why does list GQA MLA LoRA gguf Q4_K_M 7B "
    "Foobarizer KV cache quantization Llama-3-8B-Instruct in of and or ? 70B memory".split()
)


@given(st.lists(words, min_size=1, max_size=12).map(" ".join))
@settings(max_examples=100)
def test_any_order_of_words_is_answered_exactly(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert faults(answer, assistant.index) == []
    assert bool(answer.citations) == answer.answered
    assert 0.0 <= answer.confidence <= 1.0


@given(st.text(min_size=1, max_size=200))
@settings(max_examples=100)
def test_any_text_is_answered_exactly_or_refused(small_assistant: Assistant, text: str) -> None:
    try:
        answer = small_assistant.ask(text)
    except QuestionError:
        assert not any(character.isprintable() and character != " " for character in text)
    else:
        assert faults(answer, small_assistant.index) == []
        json.dumps(answer.to_dict()).encode()


def test_an_empty_cell_says_so_in_the_text(assistant: Assistant) -> None:
    answer = assistant.ask("GQA vs MLA vs Foobarizer")

    assert (answer.status, answer.subjects.unknown) == ("partial", ("Foobarizer",))
    assert f"Foobarizer, What it is: {ABSENT}" in answer.text
    rows = [row.cells for part in answer.parts for row in part.rows]
    assert {cells[2] for cells in rows} == {None}
    assert all(isinstance(cell, Cell) for cell in rows[0][:2])


def test_a_known_subject_beside_an_unknown_one_is_answered_in_part(
    small_assistant: Assistant,
) -> None:
    answer = small_assistant.ask("what is GQA and what is Foobarizer")

    assert answer.status == "partial"
    assert {citation.entry for citation in answer.citations} >= {"gqa"}


def test_below_the_threshold_an_answer_is_withheld(small_index: Index) -> None:
    sure, unsure = Assistant(small_index, threshold=0.0), Assistant(small_index, threshold=1.0)

    assert sure.ask("what is GQA?").status == "answered"
    withheld = unsure.ask("what is GQA?")
    assert (withheld.status, withheld.subjects.known) == ("abstained", ("gqa",))


def test_the_conversation_completes_a_question(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("and MLA?", history=["what is GQA?", " "])

    assert (answer.question, answer.subjects.known) == ("and MLA?", ("mla",))


def test_retrieved_has_as_many_entries_as_asked_for(assistant: Assistant) -> None:
    default = assistant.ask("what is GQA?").retrieved
    one, many = (assistant.ask("what is GQA?", top=top).retrieved for top in (1, 30))
    assert (len(one), len(default), len(many)) == (1, 10, 30)
    assert many[:10] == default
    assert list(many) == sorted(many, key=lambda hit: -hit.score)


def test_every_stage_is_timed(small_assistant: Assistant) -> None:
    timings = small_assistant.ask("what is GQA?").timings_ms

    assert list(timings) == ["parse", "encode", "retrieve", "compose"]
    assert all(milliseconds > 0 for milliseconds in timings.values())


def test_a_stream_ends_with_the_whole_answer(small_assistant: Assistant) -> None:
    *parts, answer = small_assistant.stream("and MLA?", history=["compare GQA and LoRA"])

    assert isinstance(answer, Answer)
    assert tuple(parts) == answer.parts
    assert answer.subjects.known == ("gqa", "lora", "mla")


def test_a_search_gives_hits_without_an_answer(small_assistant: Assistant) -> None:
    hits = small_assistant.search("attention with a latent vector", limit=3)

    assert [hits[0].entry, len(hits)] == ["mla", 3]
    assert hits[0].why.keys() == {"names", "words", "vectors"}


def test_an_assistant_opens_an_index_and_closes_it(small_root: Path) -> None:
    with Assistant.open(small_root) as assistant:
        assert assistant.search("GQA", 1)[0].entry == "gqa"
    with pytest.raises(Exception, match="closed"):
        assistant.search("GQA", 1)


def test_the_index_is_the_argument_then_the_setting_then_the_glossary(
    small_root: Path, tmp_path: Path, glossary_index: Index
) -> None:
    setting = load_settings({"ENTRYWISE_INDEX": str(small_root), "ENTRYWISE_THRESHOLD": "0.25"})
    cache = load_settings({"ENTRYWISE_CACHE": str(home_of(glossary_index).parent)})

    with Assistant.open(settings=setting) as assistant:
        assert (home_of(assistant.index), assistant.threshold) == (small_root, 0.25)
    with Assistant.open(settings=cache) as assistant:
        assert len(assistant.index.entries) == len(glossary_index.entries)
    with pytest.raises(IndexMissing):
        Assistant.open(tmp_path, settings=setting)


@pytest.mark.parametrize("question", ["", " \n", "\x00\x1b", "\ud800", "x" * 10_001])
def test_an_empty_or_endless_question_is_refused(small_assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match=r"^the question .*; \w+"):
        small_assistant.ask(question)
    with pytest.raises(QuestionError):
        small_assistant.search(question)


def test_a_question_is_put_on_one_clean_line() -> None:
    assert cleaned(" what\tis\n\x1b[31mGQA\ud800?\u200b ") == "what is GQA ?"
    longest = "x" * MAX_CHARACTERS
    assert cleaned(f"  {longest}\n") == longest


def test_eight_threads_give_the_answers_of_one(assistant: Assistant) -> None:
    def ask(asked: Assistant, question: str) -> dict[str, Any]:
        return asked.ask(question).to_dict() | {"timings_ms": {}}

    questions = ASKED[:25]
    alone = [ask(assistant, question) for question in questions]
    # Opened anew: nothing that is computed once has been computed yet.
    with Assistant.open(files_of(assistant.index).root) as shared, ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: ask(shared, question), questions * 8))

    assert together == alone * 8


def test_the_colours_of_a_copied_text_are_no_part_of_the_question() -> None:
    assert cleaned("what is \x1b[1;31mGQA\x1b[0m?") == "what is GQA ?"


def test_what_cannot_be_read_of_a_conversation_is_passed_over(assistant: Assistant) -> None:
    history = ["what is GQA?", "\x07", "x" * (MAX_CHARACTERS + 1), ""]
    assert assistant.ask("and MLA?", history=history).subjects.known == ("mla",)


def test_fewer_than_one_entry_cannot_be_asked_for(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="top is 0, but must be at least 1"):
        assistant.ask("what is GQA?", top=0)
    with pytest.raises(ValueError, match="limit is -1, but must be at least 1"):
        assistant.search("GQA", limit=-1)


ENTRY = Entry("a", "A", "c", (Section("s", "A is a letter."),))
WRONG_CALLS: dict[str, tuple[Callable[[Any], object], type[Exception], str]] = {
    "no question": (lambda a: a.ask(None), ArgumentTypeError, "is of type NoneType; give a str"),
    "bytes": (lambda a: a.ask(b"what is GQA?"), ArgumentTypeError, "is of type bytes"),
    "a list": (lambda a: next(a.stream(["x"])), ArgumentTypeError, "is of type list"),
    "a query": (lambda a: a.search(5), ArgumentTypeError, "is of type int"),
    "passages": (lambda a: a.passages(None), ArgumentTypeError, "is of type NoneType"),
    "a text as history": (
        lambda a: a.ask("and MLA?", history="what is GQA?"),
        ArgumentTypeError,
        "history is of type str; give a list of questions",
    ),
    "no history": (lambda a: a.ask("x", history=None), ArgumentTypeError, "of type NoneType"),
    "turns": (lambda a: a.ask("x", history=[("q", "a")]), ArgumentTypeError, "holds a tuple"),
    "a text as top": (lambda a: a.ask("x", top="5"), ArgumentTypeError, "top is of type str"),
    "half an entry": (lambda a: a.ask("x", top=2.5), ArgumentTypeError, "top is of type float"),
    "no limit": (lambda a: a.search("x", limit=0), ArgumentError, "limit is 0"),
    "one text": (lambda a: a.ask_many("x"), ArgumentTypeError, "questions is of type str"),
    "one of many": (lambda a: a.ask_many(["x", None]), ArgumentTypeError, "is of type NoneType"),
    "an entry": (lambda a: a.index.entry("nobody"), EntryUnknown, "no entry has the id 'nobody'"),
    "a threshold": (lambda a: Assistant(a.index, threshold=1.5), SettingsError, "0 to 1"),
    "no number": (lambda a: Assistant(a.index, threshold=nan), SettingsError, "no number"),
    "percent": (lambda a: Assistant(a.index, threshold="200%"), SettingsError, "no number"),
    "a source": (lambda a: entrywise.read_knowledge_base(5), ArgumentTypeError, "source is 5"),
    "a folder": (
        lambda a: entrywise.build_index("docs", "out"),
        ArgumentTypeError,
        r"is of type str; give what read_knowledge_base\(SOURCE\) gives",
    ),
    "ways": (
        lambda a: entrywise.read_knowledge_base("kb.json", ways=5),
        ArgumentTypeError,
        "ways is 5",
    ),
    "one path": (
        lambda a: entrywise.read_knowledge_base("kb.json", asked="topics.jsonl"),
        ArgumentTypeError,
        "asked is of type str; give a list",
    ),
    "columns": (
        lambda a: entrywise.read_knowledge_base("kb.csv", columns=["a"]),
        ArgumentTypeError,
        "columns is of type list; give a dict",
    ),
    "a column": (
        lambda a: entrywise.read_knowledge_base("kb.csv", columns={"titel": "Frage"}),
        KnowledgeBaseError,
        "titel.*nothing that a column holds",
    ),
    "twice": (
        lambda a: entrywise.build_index(KnowledgeBase((ENTRY, ENTRY)), "out"),
        KnowledgeBaseError,
        "two entries have the id 'a'; give each its own",
    ),
    "a model": (
        lambda a: entrywise.build_index(KnowledgeBase((ENTRY,)), "out", model=None),
        ArgumentTypeError,
        "model is of type NoneType",
    ),
    "settings": (lambda a: Assistant.open(settings={"top": 5}), ArgumentTypeError, "of type dict"),
    "an observer": (
        lambda a: Assistant(a.index, observers=[object()]),
        ArgumentTypeError,
        "observers holds something of type object",
    ),
    "a section": (lambda a: ENTRY.text("nope"), EntryUnknown, "'a' has no section 'nope'"),
    "a map of turns": (lambda a: a.ask("x", history={"a": 1}), ArgumentTypeError, "of type dict"),
    "no process": (lambda a: a.ask_many(["x"], processes=0), ArgumentError, "processes is 0"),
    "an index": (lambda a: Assistant.open(5), ArgumentTypeError, "index is 5"),
}


@pytest.mark.parametrize(("call", "kind", "message"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_a_wrong_call_has_a_public_exception(
    assistant: Assistant, call: Callable[[Any], object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message) as caught:
        call(assistant)
    assert "\n" not in str(caught.value)
    assert kind.__name__ in entrywise.__all__


def test_what_was_closed_says_so(small_root: Path) -> None:
    assistant = Assistant.open(small_root)
    other = assistant.observed_by()
    assistant.close()
    assistant.close()
    for call in (assistant.ask, assistant.search, assistant.passages, other.ask):
        with pytest.raises(AssistantClosed, match=r"open another with Assistant.open\(\)"):
            call("what is GQA?")


def test_numbers_of_numpy_are_numbers(small_index: Index) -> None:
    assistant = Assistant(small_index, threshold=np.float32(0.5))
    assert len(assistant.ask("what is GQA?", top=np.int64(2)).retrieved) == 2


def test_what_is_listed_does_not_change_what_is_answered(assistant: Assistant) -> None:
    question = "which attention variants are there?"
    few, many = (assistant.ask(question, top=top) for top in (1, 100))
    assert (len(few.retrieved), len(many.retrieved)) == (1, 100)
    assert (few.text, few.confidence) == (many.text, many.confidence)


@pytest.mark.parametrize("piece", ["a", "ab-", "zb-7B-Q4_K_M ", "zyx vs self attention "])
def test_a_long_question_is_read_quickly(piece: str, assistant: Assistant) -> None:
    assert grows_linearly(lambda count: assistant.ask(piece * count), 9_900 // len(piece))


def test_a_misspelt_question_is_answered_as_it_was_meant(glossary_index: Index) -> None:
    assistant = Assistant(glossary_index)
    answer = assistant.ask("speculativ decoding")
    meant = assistant.ask("speculative decoding")

    assert answer.question == "speculativ decoding"
    assert answer.read_as == answer.did_you_mean == "speculative decoding"
    assert answer.parts[0].text == "Read as: speculative decoding"
    assert (answer.parts[1:], answer.citations) == (meant.parts, meant.citations)
    assert meant.did_you_mean is None


def test_what_is_no_question_gets_examples_to_ask(glossary_index: Index) -> None:
    answer = Assistant(glossary_index).ask("what can you do?")

    assert (answer.status, answer.confidence, answer.citations) == ("abstained", 0.0, ())
    assert answer.suggestions == glossary_index.manifest.identity.examples[:3]


def test_a_threshold_is_asked_for_by_its_error(glossary_index: Index) -> None:
    threshold = Assistant(glossary_index, threshold="5%").threshold
    assert Assistant(glossary_index, threshold="10%").threshold < threshold
    told = at_threshold(glossary_index.calibration, threshold)
    assert share_at_most(*told.wrong) <= 0.05


def test_an_error_that_is_out_of_reach_is_refused(small_index: Index) -> None:
    with pytest.raises(SettingsError, match="label more"):
        Assistant(small_index, threshold="1%")


@pytest.mark.parametrize("threshold", [1.5, -0.1, "high"])
def test_a_threshold_that_is_none_is_refused(small_root: Path, threshold: float | str) -> None:
    with pytest.raises(SettingsError, match="threshold is"):
        Assistant.open(small_root, threshold=threshold)


def test_two_names_that_nothing_tells_of_make_no_empty_table(glossary_index: Index) -> None:
    answer = Assistant(glossary_index).ask(
        "Can the main body of a language model be reused for other tasks? C2A vs Zorblax-9"
    )
    assert answer.answered
    assert answer.parts[0].kind == "quote"
    assert "backbone" in {cited.entry for cited in answer.citations}
    assert "Zorblax-9" in answer.parts[-1].text


def test_the_brief_answer_to_names_that_are_only_mentioned_is_what_is_said_of_one(
    glossary_index: Index,
) -> None:
    answer = Assistant(glossary_index, threshold=0.0).ask("PPO vs Zorblax-9")
    brief = answer.brief()
    assert brief.citations
    assert brief.parts[0].citations
