from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from markup import Page
from markupsafe import Markup

from entrywise.data.entries import KnowledgeBase
from entrywise.data.source import shipped
from entrywise.rag.render.formulas import readable
from entrywise.web.pages.formulas import has_bold, has_formulas, katex_fonts, typeset


def shown(html: str) -> str:
    """What is read where no script runs."""
    page = _Text(html)
    return "".join(page.pieces)


class _Text(Page):
    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        super().__init__(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def test_a_formula_is_an_element_that_holds_its_source() -> None:
    assert typeset(r"with $d_k$ < 8") == (
        'with <span class="formula" data-tex="d_k">dₖ</span> &lt; 8'
    )


def test_a_single_sign_is_text() -> None:
    assert typeset(r"8$\times$ as fast") == "8× as fast"


def test_a_name_that_only_programs_have_is_code() -> None:
    assert typeset("set n_kv_heads, W_Q") == "set <code>n_kv_heads</code>, <code>W_Q</code>"
    for text in ("a/b_c.py", "v0.2.Q4_K_M.gguf", "me@a_b.org", "Q4_K_M-v2", "_ a_ 7_b"):
        assert typeset(text) == text


def test_names_are_code_where_dollars_pair_in_more_than_one_way() -> None:
    shown_so = typeset(r"$O(seq_le$n^2 \times$ d_model)$")
    assert shown_so == "O(<code>seq_len²</code> × <code>d_model</code>)"


def test_bold_letters_are_asked_for_where_they_are_seen() -> None:
    assert has_bold("<p><strong>a</strong>")
    assert not has_bold("<p>a<details><strong>b</strong></details>")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a 16-bit float", ["16-bit"]),
        ("70 % of 8 GB, 1,200 €", ["70 %", "8 GB", "1,200 €"]),
        ("GPT-4 and Llama-3.1 are <b>", ["GPT-4", "Llama-3.1"]),
        ("28 working days in 2024-05-01", []),
        ("d=128, G=4", []),
        ("the state-of-the-art 7-point-scale & 39's", []),
        ("5-10 percent, 4–7; 2-3 GB of 1-2-3", ["5-10", "4–7", "2-3 GB"]),
        ("the -Instruct suffix (or --no-index), a - b", ["-Instruct", "--no-index"]),
    ],
)
def test_a_number_stays_with_its_unit_and_what_is_copied_is_the_same(
    text: str, whole: list[str]
) -> None:
    html = typeset(text)
    assert re.findall('<span class="whole">(.*?)</span>', html) == whole
    assert shown(html) == text


def test_what_is_linked_stays_so() -> None:
    linked = typeset("the 4-bit NF4", lambda text: Markup('the <a href="/4-bit">4-bit</a> NF4'))
    assert linked == 'the <a href="/4-bit"><span class="whole">4-bit</span></a> NF4'


@pytest.mark.parametrize(
    "text", ["for $5-$10", r"$O($N^2$)$ in time", "a lone $ sign", r"`$x$` in code"]
)
def test_what_is_no_formula_for_sure_is_text(text: str) -> None:
    assert typeset(text) == readable(text)


def test_a_source_cannot_leave_its_attribute() -> None:
    page = Page(typeset('$"><script>alert(1)</script>$'))
    assert page.tags == ["span"]
    assert ("data-tex", '"><script>alert(1)</script>') in page.attributes


@given(st.text(alphabet="$\\ab{}^_<&\"' \n09x("))
def test_without_script_a_text_reads_as_in_a_terminal(text: str) -> None:
    assert shown(typeset(text)) == readable(text)


def test_the_shipped_texts_read_as_in_a_terminal_and_their_formulas_are_typeset() -> None:
    glossary: KnowledgeBase = shipped()
    texts = [section.text for entry in glossary for section in entry.sections]
    assert all(shown(typeset(text)) == readable(text) for text in texts)
    assert sum(typeset(text).count("data-tex") for text in texts) > 200


@pytest.mark.parametrize(
    ("html", "shows"),
    [
        ("<p>x</p>", False),
        ('<p><span class="formula" data-tex="x">x</span></p>', True),
        ('<details class="a"><span class="formula">x</span></details>', False),
        ('<details class="open"><span class="formula">x</span></details>', False),
        ('<details class="a" open><span class="formula">x</span></details>', True),
        ('<details><details open><span class="formula">x</span></details></details>', False),
        ('<details></details></details><span class="formula">x</span>', True),
    ],
)
def test_a_page_shows_formulas_unless_they_are_folded_up(html: str, shows: bool) -> None:
    assert has_formulas(html) is shows


@pytest.mark.parametrize(
    ("tex", "fonts"),
    [
        ("x", 2),
        (r"\sum_i x_i", 3),
        (r"\left(\frac{a}{b}\right)", 3),
        (r"\left(\prod x\right)", 4),
        (r"\leftarrow", 2),
    ],
)
def test_the_fonts_that_a_formula_is_drawn_with_are_named_and_served(
    client: TestClient, tex: str, fonts: int
) -> None:
    named = list(katex_fonts(typeset(f"${tex}$")))
    assert len(named) == fonts
    for font in named:
        assert client.get(f"/static/katex/fonts/{font}.woff2").status_code == 200


def test_what_is_folded_up_brings_no_fonts() -> None:
    formula = typeset(r"$\sum_i x_i$")
    assert len(list(katex_fonts(f"<details><p>{formula}</p></details>"))) == 2
    assert len(list(katex_fonts(f"<details open><p>{formula}</p></details>"))) == 3
