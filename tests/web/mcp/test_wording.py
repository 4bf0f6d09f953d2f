from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from indexes import Indexed
from mcp import Client

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.domains.base import CompoundName
from entrywise.rag.settings import load_settings
from entrywise.web.mcp.server import ResourceLinks, links_without_server, open_server
from entrywise.web.mcp.wording import (
    instructions,
    prompt_description,
    tool_description,
    tool_name,
)
from entrywise.web.served.served import Served


class Orders:
    """Takes order numbers apart; nothing in them is essential."""

    noun = "order number"
    example = "A-17"
    kinds = ("customer", "year")
    essential = frozenset[str]()

    def find(self, text: str) -> tuple[CompoundName, ...]:
        return ()

    def read(self, token: str, start: int = 0) -> CompoundName:
        return CompoundName(token, start, start + len(token), ())

    def label(self, kind: str) -> str:
        return kind


@pytest.fixture
def served(kitchen_root: Path) -> Iterator[Served]:
    with Assistant(Index(kitchen_root)) as assistant:
        yield Served.by(assistant)


def test_agents_are_told_of_the_subject_and_of_no_names_where_there_are_none(
    served: Served,
) -> None:
    assert instructions(served).startswith(
        "The Kitchen Notebook. What a cook looks up. Techniques, breads and desserts of a small "
        "kitchen, as they are cooked there. A curated knowledge base of 7 entries."
    )
    assert "decode" not in instructions(served)
    assert prompt_description(None) == "Explain a topic or a comparison, with cited quotes."


def test_names_are_called_as_their_decoder_calls_them() -> None:
    assert tool_name(Orders()) == "decode_order_number"
    told = "An order number, part by part, each with a quote that explains it."
    assert tool_description(Orders()) == told
    assert "a comparison or an order number, with" in prompt_description(Orders())


def listed(served: Served) -> list[str]:
    async def tools() -> list[str]:
        async with Client(open_server(served, ResourceLinks())) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    return asyncio.run(tools())


def test_names_are_taken_apart_only_where_the_subject_has_such(served: Served) -> None:
    assert not [name for name in listed(served) if name.startswith("decode_")]


def test_over_stdin_pages_are_where_the_settings_or_the_identity_say(
    served: Served, assistant: Assistant
) -> None:
    settings = load_settings()
    public = replace(settings, public_url="https://ask.example.org")
    assert links_without_server(served, public).entry("gqa") == "https://ask.example.org/entry/gqa"
    terms = Served.by(assistant)
    assert links_without_server(terms, settings).entry("gqa") == "entrywise://entries/gqa"
    pages = links_without_server(served, settings)
    for entry in served.assistant.index.entries:
        assert pages.entry(entry.id) == entry.url
        assert (entry.url or "").startswith("https://kitchen.example.org/")


def test_over_stdin_documents_are_on_their_own_site(tmp_path: Path, indexed: Indexed) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "keys.md").write_text("# Keys\n\n## Lost ones\n\nA lost key costs 5 euros.\n")
    (folder / "entrywise.toml").write_text('base_url = "https://club.example/docs"\n')
    with Assistant(Index(indexed(read_knowledge_base(folder))), threshold=0.0) as assistant:
        links = links_without_server(Served.by(assistant), load_settings())
        (citation, *_) = assistant.ask("what does a lost key cost?").citations
        assert links.entry("keys") == assistant.index.entries[0].url
        assert links.entry("keys").startswith("https://club.example/docs/keys")
        assert links.quote(citation) == f"{links.entry('keys')}#lost-ones"
