"""A small glossary that is right, for tests to break in one place each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def entry(entry_id: str, **changes: object) -> dict[str, object]:
    """A valid glossary entry as JSON, with some fields changed."""
    return {
        "id": entry_id,
        "name": entry_id.upper(),
        "expansion": "An Attention",
        "category": "attention",
        "oneliner": "One line.",
        "explanation": "Two lines.",
        "related": [],
        "seen_in": ["model-config"],
        "confidence": "high",
        "verified_date": "2026-04-10",
    } | changes


@pytest.fixture
def glossary() -> dict[str, Any]:
    """Two entries in one category, as the JSON of a glossary file."""
    listed = {"id": "attention", "label": "Attention", "order": 0, "entries": ["gqa", "mla"]}
    entries = {"gqa": entry("gqa", related=["mla"]), "mla": entry("mla")}
    return {"categories": [listed], "entries": entries}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write text, or JSON of anything else, to a file in a fresh folder."""

    def writer(content: object, name: str = "glossary.json") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(text.encode())
        return path

    return writer
