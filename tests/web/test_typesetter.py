from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from markup import Page, as_read
from paths import ROOT

from entrywise.data.source import shipped
from entrywise.rag.render.formulas import readable
from entrywise.web import typesetter
from entrywise.web.pages.formulas import drawn, drawn_piece, has_formulas, typeset
from entrywise.web.typesetter import OPTIONS, draw

BOMB = r"\def\a#1{" + "x" * 20 + r"#1#1}" + r"\a{" * 12 + "}" * 12


def test_a_formula_is_drawn_to_be_seen_and_heard() -> None:
    html = draw(r"\frac{a}{b}")
    assert html is not None
    assert {"katex-mathml", "katex-html"} <= {value for _, value in Page(html).attributes}
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in html


@pytest.mark.parametrize("tex", [r"\frac{a}{", r"\nothing", "x_1_2", r"\def\a{\a\a}\a"])
def test_what_katex_cannot_read_is_nothing(tex: str) -> None:
    assert draw(tex) == ""


@pytest.mark.parametrize("tex", ["x+" * 2_000, "{" * 3_000])
def test_what_is_long_is_left_to_browsers(tex: str) -> None:
    assert draw(tex) is None


def test_what_expands_without_end_takes_no_long_time_and_the_next_is_drawn() -> None:
    assert draw(BOMB) in ("", None) or len(draw(BOMB) or "") < 2_000_000
    assert draw("y + 1")


def test_markup_in_a_formula_stays_text() -> None:
    html = draw(r"\text{</span><script>alert(1)</script>} \href{javascript:alert(1)}{x}")
    assert html is not None
    assert not {"script", "a"} & set(Page(html).tags)


def test_what_failed_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(tex: str) -> str:
        raise RuntimeError(tex)

    with monkeypatch.context() as broken:
        broken.setattr(typesetter, "_function", lambda: fail)
        assert draw("z_9") is None
    assert draw("z_9")


def test_threads_may_draw_at_the_same_time() -> None:
    found: dict[int, list[str | None]] = {}

    def some(number: int) -> None:
        found[number] = [draw(f"x_{{{one}}} + {number}") for one in range(20)]

    threads = [threading.Thread(target=some, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(all(htmls) for htmls in found.values())


def test_the_options_are_those_of_browsers() -> None:
    code = (ROOT / "web" / "static" / "js" / "formulas.js").read_text("utf-8")
    assert f"const OPTIONS = {OPTIONS};" in code


def test_all_formulas_of_the_glossary_are_drawn_and_read_as_before() -> None:
    for entry in shipped():
        for section in entry.sections:
            page, _ = drawn(typeset(section.text))
            assert not has_formulas(page), section.text
            assert " style=" not in page
            plain = unescape(re.sub("<[^<>]*>", "", as_read(page)))
            assert plain == readable(section.text)


def test_the_style_sheet_has_each_style_once() -> None:
    page, style = drawn(typeset(r"$\frac{a}{b}$ and $\frac{a}{b}$"))
    rules = re.findall(r"\.(f\d+)\{([^{}]+)\}", style)
    assert len({css for _, css in rules}) == len(rules) > 3
    named = {name for _, names in Page(page).attributes for name in (names or "").split()}
    assert {name for name, _ in rules} <= named


def test_punctuation_stays_with_what_it_follows() -> None:
    page, _ = drawn(typeset("for $x_i$, and $y_i$"))
    assert 'data-readable="xᵢ,"' in page
    assert page.count(",") == 2
    assert as_read(page) == "for xᵢ, and yᵢ"


def test_what_cannot_be_read_stays_as_it_reads_and_loads_nothing() -> None:
    page, style = drawn(typeset(r"a $\nothing{x}$ b"))
    assert (as_read(page), style) == (readable(r"a $\nothing{x}$ b"), "")
    assert not has_formulas(page)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """QuickJS is not installed."""
    monkeypatch.setitem(sys.modules, "quickjs", None)
    typesetter._function.cache_clear()
    typesetter._html.cache_clear()
    yield
    typesetter._function.cache_clear()
    typesetter._html.cache_clear()


@pytest.mark.usefixtures("undrawn")
def test_without_quickjs_a_browser_draws(client: TestClient) -> None:
    assert draw("x_i") is None
    response = client.get("/entry/gqa")
    assert has_formulas(response.text)
    assert "katex.min.js" in response.text
    assert "<style" not in response.text


def test_a_page_whose_formulas_are_drawn_loads_no_katex(client: TestClient) -> None:
    html = client.get("/entry/gqa").text
    assert "katex.min.css" in html
    assert "katex.min.js" not in html


def test_a_piece_of_a_page_is_drawn_and_leaves_its_styles_to_a_script() -> None:
    piece = drawn_piece(typeset(r"for $\frac{a}{b}$."))
    assert not has_formulas(piece)
    assert "data-style=" in piece
    assert " style=" not in piece
    assert as_read(piece) == "for a/b."


def test_an_answer_that_is_asked_for_on_a_page_has_its_formulas_drawn(client: TestClient) -> None:
    streamed = client.post("/chat", json={"question": "what is GQA?"}).text
    assert "katex-html" in streamed
    assert " style=" not in streamed


def test_nobody_waits_for_quickjs_who_has_no_formulas(small_root: Path) -> None:
    program = (
        "import sys\n"
        "from entrywise import Assistant\n"
        "from entrywise.web.app import create_app\n"
        "from fastapi.testclient import TestClient\n"
        "with Assistant.open(sys.argv[1]) as assistant:\n"
        "    with TestClient(create_app(assistant)) as client:\n"
        "        assert client.get('/browse').status_code == 200\n"
        "sys.exit('quickjs' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(small_root)], check=True)
