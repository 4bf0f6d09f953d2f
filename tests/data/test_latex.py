from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.latex import faults, math_spans


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"so $\frac{a}{b}$ and $x$.", [r"$\frac{a}{b}$", "$x$"]),
        (r"8$\times$128 is 409$6^2$", [r"$\times$", "$6^2$"]),
        ("see\n$$a\n\n= b$$ there", ["$$a\n\n= b$$"]),
        (r"$a \$ b$", [r"$a \$ b$"]),
        ("costs $5 and $10, or $5-$10", []),
        (r"\$x\$", []),
        ("`echo $A/$B` and ``$x`y$``", []),
        ("cells $A$1:$B$2, =$A1+B$2, ($C$3) and $D:$D", []),
        ("the path $HOME/bin:$PATH or ${HOME}/bin:${PATH}/x", []),
        ("the $n$th of $d_k$-s, $a^2$b", ["$n$", "$d_k$", "$a^2$"]),
        ("a lone ` before $x$", ["$x$"]),
        ("one $a\nb$", ["$a\nb$"]),
        ("not $a\n\nb$", []),
        ("not $ a$ nor $a $", []),
    ],
)
def test_formulas_are_found_by_their_dollar_signs(text: str, formulas: list[str]) -> None:
    assert [text[start:end] for start, end in math_spans(text)] == formulas


@pytest.mark.parametrize(
    "text",
    [r"$\{x\}$ and $\left(\frac{a}{b}\right]$", "costs $5", "$\\leftarrow \\rightarrow$", "{"],
)
def test_whole_formulas_have_no_fault(text: str) -> None:
    assert faults(text) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("an $x", "a $ without its partner at character 3, in 'an $x'"),
        (r"$\frac{a}{b$", r"unbalanced braces in '$\\frac{a}{b$'"),
        ("$a}{b$", "unbalanced braces in '$a}{b$'"),
        (r"$\left(x)$", r"\left and \right that do not pair in '$\\left(x)$'"),
        (r"$x\right)\left($", r"\left and \right that do not pair in '$x\\right)\\left($'"),
    ],
)
def test_a_broken_formula_is_shown(text: str, fault: str) -> None:
    assert faults(text) == (fault,)


def test_a_formula_cut_in_the_middle_is_found_although_its_dollar_signs_are_even() -> None:
    assert len(faults(r"$O(seq_le$n^2 \times$ d_model)$ per layer")) == 2


@given(st.text(alphabet="$ \\`{}a1\n", max_size=30))
def test_spans_are_in_order_and_begin_and_end_with_a_dollar_sign(text: str) -> None:
    end_of_last = 0
    for start, end in math_spans(text):
        assert start >= end_of_last
        assert text[start] == text[end - 1] == "$"
        assert end - start > 2
        end_of_last = end
