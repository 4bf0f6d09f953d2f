from __future__ import annotations

from entrywise.rag.understand.content_words import telling


def told(text: str, *, asks_for_origin: bool = False) -> list[str]:
    return [word.group() for word in telling(text, asks_for_origin=asks_for_origin)]


def test_what_only_asks_tells_nothing() -> None:
    assert told("What is the KV cache, and how does it work?") == ["KV", "cache"]


def test_who_asks_for_an_origin_asks_with_more_words() -> None:
    text = "who came up with LoRA"
    assert told(text) == ["came", "up", "LoRA"]
    assert told(text, asks_for_origin=True) == ["LoRA"]
