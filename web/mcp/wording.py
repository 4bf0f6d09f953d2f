"""Descriptions for agents: of the knowledge base, and of the names that its domain takes apart."""

from __future__ import annotations

import re

from entrywise.data.questions.examples import sentence
from entrywise.rag.domains.base import Decoder
from entrywise.web.served.served import Served

_ANSWERS = (
    "A curated knowledge base of {count} entries. ask_question answers in verbatim quotes with "
    "marks such as [1]; cite them, and say so where the status is abstained: the knowledge base "
    "does not hold it then."
)


def instructions(served: Served) -> str:
    """What the server is for, and how its answers are used."""
    identity = served.knowledge_base.identity
    about = ". ".join(one.rstrip(".") for one in (identity.title, identity.tagline) if one)
    decoder = served.assistant.domain.decoder
    sentences = (
        f"{about}.",
        identity.description,
        _ANSWERS.format(count=len(served.knowledge_base)),
        f"{tool_name(decoder)} takes names such as {decoder.example} apart." if decoder else "",
    )
    return " ".join(filter(None, sentences))


def prompt_description(decoder: Decoder | None) -> str:
    """What the prompt asks a model for."""
    subjects = ["a topic", "a comparison", *([article(decoder.noun)] if decoder else [])]
    return f"Explain {', '.join(subjects[:-1])} or {subjects[-1]}, with cited quotes."


def tool_name(decoder: Decoder) -> str:
    """The tool that takes names apart, e.g. `decode_part_number`."""
    return "decode_" + re.sub(r"\W+", "_", decoder.noun.lower()).strip("_")


def tool_description(decoder: Decoder) -> str:
    """What that tool tells, with the kinds of parts that matter most."""
    labels = dict.fromkeys(decoder.label(one) for one in decoder.kinds if one in decoder.essential)
    kinds = f" ({', '.join(labels)} and others)" if labels else ""
    whole = sentence(article(decoder.noun))
    return f"{whole}, part by part{kinds}, each with a quote that explains it."


def article(noun: str) -> str:
    """A noun with its article.

    >>> article("part number"), article("order number")
    ('a part number', 'an order number')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
