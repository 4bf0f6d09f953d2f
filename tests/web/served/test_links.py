from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from entrywise.rag.answer import Citation
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.served.links import ask_path, entry_path, quote_path


def test_paths_keep_what_has_a_meaning_in_addresses() -> None:
    assert entry_path("notes/what is C#?") == "/entry/notes/what%20is%20C%23%3F"
    assert ask_path('is "1 & 1" = 2?') == "/?q=is+%221+%26+1%22+%3D+2%3F"
    citation = Citation(1, "a/b", "A", "how & why", 3, 9, "quoted")
    assert quote_path(citation) == "/entry/a/b?section=how+%26+why&start=3&end=9#quote"


@pytest.mark.parametrize(
    ("public_url", "address"),
    [("", "http://testserver/entry/gqa.md"), ("https://a.org/", "https://a.org/entry/gqa.md")],
)
def test_whole_addresses_begin_with_the_public_one(
    assistant: Assistant, public_url: str, address: str
) -> None:
    settings = replace(load_settings(), public_url=public_url)
    with TestClient(create_app(assistant, settings=settings)) as client:
        assert f"]({address})" in client.get("/llms.txt").text
