"""Tests of formulas of Word documents."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.word_document.formulas import write_formulas


def run(text: str) -> str:
    return f'<m:r><w:rPr><w:i/></w:rPr><m:t xml:space="preserve">{text}</m:t></m:r>'


def of_word(formula: str) -> str:
    """What becomes of a formula of Word's."""
    xml = f"<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara>"
    root = ElementTree.fromstring(f'<w:p xmlns:w="w" xmlns:m="m"><w:t>Is</w:t>{xml}</w:p>')
    assert write_formulas(root)
    _, written = root
    return "".join(written.itertext())


X, Y = f"<m:e>{run('x')}</m:e>", f"<m:e>{run('y')}</m:e>"


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        (run("E") + run("=m") + f"<m:sSup><m:e>{run('c')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>",
         "E=m{c}^{2}"),
        (f"<m:f><m:fPr/><m:num>{run('a')}</m:num><m:den>{run('b')}</m:den></m:f>", "\\frac{a}{b}"),
        (f"<m:rad><m:radPr/><m:deg/>{X}</m:rad>", "\\sqrt{x}"),
        (f"<m:rad><m:deg>{run('3')}</m:deg>{X}</m:rad>", "\\sqrt[3]{x}"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{run("i")}</m:sub>'
            f"<m:sup>{run('n')}</m:sup>{X}</m:nary>",
            "∑_{i}^{n} x",
        ),
        (f"<m:d><m:dPr/>{X}{Y}</m:d>{run('+')}", "(x, y)+"),
        (f'<m:d><m:dPr><m:begChr m:val="{{"/><m:endChr m:val=""/></m:dPr>{X}</m:d>', "\\{x"),
        (f"<m:m><m:mr>{X}{Y}</m:mr><m:mr>{Y}{X}</m:mr></m:m>",
         "\\begin{matrix}x & y \\\\ y & x\\end{matrix}"),
        (f"<m:eqArr>{X}{Y}</m:eqArr>", "\\begin{aligned}x \\\\ y\\end{aligned}"),
        (run("a &lt; 𝑏"), "a < b"),
    ],
)  # fmt: skip
def test_formulas_of_word_are_latex(formula: str, latex: str) -> None:
    assert of_word(formula) == f"\\({latex}\\)"


def test_words_in_a_formula_of_word_stay_words() -> None:
    assert of_word(run("see below")) == "see below"


def test_a_document_of_word_without_formulas_stays() -> None:
    root = ElementTree.fromstring("<p><r><t>x</t></r></p>")
    assert not write_formulas(root)
    assert ElementTree.tostring(root) == b"<p><r><t>x</t></r></p>"


def test_a_deep_formula_of_word_is_read_once() -> None:
    def seconds(depth: int) -> float:
        formula = "<m:r>" * depth + "<m:t>x=1</m:t>" + "</m:r>" * depth
        start = time.process_time()
        assert {of_word(formula) for _ in range(50)} == {"\\(x=1\\)"}
        return time.process_time() - start

    # Read twice on each level it would be 1,024 times as long.
    assert any(seconds(15) < 100 * seconds(5) for _ in range(3))


@pytest.mark.parametrize(
    "unit", ["<m:oMath>{}</m:oMath>", "<m:oMathPara>{}</m:oMathPara>", "{}<m:oMath/>"]
)
def test_hostile_documents_of_word_take_linear_time(unit: str) -> None:
    before, behind = unit.split("{}")

    def read(count: int) -> None:
        xml = f'<p xmlns:m="m">{before * count}{behind * count}</p>'
        write_formulas(ElementTree.fromstring(xml))

    assert grows_linearly(read, 16_000)
