from __future__ import annotations

import pytest
from growth import grows_linearly
from markdown_it import MarkdownIt

from entrywise.data.documents.dialects.commonmark import to_commonmark
from entrywise.data.documents.parsing.formulas import is_formula, with_formulas
from entrywise.data.documents.sections import read_page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\nw = w\n- \\eta g\n+ v\n$$", "$$w = w - \\eta g + v$$"),
        ("Then\n$$ a\n= b $$.\nIt is small.", "Then\n$$a = b$$.\nIt is small."),
        ("$$\na\n$$ (eq1)", "$$a$$ (eq1)"),
        ("$$\na % not b\n- 5\\% c\n$$", "$$a - 5\\% c$$"),
        ("- One:\n\n  $$\n  x\n  $$", "- One:\n\n  $$x$$"),
        ("\\[\nlr = d^{-0.5}\n\\]", "$$lr = d^{-0.5}$$"),
        ("```math\n\\sum_i\n\nx_i\n```\nIt.", "$$\\sum_i x_i$$\nIt."),
        ("~~~{math}\n:label: a\nx\n~~~", "$$x$$"),
        ("```math\nx", "```math\nx"),
        (
            "It is \\(n^2\\), \\[x = 1\\] and `\\(n^2\\)`.",
            "It is $n^2$, $$x = 1$$ and `\\(n^2\\)`.",
        ),
        (
            "As \\(n\\) \\(see it\\), f\\(x\\), \\(2019\\).",
            "As $n$ \\(see it\\), f\\(x\\), \\(2019\\).",
        ),
        ("\\(\\left[x \\\\[2pt] y\\right]\\)", "$\\left[x \\\\[2pt] y\\right]$"),
        ("A \\\\(n\\\\) \\[sic\\] \\[x\\](b.md)", "A \\\\(n\\\\) \\[sic\\] \\[x\\](b.md)"),
        ("$x^2^y$ and H^2^", "$x^2^y$ and H²"),
        ("kill $$\necho $$", "kill $$\necho $$"),
        ("$$\nnever\n\nclosed", "$$\nnever\n\nclosed"),
        ("$$\na\n$$ is how it\nbegins", "$$\na\n$$ is how it\nbegins"),
        ("```\n$$\na\n- b\n$$\n```", "```\n$$\na\n- b\n$$\n```"),
        ("Text.\n\n    $$\n    a\n    $$", "Text.\n\n    $$\n    a\n    $$"),
        ("<!--\n$$\na\n$$\n-->", "\n\n\n\n"),
    ],
)
def test_formulas_of_any_form_stand_between_dollars_on_one_line(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


def test_expressions_are_none_within_formulas_of_mdx() -> None:
    assert to_commonmark("$x_{i}$ of{' '}all", is_mdx=True) == "$x_{i}$ of all"


def said(text: str) -> str:
    (section,) = read_page(text).sections
    return " | ".join(block.plain for block in section.blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A set $\\{1, \\dots\\}$ of $a*b*c$.", "A set $\\{1, \\dots\\}$ of $a*b*c$."),
        ("$$a \\\\ b_1 * c * d$$", "$a \\\\ b_1 * c * d$"),
        ("It costs *$5* to *$10* or \\$3.", "It costs $5 to $10 or $3."),
        ("Set *$HOME* or `$A$`*b*`$C$`.", "Set $HOME or $A$b$C$."),
        ("From $5*, or $7*.", "From $5*, or $7*."),
    ],
)
def test_what_formulas_hold_is_no_markup(text: str, expected: str) -> None:
    assert said(text) == expected


def test_a_formula_is_read_with_what_it_belongs_to() -> None:
    text = "It is\n\n$$\na\n$$\n\nwhere a is small.\n\n\\[x = 1\\]\n\nMore of it.\n\n$y$ is far."
    (section,) = read_page(text).sections
    blocks = [(section.text[block.start : block.end], block.lead) for block in section.blocks]
    assert blocks == [
        ("It is", -1),
        ("$$\na\n$$", 0),
        ("where a is small.", 1),
        ("\\[x = 1\\]", 2),
        ("More of it.", -1),
        ("$y$ is far.", -1),
    ]


def test_a_derivation_is_not_read_as_one() -> None:
    step = "$$\na = b\n$$\n\nhence the term is small, as was to be shown,\n\n"
    (section,) = read_page("It follows.\n\n" + step * 100).sections
    leads = [block.lead for block in section.blocks]

    def words(number: int) -> int:
        own = len(section.blocks[number].plain.split())
        return own + (words(leads[number]) if leads[number] >= 0 else 0)

    assert leads[:3] == [-1, 0, 1]
    assert max(map(words, range(len(leads)))) < 80
    (section,) = read_page("It is:\n\n" + "$$\na\n$$\n\n" * 1_000).sections
    assert len(section.blocks) == 1_001


def test_a_formula_alone_has_no_lead() -> None:
    assert [block.lead for block in read_page("# T\n\n$$x$$\n").sections[0].blocks] == [-1]


@pytest.mark.parametrize("text", [r"\beta", "x^2", "d_k", "1 < n", "n", "x'"])
def test_signs_make_a_formula(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["see below", "snake_case", "default = 3", "2019", "e.g. a", ""])
def test_words_make_none(text: str) -> None:
    assert not is_formula(text)


def test_code_between_escaped_brackets_is_no_formula() -> None:
    usage = r"### `info` \[*`name`*\|*`path`* ...\]"
    assert to_commonmark(usage) == usage


@pytest.mark.parametrize(
    "unit",
    ["$$ a\n", "\\[ a\n", "\\(", "\\[", "$", "$$", "$x^", "```math\n", "$a*", "\\(x^2", "`$`"],
)
def test_time_grows_linearly_with_hostile_formulas(unit: str) -> None:
    parser = with_formulas(MarkdownIt("commonmark"))

    assert grows_linearly(lambda count: parser.parse(to_commonmark(unit * count)), 12_000)
