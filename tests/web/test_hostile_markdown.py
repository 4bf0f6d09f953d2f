"""Every text of Markdown that leaves the program, over a knowledge base that tries to be more."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from e2e.hostile import hostile_knowledge_base
from fastapi.testclient import TestClient
from harm import harm
from indexes import Indexed

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.mcp.tools import Tools
from entrywise.web.served.links import Links
from entrywise.web.served.served import Served

PAGE = """\
# Mooring <b onclick=alert(1)>

Tie <script>alert(1)</script> up at the quay with [two lines](javascript:alert(2)).

| line | use |
|---|---|
| bow `<i> | x` | <img src=x onerror=alert(3)> |

- a spring line ![x](data:text/html,x)
- <javascript:alert(4)>

```
<code>
"""
QUESTIONS = ("how do I tie up at the quay?", "which line is for what?", "mooring <b>")


@pytest.fixture(scope="module", params=["terms", "documents"])
def hostile(
    request: pytest.FixtureRequest, indexed: Indexed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """An assistant over it, which always answers."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "mooring.md").write_text(PAGE, encoding="utf-8")
    (folder / "other.md").write_text(f"# Other\n\n[a]: vbscript:x\n\n[a] {PAGE}", encoding="utf-8")
    of_documents = request.param == "documents"
    root = indexed(read_knowledge_base(folder) if of_documents else hostile_knowledge_base())
    with Assistant(Index(root), threshold=0.0) as assistant:
        yield assistant


def _questions(assistant: Assistant) -> list[str]:
    names = [entry.name for entry in assistant.index.entries]
    return [*QUESTIONS, *names, f"difference between {' and '.join(names[:2])}"]


def test_answers_are_harmless(hostile: Assistant) -> None:
    for question in _questions(hostile):
        answer = hostile.ask(question)
        assert harm(answer.to_markdown()) == []
        assert harm(answer.brief().to_markdown()) == []


def test_what_the_server_gives_is_harmless(hostile: Assistant) -> None:
    with TestClient(create_app(hostile)) as client:
        assert harm(client.get("/llms.txt").text) == []
        for entry in hostile.index.entries:
            page = client.get(f"/entry/{quote(entry.id, safe='')}.md")
            assert page.status_code == 200
            assert harm(page.text) == []
        for question in _questions(hostile):
            asked = {"model": "entrywise", "messages": [{"role": "user", "content": question}]}
            said = client.post("/v1/chat/completions", json=asked).json()
            assert harm(said["choices"][0]["message"]["content"]) == []


def test_what_agents_get_is_harmless(hostile: Assistant) -> None:
    tools = Tools(Served.by(hostile), Links("https://a.b"))
    results = [
        *(tools.ask_question(question) for question in _questions(hostile)),
        *(tools.get_entry(entry.id) for entry in hostile.index.entries),
        *(tools.search_entries(question) for question in QUESTIONS),
    ]
    texts = [content.text for result in results for content in result.content]
    assert len(texts) > 6
    assert [harm(text) for text in texts if harm(text)] == []
