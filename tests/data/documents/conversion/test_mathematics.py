from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.conversion.mathematics import display, write_word_formulas

TEX = '<annotation encoding="application/x-tex">x^2</annotation>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (r"The rate \(v_t * 2\), a*b.", r"The rate $v_t * 2$, a\*b."),
        (r"<div>\[x <br> y\]</div>", "\\\\[x\\\ny\\\\]"),
        ("<div class=math>\n\\[\\begin{split}a &amp;= b \\\\\n&amp;= c\\end{split}\\]</div>", None),
        (r"\(see below\) or <code>\(x^2\)</code>", r"\\(see below\\) or `\(x^2\)`"),
        (f"<math><semantics><mi>x</mi>{TEX}</semantics></math>", "$x^2$"),
        (f'A<math display="block"><mi>x</mi>{TEX}</math>', "A$$x^2$$"),
        (
            f"Is <span class=katex><math><mi>x</mi>{TEX}</math>"
            '<span class=katex-html aria-hidden="true">x2</span></span> so?',
            "Is $x^2$ so?",
        ),
        (
            "<math><msqrt><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mi>y</mi></msqrt></math>",
            "$\\sqrt{{x}^{2} + y}$",
        ),
        (
            "<math><mi>sin</mi><mfrac><mi>a</mi><mtext>b_c</mtext></mfrac></math>",
            "$\\mathrm{sin}\\frac{a}{\\text{b\\_c}}$",
        ),
        ("<math><msub><mi>x</mi></msub></math>", "${x}_{}$"),
        ("<math></math>It.", "It."),
        (
            '<span style="display:none"><math><mi>e</mi></math></span>'
            '<img src="a.svg" alt="{\\displaystyle e^{x}}">',
            "$e^{x}$",
        ),
        ('<p>So <script type="math/tex">x^2</script>.</p><script>run()</script>', "So $x^2$."),
        ('<p><script type="math/tex; mode=display">a</script>', "$$a$$"),
        ('<script type="application/json">{"a": 1}</script>It.', "It."),
    ],
)
def test_formulas_of_pages_are_latex(html: str, expected: str | None) -> None:
    split = "$$\\begin{split}a &= b \\\\ &= c\\end{split}$$"
    assert from_html(html).markdown == (split if expected is None else expected)


def test_rows_are_aligned() -> None:
    assert display("a &= b \\\\\n &= c") == "$$\\begin{split}a &= b \\\\ &= c\\end{split}$$"
    assert display("a\n= b") == "$$a = b$$"


@pytest.mark.parametrize(
    "html",
    ["\\(" * 20_000, "\\[x" * 20_000, "\\\\(" * 20_000, "\\(x^2 " * 20_000, "<math><mrow>" * 3_000],
)
def test_hostile_formulas_take_linear_time(html: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        from_html(text)
        return time.process_time() - start

    assert any(seconds(html) < 40 * seconds(html[: len(html) // 8]) for _ in range(3))


def run(text: str) -> str:
    return f'<m:r><w:rPr><w:i/></w:rPr><m:t xml:space="preserve">{text}</m:t></m:r>'


def of_word(formula: str) -> str:
    """What becomes of a formula of Word's."""
    xml = f"<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara>"
    root = ElementTree.fromstring(f'<w:p xmlns:w="w" xmlns:m="m"><w:t>Is</w:t>{xml}</w:p>')
    assert write_word_formulas(root)
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
    assert not write_word_formulas(root)
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
    def seconds(count: int) -> float:
        before, behind = unit.split("{}")
        xml = f'<p xmlns:m="m">{before * count}{behind * count}</p>'
        start = time.process_time()
        write_word_formulas(ElementTree.fromstring(xml))
        return time.process_time() - start

    assert any(seconds(16_000) < 40 * seconds(2_000) for _ in range(3))
