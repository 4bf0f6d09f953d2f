from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import entrywise.data
from entrywise.rag.render.formulas import plain_formula, readable

READABLE = {
    r"\frac{a}{b}": "a/b",
    r"\frac{a+b}{c d}": "(a+b)/(c d)",
    r"\frac{1}{G}\sum_i x_i": "(1/G)∑ᵢ xᵢ",
    r"\beta \frac{a}{b} - c": "β (a/b) - c",
    r"\frac{a}{b}^2": "(a/b)²",
    r"\frac{x}{\text{RMS}(x)}": "x/RMS(x)",
    r"\frac{1}{|o_i|}": "1/|oᵢ|",
    r"\frac{QK^\top}{\sqrt{d_k}}": "QKᵀ/√dₖ",
    r"\frac{x}{\sqrt{a} b}": "x/(√a b)",
    r"\sqrt{x}": "√x",
    r"\sqrt{x+1}": "√(x+1)",
    r"\sqrt{\bar{\alpha}_t} x_0": "√ᾱₜ x₀",
    r"x_{ij}^{2}": "xᵢⱼ²",
    r"x_{q}": "x_q",
    r"10^{-38}": "10⁻³⁸",
    r"C^{0.5}": "C^0.5",
    r"10000^{2i/d}": "10000^(2i/d)",
    r"y_{<t}": "y_<t",
    r"y_<t": "y_<t",
    r"d_model x": "d_model x",
    r"d_{\text{kv\_heads}}x": "d_kv_heads x",
    r"^2": "²",
    r"\text{a_b}": "a_b",
    r"\texttt{<think>}\; z": "<think> z",
    r"\mathrm{KL}(\mathbf{r})": "KL(r)",
    r"\mathbb{R}^{N \times N}": "ℝ^(N×N)",
    r"\mathcal{L} = -\mathbb{E}[x]": "ℒ = -E[x]",
    r"\min\!\bigl(a,\, b\bigr)": "min(a, b)",
    r"\left(\frac{a}{b}\right)c": "(a/b)c",
    r"\left.x\right|": "x|",
    r"\beta\log p": "β log p",
    r"\log\sigma(x)": "log σ(x)",
    r"\max_{\theta} f": "max_θ f",
    r"\binom{n-c}{k}": "C(n-c, k)",
    r"\hat{x} + \bar{y}": "x̂ + ȳ",
    r"\hat{xy}": "hat(xy)",
    r"\Delta W": "ΔW",
    r"\alpha \in A": "α ∈ A",
    r"\{a\_b\}": "{a_b}",
    r"\|\|WX\|\|^2": "‖WX‖²",
    r"x_t \mid x_{<t}": "xₜ | x_<t",
    r"\frac {a} {b}": "a/b",
    r"\frac{\lambda}{\mu(\mu-\lambda)}": "λ/(μ(μ-λ))",
    r"\frac{1}{N_k(a+b)}": "1/(Nₖ(a+b))",
    r"\frac{a}{p(x|y)}": "a/p(x|y)",
    r"\frac{a}{\log(x+1)}": "a/log(x+1)",
}


@pytest.mark.parametrize("latex", READABLE)
def test_a_formula_becomes_unicode_text(latex: str) -> None:
    assert plain_formula(latex) == READABLE[latex]


@pytest.mark.parametrize(
    "latex",
    [
        r"\unheardof{x}",
        "{a",
        "a}",
        "x^",
        r"\frac{a}",
        r"\text a",
        r"\text{a",
        r"\text{a{b}}",
        "{" * 5000 + "}" * 5000,
        r"\hat" * 5000 + "x",
    ],
)
def test_what_cannot_be_read_stays_as_it_is(latex: str) -> None:
    assert plain_formula(latex) == latex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"4$\times$ faster", "4× faster"),
        (r"3$\times$4096$\times$11008", "3×4096×11008"),
        ("409$6^2$ = 67M", "4096² = 67M"),
        ("it costs $5", "it costs $5"),
        ("from $5 to $10", "from $5 to $10"),
        ("$5-$10, or $x^2$", "$5-$10, or x²"),
        ("from $A$1 to $B$2, in $HOME/bin:$PATH", "from $A$1 to $B$2, in $HOME/bin:$PATH"),
        (r"\texttt{max\_k} in \texttt{\textbackslash boxed\{\}}", r"max_k in \boxed{}"),
        ("reads $O($N^2$)$ to $O(N)$", "reads O(N²) to O(N)"),
        (r"$O(n$\times$W)$ vs $O($n^2$)$", "O(n×W) vs O(n²)"),
        (r"$O(seq_le$n^2 \times$ d_model)$", "O(seq_len² × d_model)"),
        ("$P(x)$ costs (at most) $4d$ and (some) $y$", "P(x) costs (at most) 4d and (some) y"),
        (r"$x \in (0,1]$ and $y \in [0,1)$", "x ∈ (0,1] and y ∈ [0,1)"),
    ],
)
def test_formulas_are_replaced_inside_a_text(text: str, expected: str) -> None:
    assert readable(text) == expected


def texts(value: object) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for child in value.values() if isinstance(value, dict) else value:
            yield from texts(child)


def test_no_formula_of_the_glossary_keeps_its_latex() -> None:
    glossary = Path(entrywise.data.__path__[0], "glossary", "entries.json")
    with_formulas = [t for t in texts(json.loads(glossary.read_text("utf-8"))) if "$" in t]
    assert len(with_formulas) > 100
    for text in with_formulas:
        shown = readable(text)
        drawn = re.findall(r"\\[{}]", text) + re.findall(r"[{}]", outside(text))
        assert "$" not in shown
        assert "\\" not in shown.replace(r"\boxed{}", "")
        assert len(re.findall(r"[{}]", shown)) == len(drawn)


def outside(text: str) -> str:
    """A text without its formulas."""
    return re.sub(r"\$[^$]*\$|\\texttt\{(?:\\.|[^{}])*\}", "", text)


@given(st.text(alphabet="\\{}_^$ab1() /frcsqtx.|,", max_size=80) | st.text(max_size=40))
def test_any_text_is_shown_without_an_error(text: str) -> None:
    assert isinstance(plain_formula(text), str)
    assert "$" in text or "\\text" in text or readable(text) == text
