from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from paths import ROOT
from rjsmin import jsmin

from entrywise.data.identity import Identity
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.pages import widget
from entrywise.web.texts.catalogue import texts_of

PIECES = Path(widget.__file__).parents[1] / "static" / "widget"
DOCUMENT = ROOT / "docs" / "widget.md"
PAGE = "https://docs.example.org"
KITCHEN = Identity(title='The "Kitchen" </script>', accent="#e0a030", language="de")


def test_one_script_holds_all_pieces(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    own = {name for name in widget.PIECES if "/" not in name}
    assert {path.name for path in PIECES.iterdir()} == {*own, "widget.css"}
    for name in widget.PIECES:
        lines = (PIECES / name).read_text("utf-8").splitlines()
        last = next(line for line in reversed(lines) if len(line) > 3)
        assert jsmin(last.strip()) in response.text
    assert 'const STYLE=":host{display:contents;}' in response.text
    assert 'const ABSENT="not in the knowledge base";' in response.text


def test_what_is_for_who_reads_the_pieces_is_left_out_and_nothing_else(client: TestClient) -> None:
    script = client.get("/widget.js").text
    told = "".join((PIECES / name).read_text("utf-8") for name in widget.PIECES)
    for comment in re.findall(r"^\s*(?://.*|/\*(?:.|\n)*?\*/)$", told, re.MULTILINE):
        assert comment.strip() not in script
    lines = map(str.strip, told.splitlines())
    code = [line for line in lines if line.endswith((";", "{", "}", ",", "("))]
    missing = [line for line in code if jsmin(line.removeprefix("export ")) not in script]
    assert [line for line in missing if not line.startswith(("//", "/*", "*"))] == []
    # Texts keep their blanks: templates, and what is in quotes.
    assert all(one in script for one in re.findall(r"`[^`\n]*`", "\n".join(code)))
    assert "export" not in script
    assert "\n " not in script


def test_it_is_called_and_coloured_as_the_knowledge_base_is() -> None:
    script = widget.script(KITCHEN, texts_of("en"))
    assert 'const TITLE="The \\"Kitchen\\" </script>";' in script
    assert 'const LANGUAGE="de";' in script
    colours = "light-dark(#8d6115, #e0a030)"
    assert f"--accent: var(--entrywise-accent, {colours});" in script
    assert colours not in widget.script(Identity(), texts_of("en"))


def test_a_page_of_any_origin_may_load_it(client: TestClient) -> None:
    headers = client.get("/widget.js", headers={"Origin": PAGE}).headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert "cross-origin-resource-policy" not in client.get("/").headers


def test_it_is_kept_for_a_while_and_sent_again_only_when_it_changed(client: TestClient) -> None:
    first = client.get("/widget.js")
    assert first.headers["cache-control"] == "public, max-age=600"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "public, max-age=600"
    assert again.headers["cross-origin-resource-policy"] == "cross-origin"
    other = client.get("/widget.js", headers={"If-None-Match": 'W/"0123456789abcdef"'})
    assert other.status_code == 200


def test_it_is_there_for_who_asks_whether_it_is(client: TestClient) -> None:
    response = client.head("/widget.js")
    assert (response.status_code, response.content) == (200, b"")


def test_it_is_light(client: TestClient) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < 14_000
    # German words are longer, and so are the names and questions of other knowledge bases.
    wordy = Identity(title="Handbuch der Gärtnerei", accent="#7a1f5c", language="de")
    starters = [f"Bewässerung: Wie wird das Gewächshaus {n} gegossen?" for n in range(3)]
    script = widget.script(wordy, texts_of("de"), starters, ["Bewässerung"])
    assert len(gzip.compress(script.encode(), 6)) < 14_000


def test_it_makes_no_markup_from_text(client: TestClient) -> None:
    script = client.get("/widget.js").text
    unsafe = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "DOMParser",
    )
    assert [name for name in unsafe if name in script] == []


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ("", PAGE, None),
        (f"https://example.org, {PAGE}", PAGE, PAGE),
        (PAGE, "https://docs.example.org.evil.example", None),
        ("*", PAGE, "*"),
    ],
)
def test_only_pages_of_listed_origins_may_ask(
    assistant: Assistant, origins: str, origin: str, allowed: str | None
) -> None:
    settings = replace(load_settings(), cors_origins=origins)
    preflight = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    with TestClient(create_app(assistant, settings=settings)) as client:
        asked_first = client.options("/api/ask", headers=preflight)
        accept = {"Origin": origin, "Accept": "text/event-stream"}
        answer = client.post("/api/ask", json={"question": "what is GQA?"}, headers=accept)
        refusal = client.post("/api/ask", json={"question": ""}, headers=accept)
    for response in (asked_first, answer, refusal):
        assert response.headers.get("access-control-allow-origin") == allowed
    assert (asked_first.status_code == 200) == (allowed is not None)


def test_the_document_names_all_that_can_be_set_and_heard() -> None:
    text, script = DOCUMENT.read_text("utf-8"), widget.script(KITCHEN, texts_of("en"))
    attributes = set(re.findall(r"this\.dataset\.(\w+)", script))
    for names in re.findall(r"const\{([^}]*)\}=this\.dataset", script):
        attributes |= {name.partition("=")[0] for name in names.split(",")}
    events = re.findall(r'#emit\("(\w+)"', script)
    properties = re.findall(r"--entrywise-[\w-]+", script)
    assert {"title", "key", "open"} <= attributes
    assert {"inline", "starters", "logo"} <= attributes
    hyphened = (re.sub("[A-Z]", lambda one: f"-{one[0].lower()}", name) for name in attributes)
    named = {f"data-{name}" for name in hyphened} | {f"entrywise:{name}" for name in events}
    assert [name for name in {*named, *properties} if f"`{name}`" not in text] == []
