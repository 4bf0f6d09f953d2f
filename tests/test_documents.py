"""The collections in tests/documents: their labels hold, as far as that can be seen from here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "documents"
COLLECTIONS = sorted(path.parent for path in FOLDER.glob("*/questions.jsonl"))


def _questions(collection: Path) -> list[dict[str, Any]]:
    files = (collection / f"{name}.jsonl" for name in ("questions", "definitions"))
    texts = (file.read_text("utf-8") for file in files if file.exists())
    return [json.loads(line) for text in texts for line in text.splitlines()]


def _as_read(text: str) -> str:
    return " ".join(text.replace("\\", "").split()).lower()


def test_ids_are_unique() -> None:
    ids = [question["id"] for folder in COLLECTIONS for question in _questions(folder)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda folder: folder.name)
def test_what_is_in_scope_has_pages_and_texts(collection: Path) -> None:
    for question in _questions(collection):
        assert set(question) == {"id", "question", "scope", "pages", "shown"}
        assert question["scope"] in ("in", "near", "far")
        is_in_scope = question["scope"] == "in"
        assert bool(question["pages"]) == bool(question["shown"]) == is_in_scope, question["id"]


@pytest.mark.parametrize(
    "collection",
    [folder for folder in COLLECTIONS if (folder / "docs").exists()],
    ids=lambda folder: folder.name,
)
def test_texts_stand_in_the_pages(collection: Path) -> None:
    docs = collection / "docs"
    pages = {
        path.relative_to(docs).with_suffix("").as_posix(): _as_read(path.read_text("utf-8"))
        for path in docs.rglob("*.*")
    }
    for question in _questions(collection):
        seen = [pages[page] for page in question["pages"]]
        for text in question["shown"]:
            assert any(_as_read(text) in page for page in seen), f"{question['id']}: {text}"


def test_what_is_fetched_names_its_version_and_license() -> None:
    for path in FOLDER.glob("*/source.json"):
        source = json.loads(path.read_text("utf-8"))
        assert set(source) == {"package", "version", "index", "folder", "license"}
        assert source["index"] in ("pypi", "npm")
        assert not (path.parent / "docs").exists()
