from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.rag.understand.wording import COMPARING, JOINTS, asked_plainly, compiled


@pytest.mark.parametrize(
    "text",
    [
        "vs", "v/s", "Versus", "rather than", "as opposed to", "or", "than", "over", "against",
        "the same as", "the same thing as", "another name for", "compared to", "contrasted with",
        "different from", "differ much from", "comparable to", "as good as", "as much memory as",
        "so groß wie",
    ],
)  # fmt: skip
def test_a_joint_stands_between_what_is_compared(text: str) -> None:
    assert compiled(JOINTS).fullmatch(text)


@pytest.mark.parametrize(
    "text",
    ["and", "with", "to", "the same", "differ", "more", "overt", "as well as", "as long as", "as"],
)
def test_what_joins_more_than_it_compares_is_no_joint(text: str) -> None:
    assert not compiled(JOINTS).search(text)


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("how does a sloop differ", True),
        ("compare them", True),
        ("contrast both", True),
        ("sloop v/s ketch", True),
        ("contrastive learning", False),
        ("differential privacy", False),
        ("automatic differentiation", False),
        ("a comparator", False),
        ("sloop or ketch", False),
    ],
)
def test_comparing_words_compare_whatever_stands_beside_them(text: str, compares: bool) -> None:
    assert bool(compiled(COMPARING).search(text)) is compares


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("is it possible to row here?", "how to row here?"),
        ("What is the best way to row?", "how to row?"),
        ("steps to moor a boat", "how to moor a boat"),
        ("I want to row", "how to row"),
        ("please tell me how I can row", "how to row"),
        ("does anyone know how to row?", "how to row?"),
        ("which command do I use to row", "how to row"),
        ("help me moor a boat", "how to moor a boat"),
        ("where can I find the oars?", "where is the oars?"),
        ("guide to mooring", "mooring"),
        ("I have a question about oars", "oars"),
        ("what do the docs say about oars?", "oars"),
        ("need info on oars", "oars"),
        ("Ich habe eine Frage zum Steg", "Steg"),
        ("Hello there, how would I row? Thank you so much!", "how would I row?"),
    ],
)
def test_what_is_asked_in_many_words_is_looked_up_plainly(text: str, plain: str) -> None:
    assert asked_plainly(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "How to row",
        "how do I say thanks in Spanish",
        "hello world example",
        "hi",
        "thanks",
        "steps",
        "I want to leave, how long do I have to stay?",
        "tell me about oars",
        "what is the procedure?",
        "guides of the harbour",
    ],
)
def test_what_says_something_else_is_looked_up_as_it_is(text: str) -> None:
    assert asked_plainly(text) == text


def test_much_that_is_polite_takes_linear_time() -> None:
    assert grows_linearly(lambda n: asked_plainly("Hi there, " * n), 200)
    assert grows_linearly(lambda n: asked_plainly("a. " + ". \n " * n), 200)
