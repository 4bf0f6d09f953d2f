"""What a knowledge base looks like: its colours, and a logo that may do nothing."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from markup import Page
from web.conftest import KITCHEN
from web.walk import walk

from entrywise.index.generations.lease import current
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.served.colours import dark_scheme, light_scheme


def test_every_page_says_whose_it_is(kitchen: TestClient) -> None:
    pages = walk(kitchen, "/", "/nowhere")
    html = [page.text for page in pages.values() if "text/html" in page.headers["content-type"]]
    assert len(html) > 20
    for text in html:
        assert re.search("<title>.+ · The Kitchen Notebook</title>", text)
        assert '<html lang="en-GB">' in text
        assert '<meta property="og:site_name" content="The Kitchen Notebook">' in text
        assert "mailto:kitchen@example.org" in Page(text).addresses


def test_the_first_page_begins_with_what_the_knowledge_base_says_of_itself(
    kitchen: TestClient,
) -> None:
    text = kitchen.get("/").text
    assert "<title>What a cook looks up · " in text
    assert '<meta name="description" content="Techniques, breads and desserts of' in text
    assert "<h1>What a cook looks up</h1>" in text
    assert '<p class="lead">Techniques, breads and desserts of a small kitchen' in text
    examples = re.findall(r'<li><a href="/\?q=[^"]*" data-question="(.*?)">', text)
    assert examples[:2] == ["Explain Poaching", "Difference between Poaching and Simmering"]
    assert len(examples) == 4


def test_a_knowledge_base_that_says_nothing_of_itself_has_a_page_all_the_same(
    client: TestClient,
) -> None:
    text = client.get("/").text
    assert "<title>Ask six entries · six entries</title>" in text
    assert 'content="Answers from “six entries”, quoted word for word."' in text
    assert "Contact" not in text


def test_an_accent_becomes_a_style_of_its_own(kitchen: TestClient) -> None:
    assert "/theme.css" in Page(kitchen.get("/").text).addresses
    style = kitchen.get("/theme.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    light, dark = light_scheme("#e0a030"), dark_scheme("#e0a030")
    assert f"--accent: light-dark({light.accent}, {dark.accent});" in style.text
    assert f"--tint: light-dark({light.tint}, {dark.tint});" in style.text
    again = kitchen.get("/theme.css", headers={"If-None-Match": style.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_without_one_the_pages_are_as_their_styles_have_them(client: TestClient) -> None:
    assert "/theme.css" not in Page(client.get("/").text).addresses
    assert client.get("/theme.css").text == ""
    assert client.get("/logo").status_code == 404


def test_a_logo_is_on_every_page_and_may_do_nothing(kitchen: TestClient) -> None:
    for path in ("/", "/browse", "/nowhere"):
        assert Page(kitchen.get(path).text).addresses.count("/logo") == 2  # the icon, and the bar
    logo = kitchen.get("/logo")
    assert logo.content == (KITCHEN / "whisk.svg").read_bytes()
    assert logo.headers["content-type"] == "image/svg+xml"
    assert logo.headers["content-security-policy"].startswith("default-src 'none';")
    assert logo.headers["content-security-policy"].endswith("; sandbox")
    assert logo.headers["x-content-type-options"] == "nosniff"
    again = kitchen.get("/logo", headers={"If-None-Match": logo.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/theme.css", "/logo", "/widget.js"])
def test_looks_need_no_key(kitchen_root: Path, path: str) -> None:
    settings = replace(load_settings(), api_keys="key")
    with (
        Assistant(Index(kitchen_root)) as assistant,
        TestClient(create_app(assistant, settings=settings)) as locked,
    ):
        assert locked.get(path).status_code == 200
        assert locked.get("/").status_code == 401


def test_a_logo_outlives_the_index_that_it_came_with(kitchen_root: Path, tmp_path: Path) -> None:
    root = shutil.copytree(kitchen_root, tmp_path / "index")
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        (current(root) / "logo").unlink()
        assert client.get("/logo").content == (KITCHEN / "whisk.svg").read_bytes()
