"""Nothing that is served over a knowledge base on cooking speaks of another subject.

The kitchen is served with an identity and without one. Whatever people, programs and agents may
reach of it is looked through for words of the knowledge base that comes with Entrywise; an LLM may
be spoken of where one that writes is meant.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp import Client
from paths import ROOT

from entrywise.__main__ import main as toolbox
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.rag.commands import ask
from entrywise.rag.commands.entrywise import Servers, build_parser
from entrywise.rag.settings import load_settings
from entrywise.web import commands
from entrywise.web.app import create_app
from entrywise.web.mcp.server import ResourceLinks, open_server
from entrywise.web.served.served import Served
from web.conftest import KITCHEN
from web.walk import walk

SUBJECT = re.compile(
    r"\b(?:gqa|mla|mistral|llama|lora|gguf|attention|quanti[sz]\w*|kv caches?|query heads?|"
    r"perplexity|fine-?tun\w*|(?:large )?language models?|models?(?:'s|’s)? names?|glossar\w*)\b",
    re.IGNORECASE,
)
# "an LLM wrote", "the LLM", "no LLM is set": one that writes. "LLM terms", "the LLM Glossary" are
# of a subject.
LLM = re.compile(
    r"(?<!\b[Aa]n )(?<!\b[Tt]he )(?<!\b[Tt]his )(?<!\b[Nn]o )LLM|LLMs\b|"
    r"LLM (?:[A-Z]|terms?\b|topics?\b|models?\b|entr|quest)"
)


def foreign(text: str) -> list[str]:
    """The words of another subject in a text, with what stands around them."""
    line = " ".join(text.split())
    # Names of options, settings and files.
    line = re.sub(r"--llm[\w-]*|\w*llm_\w+|llms\.txt|\bllm\b|entrywise\[llm\]", "", line)
    found = [*SUBJECT.finditer(line), *LLM.finditer(line)]
    return [line[max(0, one.start() - 40) : one.end() + 40] for one in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Difference between GQA and MLA", 2),
        ("each part of a model's name", 1),
        ("254 LLM terms", 1),
        ("the LLM Glossary", 2),
        ("no LLM term has this id", 1),
        ("A glossary of 254 terms", 1),
        ("What became of an LLM's sentences. The LLM is waited for; --llm MODEL", 0),
        ("/llms.txt lists all, llm_timeout is in seconds", 0),
        ("Crème brûlée is a custard of cream and egg yolks", 0),
    ],
)
def test_words_of_a_subject_are_told_from_those_of_a_backend(text: str, words: int) -> None:
    assert len(foreign(text)) == words


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the kitchen's documents without what the kitchen says of itself."""
    folder = tmp_path_factory.mktemp("nameless")
    shutil.copytree(KITCHEN, folder / "kitchen", ignore=shutil.ignore_patterns("*.toml", "*.svg"))
    build_index(read_knowledge_base(folder / "kitchen"), folder / "index")
    return folder / "index"


@pytest.fixture(scope="module", params=["with an identity", "without one"])
def served(request: pytest.FixtureRequest) -> Iterator[Assistant]:
    """An assistant on the kitchen."""
    named = request.param == "with an identity"
    root: Path = request.getfixturevalue("kitchen_root" if named else "nameless")
    with Assistant(Index(root)) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def site(served: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(served), raise_server_exceptions=False) as client:
        yield client


BEGINNINGS = (
    "/",
    "/?q=Difference+between+Poaching+and+Simmering",
    "/?q=how+do+I+bake+sourdough+bread%3F",
    "/?q=what+is+a+whisk+made+of%3F",
    "/?q=who+won+the+world+cup%3F",
    "/?q=what+is+Foobarizing%3F",
    "/compare?a=techniques/poaching&b=techniques/simmering",
    "/compare?a=techniques/poaching&b=techniques/simering",
    "/map?view=meaning",
    "/browse?q=egg",
    "/nowhere",
    "/entry/nothing",
    "/entry/bread/focaccia.md",
    "/entry/bread/focaccia?start=-1",
    "/llms.txt",
    "/openapi.json",
    "/widget.js",
    "/theme.css",
    "/metrics",
    "/health/ready",
    "/suggest?q=po",
    "/api/entries",
    "/api/search?q=egg",
    "/v1/models",
    "/v1/models/gpt",
)


def test_no_page_speaks_of_it(site: TestClient) -> None:
    pages = walk(site, *BEGINNINGS)
    assert {"/docs", "/browse", "/entry/techniques/poaching"} <= pages.keys()
    assert any(address.endswith("/js/chat.js") for address in pages)
    assert {page.status_code for page in pages.values()} == {200, 404, 422}
    assert {at: found for at, page in pages.items() if (found := foreign(page.text))} == {}


REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/api/ask", {}),
    ("POST", "/api/ask", {"json": {"question": " "}}),
    ("POST", "/api/ask", {"json": {"question": "a" * 10_001}}),
    ("POST", "/api/ask", {"json": {"question": "a" * 2**18}}),
    ("POST", "/api/ask", {"json": {"qustion": 5}}),
    ("POST", "/api/ask", {"content": b"{"}),
    ("POST", "/chat", {"json": {}}),
    ("POST", "/", {"data": {"question": ""}}),
    ("POST", "/api/search", {"json": {"query": ""}}),
    ("GET", "/api/entries/nothing", {}),
    ("POST", "/v1/chat/completions", {"json": {"messages": []}}),
    ("POST", "/v1/chat/completions", {"json": {"model": "gpt", "messages": [{"role": "user"}]}}),
    ("GET", "/mcp", {}),
]


@pytest.mark.parametrize(("method", "address", "body"), REFUSED)
def test_no_refusal_speaks_of_it(
    site: TestClient, method: str, address: str, body: dict[str, Any]
) -> None:
    response = site.request(method, address, **body)
    assert 400 <= response.status_code < 500
    assert foreign(response.text) == []


def test_neither_does_who_wants_a_key_or_is_asked_too_often(served: Assistant) -> None:
    settings = replace(load_settings(), api_keys="key", rate_limit="1/hour")
    with TestClient(create_app(served, settings=settings)) as client:
        responses = [client.get("/"), client.get("/")]
        responses += [client.get("/api/entries", headers={"X-API-Key": "key"}) for _ in range(2)]
    assert [response.status_code for response in responses] == [401, 429, 200, 429]
    assert [found for response in responses if (found := foreign(response.text))] == []


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/chat", {"question": "Difference between Poaching and Simmering"}),
        ("/chat", {"question": "what is a whisk made of?"}),
        ("/api/ask", {"question": "Explain Meringue", "history": ["Explain Poaching"]}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Explain Poaching"}]}),
    ],
)
def test_no_answer_speaks_of_it(site: TestClient, address: str, body: dict[str, Any]) -> None:
    response = site.post(address, json=body)
    assert response.status_code == 200
    assert foreign(response.text) == []


def test_no_agent_is_told_of_it(served: Assistant) -> None:
    async def told() -> str:
        async with Client(open_server(Served.by(served), ResourceLinks())) as client:
            return repr(
                [
                    (client.server_info, client.instructions),
                    await client.list_tools(),
                    await client.list_resources(),
                    await client.list_resource_templates(),
                    await client.list_prompts(),
                    await client.get_prompt("explain", {"topic": "Poaching"}),
                    await client.call_tool("ask_question", {"question": "Explain Poaching"}),
                    await client.call_tool("ask_question", {"question": ""}),
                    await client.call_tool("get_entry", {"entry": "nothing"}),
                    await client.call_tool("compare_entries", {"entries": ["bread/focaccia"]}),
                ]
            )

    text = asyncio.run(told())
    assert "ask_question" in text
    assert foreign(text) == []


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from parsers(one)


def test_no_help_speaks_of_it() -> None:
    servers = Servers(serve=commands.serve, mcp=commands.mcp)
    found = [ask.build_parser(load_settings()), *parsers(build_parser(servers))]
    assert len(found) > 12
    helps = {parser.prog: foreign(parser.format_help()) for parser in found}
    assert {program: words for program, words in helps.items() if words} == {}


WRONG: list[tuple[Any, list[str]]] = [
    (ask.main, [""]),
    (ask.main, ["a" * 10_001]),
    (ask.main, ["--top", "0", "eggs"]),
    (ask.main, ["--batch", "missing.jsonl"]),
    (ask.main, ["--batch", "-", "eggs"]),
    (ask.main, ["--llm", "", "--llm-required", "eggs"]),
    (ask.main, ["--index", "missing", "eggs"]),
    (toolbox, ["search"]),
    (toolbox, ["search", "--index", "missing", "eggs"]),
    (toolbox, ["check", "missing"]),
    (toolbox, ["index", "build", "missing", "--out", "index"]),
    (toolbox, ["index", "enrich", "missing", "--out", "ways.json"]),
    (toolbox, ["index", "info", "--index", "missing"]),
    (toolbox, ["eval"]),
    (toolbox, ["gaps"]),
    (toolbox, ["config"]),
    (toolbox, ["completion", "bash"]),
]


@pytest.mark.parametrize(("command", "arguments"), WRONG)
def test_no_command_speaks_of_it(
    command: Any,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with suppress(SystemExit):
        command(arguments)
    said = "".join(capsys.readouterr())
    assert said
    assert foreign(said) == []


def literals(path: Path) -> Iterator[str]:
    """The texts in a module that are no documentation of it."""
    tree = ast.parse(path.read_text("utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documents:
            yield node.value


ENGINE = [
    path
    for room in ("rag", "web")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "language_models" not in path.parts
]


def test_no_text_of_the_engine_speaks_of_it() -> None:
    texts = {(path.name, text): foreign(text) for path in ENGINE for text in literals(path)}
    assert len(texts) > 1_000
    assert {place: found for place, found in texts.items() if found} == {}
