from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient
from markup import Page

from entrywise.web.pages.files import FOLDER, Files

OURS = [path for kind in ("css", "js", "widget") for path in sorted((FOLDER / kind).iterdir())]
KEPT = "public, max-age=31536000, immutable"
PATHS = (
    "/",
    "/?q=difference+between+GQA+and+MLA",
    "/entry/gqa",
    "/browse",
    "/compare?a=gqa&b=mla",
    "/map",
    "/docs",
    "/nowhere",
)

_IMPORT = re.compile(r'(?:\bfrom|^import) "([^"]+)"', re.MULTILINE)
_URL = re.compile(r'url\("?(?!data:)([^")]+)"?\)')


def files_of(client: TestClient, path: str) -> list[str]:
    """The addresses of static files on a page."""
    return [one for one in Page(client.get(path).text).addresses if one.startswith("/static/")]


@pytest.mark.parametrize("path", PATHS)
def test_what_a_page_names_is_there_and_kept_for_good(client: TestClient, path: str) -> None:
    named = files_of(client, path)
    assert len(named) > 5
    found = {one: client.get(one) for one in named}
    assert {one: response.status_code for one, response in found.items()} == dict.fromkeys(
        named, 200
    )
    assert {response.headers["cache-control"] for response in found.values()} == {KEPT}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_all_that_its_files_ask_for(client: TestClient, path: str) -> None:
    named = files_of(client, path)
    asked = {
        urljoin(file, other)
        for file in named
        for other in _IMPORT.findall(client.get(file).text if file.endswith(".js") else "")
    } | {
        urljoin(file, other)
        for file in named
        for other in _URL.findall(client.get(file).text if file.endswith(".css") else "")
        # Fonts of signs that few formulas have come with these, bold ones with bold words.
        if "/katex/" not in file and "-600-" not in other
    }
    assert len(asked) > 1
    assert asked <= set(named)


def test_a_page_asks_for_no_module_that_it_does_not_run(client: TestClient) -> None:
    named = set(files_of(client, "/browse"))
    modules = {one.rpartition("/")[2] for one in named if "/js/" in one}
    assert modules == {
        *("theme.js", "palette.js", "formulas.js", "worker.js", "browse.js"),
        *("address.js", "complete.js", "history.js", "marked.js", "selected.js", "texts.js"),
        "plain.js",
    }


@pytest.mark.parametrize("place", ["", "0123456789abcdef/"])
@pytest.mark.parametrize("name", ["js/chat.js", "css/base+controls.css"])
def test_by_another_address_a_file_is_asked_for_again(
    client: TestClient, place: str, name: str
) -> None:
    first = client.get(f"/static/{place}{name}")
    assert first.text == client.get(f"/static/{Files().digest}/{name}").text
    assert first.headers["cache-control"] == "no-cache"
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(f"/static/{place}{name}", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


def test_joined_styles_are_those_files_one_after_the_other(client: TestClient) -> None:
    found = client.get(Files().styles("base", "controls"))
    assert found.headers["content-type"].startswith("text/css")
    base, controls = (FOLDER / "css" / f"{name}.css" for name in ("base", "controls"))
    assert found.text == f"{base.read_text('utf-8')}\n{controls.read_text('utf-8')}"


def test_styles_are_joined_once_and_without_those_that_are_no_more(client: TestClient) -> None:
    base = client.get("/static/css/base.css").text
    assert client.get("/static/0123456789abcdef/css/base+gone+base.css").text == base
    assert client.get("/static/css/gone+none.css").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["", "../app.py", "%2e%2e/app.py", "js/%2e%2e/%2e%2e/app.py", "/etc/passwd", "css", "%00"],
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    for place in ("", f"{Files().digest}/"):
        assert client.get(f"/static/{place}{path}").status_code == 404


def test_the_address_tells_what_the_files_hold_and_nothing_else(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "copy"))
    os.utime(copy / "css" / "base.css", (0, 0))
    assert Files(copy).digest == Files().digest
    with (copy / "js" / "chat.js").open("a") as script:
        script.write("\n")
    assert Files(copy).digest != Files().digest
    assert Files(copy).address("js/chat.js") != Files().address("js/chat.js")


def test_a_file_that_is_no_more_as_it_was_is_not_kept(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "copy"))
    client = TestClient(files := Files(copy))
    address = files.address("js/chat.js").removeprefix("/static")
    assert client.get(address).headers["cache-control"] == KEPT
    (copy / "js" / "chat.js").write_text("// Updated\n", "utf-8")
    updated = client.get(address)
    assert (updated.text, updated.headers["cache-control"]) == ("// Updated\n", "no-cache")


def test_a_file_that_is_not_there_has_no_address() -> None:
    with pytest.raises(KeyError, match="js/nothing"):
        Files().address("js/nothing.js")
    with pytest.raises(KeyError, match="nothing"):
        Files().styles("base", "nothing")


def test_text_is_compressed_and_fonts_are_left_as_they_are(client: TestClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    style = client.get("/static/css/base.css", headers=headers)
    assert style.headers["content-encoding"] == "gzip"
    (font, *_) = (FOLDER / "fonts").glob("*.woff2")
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
    style = (FOLDER / "katex" / "katex.min.css").read_text("utf-8")
    fonts = set(re.findall(r"fonts/([\w-]+\.woff2)", style))
    assert fonts == {path.name for path in (FOLDER / "katex" / "fonts").iterdir()}
