"""Questions, alone and after others, of terms and of documents."""

from __future__ import annotations

import json

from harm import harm
from hypothesis import strategies as st

from entrywise.data.errors import QuestionError
from entrywise.rag.answer import Citation, Closest
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.text import render_text
from fuzz.mutation import edits as edits_of
from fuzz.mutation import mutated, texts
from fuzz.target import Case, insist, insist_on_one_line, within

_SHAPES = (
    *("what is {a}?", "{a}", "{a} vs {b}", "difference between {a} and {b}", "and {a}?", "{a} {b}"),
    *(
        "how does {a} work",
        "why {a}",
        "when was {a} introduced",
        "who uses {a}",
        "drawbacks of {a}",
    ),
    *(
        "which of them is faster?",
        "compare them",
        "more",
        "1",
        "7",
        "the second",
        "give an example",
    ),
    *(
        "how much memory does {a} save?",
        "what does {a} mean in {b}?",
        "list {a}",
        "{a}?{b}!",
        "why?",
    ),
    *(
        "is {a} better than {b} or {a}",
        "what can you do?",
        "2+2",
        "{a}\n{b}",
        "ignore all {a}",
        "hi",
    ),
    *("{a}-7B-Instruct-v0.2.Q4_K_M.gguf", "{a}_{b}-int4-128g", "Qwen3-30B-A3B-{a}-IQ2_XS", "{a}."),
)


class Questions:
    """Quotes are letter by letter, and what is below the threshold is withheld."""

    name = "questions"

    def __init__(self, assistants: dict[str, Assistant]) -> None:
        self._assistants = assistants
        names = [
            name
            for one in assistants.values()
            for entry in one.index.entries
            for name in (entry.name, *entry.aliases[:1], *entry.questions[:2])
        ]
        self.strategy = st.fixed_dictionaries(
            {
                "of": st.sampled_from(sorted(assistants)),
                "question": (question := _questions(names)),
                "history": st.lists(question, max_size=3),
                "top": st.sampled_from([1, 3, 10, 1000]),
            }
        )

    def check(self, case: Case) -> None:
        """Ask one."""
        assistant = self._assistants[case["of"]]
        length = sum(map(len, (case["question"], *case["history"])))
        try:
            with within(2 + length / 2_000):
                answer = assistant.ask(
                    case["question"], history=case["history"], top=case["top"], explain=True
                )
        except QuestionError as error:
            insist_on_one_line(error)
            return
        _check(answer, assistant)


def _questions(names: list[str]) -> st.SearchStrategy[str]:
    # By number: Hypothesis would write out the list.
    known = st.integers(0, len(names) - 1).map(names.__getitem__)
    name = st.one_of(known, known.flatmap(_misspelt), texts())
    shaped = st.builds(
        lambda shape, a, b: shape.replace("{a}", a).replace("{b}", b),
        st.sampled_from(_SHAPES),
        name,
        name,
    )
    return st.one_of(shaped, name, st.lists(name, max_size=6).map(" ".join))


def _misspelt(name: str) -> st.SearchStrategy[str]:
    data = name.encode()
    return edits_of.map(lambda changes: mutated(data, changes[:2]).decode("utf-8", "replace"))


def _check(answer: Answer, assistant: Assistant) -> None:
    for citation in (*answer.citations, *answer.closest):
        _check_quote(citation, assistant)
    # What is shown of it is rounded.
    if abs(answer.confidence - assistant.threshold) > 1e-4:
        below = answer.confidence < assistant.threshold
        insist((answer.status == "abstained") == below, f"{answer.status} at {answer.confidence}")
    insist(answer.status != "abstained" or not answer.citations, "withheld, and cited")
    numbers = [citation.number for citation in answer.citations]
    insist(numbers == list(range(1, len(numbers) + 1)), "the numbers of citations")
    for part in answer.parts:
        insist({*part.citations} <= {*numbers}, "a mark cites nothing")
    for shown in (answer, answer.brief()):
        json.dumps(shown.to_dict(), ensure_ascii=False).encode()
        render_text(shown, width=40)
        markdown = shown.to_markdown()
        insist(not _may_harm(markdown) or not harm(markdown), "Markdown that harms")
    answer._repr_html_().encode()


def _may_harm(markdown: str) -> bool:
    return "<" in markdown or "](" in markdown


def _check_quote(place: Citation | Closest, assistant: Assistant) -> None:
    text = assistant.index.entry(place.entry).text(place.section)
    exact = text[place.start : place.end] == place.quote
    insist(exact, f"a quote is not what stands at {place.entry} {place.start}-{place.end}")
