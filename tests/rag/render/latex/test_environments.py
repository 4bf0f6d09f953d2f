from __future__ import annotations

import pytest

from entrywise.rag.render.formulas import plain_formula

READABLE = {
    r"\begin{aligned} L &= -\log p \\ &= s \end{aligned}": "L = -log p = s",
    r"\begin{align*} a &= b \\ c &= d \tag{3} \label{x} \end{align*}": "a = b; c = d",
    r"A = \begin{pmatrix} 1 & 0 \\[2pt] 0 & 1 \end{pmatrix}^T": "A = (1, 0; 0, 1)ᵀ",
    r"\begin{cases} x & \text{if } x > 0 \\ 0 \end{cases}": "{x, if x > 0; 0}",
    r"\begin{array}{cc} a & b \\ \hline c & d \end{array}": "a, b; c, d",
    r"\begin{alignedat}{2} a &= b \end{alignedat}": "a = b",
    r"\begin{bmatrix} \begin{vmatrix} a \end{vmatrix} & b \end{bmatrix}": "[|a|, b]",
    r"a \\ b": "a b",
}


@pytest.mark.parametrize("latex", READABLE)
def test_rows_and_cells_stand_on_one_line(latex: str) -> None:
    assert plain_formula(latex) == READABLE[latex]


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{tikzpicture} a \end{tikzpicture}",
        r"\begin{aligned} a",
        r"\begin{aligned} a \end{split}",
        r"\begin{aligned} a \\[2",
        r"\end{aligned}",
        r"\begin{array}",
        r"\begin{pmatrix}" * 60 + r"\end{pmatrix}" * 60,
    ],
)
def test_what_is_not_whole_or_not_known_stays(latex: str) -> None:
    assert plain_formula(latex) == latex


def test_a_name_is_written_out_where_it_takes_a_star() -> None:
    assert plain_formula(r"\operatorname*{argmax}_x \underbrace{QK}_{ab}") == "argmaxₓ QK_ab"
