from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from entrywise.web import app

STATIC = Path(app.__file__).parent / "static"
OURS = [path for kind in ("css", "js", "widget") for path in sorted((STATIC / kind).iterdir())]


def test_a_file_is_asked_for_again_and_sent_again_only_when_it_changed(client: TestClient) -> None:
    first = client.get("/static/css/base.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/css/base.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


def test_text_is_compressed_and_fonts_are_left_as_they_are(client: TestClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    style = client.get("/static/css/base.css", headers=headers)
    assert style.headers["content-encoding"] == "gzip"
    (font, *_) = (STATIC / "fonts").glob("*.woff2")
    response = client.get(f"/static/fonts/{font.name}", headers=headers)
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_what_a_style_or_a_script_names_is_served(client: TestClient, path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    named = re.findall(r'url\("(?!data:)([^"]+)"\)', text) + re.findall(r' from "([^"]+)"', text)
    for name in named:
        assert (path.parent / name).is_file(), name
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text


def test_formulas_have_all_their_fonts() -> None:
    style = (STATIC / "katex" / "katex.min.css").read_text("utf-8")
    fonts = set(re.findall(r"fonts/([\w-]+\.woff2)", style))
    assert fonts == {path.name for path in (STATIC / "katex" / "fonts").iterdir()}
