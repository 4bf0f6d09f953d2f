"""A host that stays connected while the index is built again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import anyio
import pytest
from indexes import copy_index
from mcp import Client
from mcp.types import TextContent
from web.mcp.conftest import over

from entrywise.data.entries import KnowledgeBase
from entrywise.index.build import build_index
from entrywise.index.generations.lease import current_manifest
from entrywise.index.generations.pointer import generation_of

# A build and a host are started, which take turns.
pytestmark = pytest.mark.slow


async def asked(client: Client) -> str:
    result = await client.call_tool("ask_question", {"question": "what is React?"})
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def listed(client: Client) -> list[str]:
    return [one.name for one in (await client.list_resources()).resources]


def test_a_new_generation_answers_in_the_same_session(
    small_root: Path, knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    root = copy_index(small_root, tmp_path / "index")
    smaller = replace(knowledge_base, entries=knowledge_base.entries[:3])
    last = knowledge_base.entries[-1].id

    async def session() -> None:
        async with Client(over(root)) as client:
            assert len(await listed(client)) == 6
            assert not (await client.call_tool("get_entry", {"entry": last})).is_error
            before = await asked(client)
            await anyio.to_thread.run_sync(build_index, smaller, root)
            deadline = time.monotonic() + 60
            while len(await listed(client)) == 6:
                assert time.monotonic() < deadline
                await anyio.sleep(0.05)
            assert (await client.call_tool("get_entry", {"entry": last})).is_error
            assert await asked(client) != before
            # The old one is held by nobody: the next build sweeps it.
            await anyio.to_thread.run_sync(build_index, smaller, root)
            after = current_manifest(root).generation
            assert [path.name for path in root.iterdir() if generation_of(path.name)] == [after]

    anyio.run(session)
