from __future__ import annotations

import pytest

from entrywise.data.words import exactly
from entrywise.rag.domains.base import GENERAL
from entrywise.rag.domains.registry import LANGUAGE_MODELS, open_domain
from entrywise.rag.understand.name_question import asks_about


def asks(text: str) -> bool:
    domain = open_domain(LANGUAGE_MODELS)
    assert domain.decoder is not None
    names = domain.decoder.find(text)
    assert names
    return asks_about(names, exactly(p.text for name in names for p in name.parts), text, domain)


@pytest.mark.parametrize(
    "text",
    [
        "Foo-7B-Instruct",
        "Foo-7B-Instruct please, thanks!",
        "what does Foo-7B-Instruct mean?",
        "how do I read a name like Foo-7B-Instruct?",
        "what is the 7B in Foo-7B-Instruct?",
        "what does K_M mean in Foo-7B-Q4_K_M.gguf",
        "what size is Foo-7B-Instruct?",
        "Foo-7B-Instruct, from Bar's GitHub. Someone please decipher.",
        "I got Foo-7B-Instruct off a colleague: what exactly is that?",
        "cloned Foo-7B-Instruct yesterday, what did I just download?",
        "Is it for chess? Tell me what every part of the name Foo-7B-Instruct says.",
        "For a quiz: in `Foo-7B-it`, what does each of the three parts mean?",
        "Why is there an -it at the end of Foo-7B-it, did Rome fall?",
        "Bar's Foo-7B-Instruct, letter by letter",
        "difference between Foo-7B-it and Foo-7B-pt",
        "I see Foo-7B-Instruct in a list of games. 7B?",
        "can you spell out Foo-7B-Instruct",
        "why does its name, Foo-8x7B-it, say 8x7B when chess has 64 squares",
        "is there a table of the suffixes, as in Foo-7B-Instruct?",
    ],
)
def test_a_name_is_asked_about(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "does Foo-7B-Instruct use attention?",
        "how do I use Foo-7B-Instruct?",
        "how do experts work in Foo-8x7B-Instruct?",
        "how do I use AWQ with Foo-7B-AWQ?",
        "why Foo-7B-Instruct?",
        "which file of Foo-7B-GGUF should I take?",
        "Foo-7B-Instruct crashes a lot. What do I do?",
        "what is the capital of France, asks Foo-7B-Instruct",
        "explain how Foo-7B-Instruct routes its letters",
        "how many layers has Foo-7B?",
        "Foo-7B-it and chess: what is the name of the opening it plays?",
        "what am I missing when Foo-7B-it plays chess?",
    ],
)
def test_a_name_is_a_subject_beside_others(text: str) -> None:
    assert not asks(text)


def test_a_subject_without_a_word_for_names_asks_all_the_same() -> None:
    domain = open_domain(LANGUAGE_MODELS)
    assert domain.decoder is not None
    text = "what does Foo-7B-it mean?"
    assert asks_about(domain.decoder.find(text), exactly(()), text, GENERAL)
