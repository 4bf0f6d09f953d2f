from __future__ import annotations

import asyncio
import threading

import pytest
from conftest import Writing
from scripted_llm import is_slow

from entrywise.data.errors import QuestionError
from entrywise.rag.assistant import Assistant


def test_an_answer_can_be_awaited(small_assistant: Assistant) -> None:
    async def asked() -> list[str]:
        answers = await asyncio.gather(
            small_assistant.aask("and MLA?", history=["what is GQA?"], top=2),
            small_assistant.aask("what is GQA?"),
        )
        return [answer.citations[0].entry for answer in answers]

    assert asyncio.run(asked()) == ["mla", "gqa"]


def test_errors_arrive_where_it_is_awaited(small_assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="empty"):
        asyncio.run(small_assistant.aask(" "))


def test_the_loop_goes_on_meanwhile(writes: Writing) -> None:
    released = threading.Event()
    assistant, _ = writes(is_slow(released=released))

    async def asked() -> int:
        asking = asyncio.ensure_future(assistant.aask("what is GQA?"))
        turns = 0
        while not asking.done():
            await asyncio.sleep(0.01)
            turns += 1
            if turns == 10:
                released.set()
        return turns

    assert asyncio.run(asked()) >= 10


def test_who_cancels_ends_the_request_to_the_llm(writes: Writing) -> None:
    assistant, server = writes(is_slow("With GQA, query heads share one key head. [1]"))

    async def asked() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(assistant.aask("what is GQA?"), 0.5)

    asyncio.run(asked())
    assert server.left.wait(20)
