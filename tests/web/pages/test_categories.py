"""Categories on pages: what parts a knowledge base is told, and one alone is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from markup import Page

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app

PATHS = ("/browse", "/map", "/entry/docs/baking", "/compare?a=docs/baking&b=docs/frying")


@pytest.fixture(scope="module")
def one_folder(indexed: Indexed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Two pages in one folder."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "docs").mkdir()
    for name in ("Baking", "Frying"):
        (folder / "docs" / f"{name.lower()}.md").write_text(f"# {name}\n\n{name} takes heat.\n")
    root = indexed(read_knowledge_base(Path(folder)))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        yield client


def categories(client: TestClient, path: str) -> list[str]:
    """What leads to a category where it is seen."""
    html = client.get(path).text
    assert "Baking" in html or "Poaching" in html
    seen = re.sub(r"<(ul|nav)[^>]* hidden>.*?</\1>", "", html, flags=re.DOTALL)
    return [address for address in Page(seen).addresses if address.startswith("/browse#")]


@pytest.mark.parametrize("path", PATHS)
def test_a_category_alone_is_not_told(one_folder: TestClient, path: str) -> None:
    assert categories(one_folder, path) == []


def test_several_are(kitchen: TestClient) -> None:
    for path in ("/browse", "/map", "/entry/techniques/poaching"):
        assert categories(kitchen, path)


def test_a_suggestion_says_no_lone_category(one_folder: TestClient) -> None:
    (found,) = one_folder.get("/suggest", params={"q": "bak", "names": True}).json()
    assert found["place"] == ""
