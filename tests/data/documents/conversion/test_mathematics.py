from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.conversion.mathematics import display

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


@pytest.mark.parametrize("unit", ["\\(", "\\[x", "\\\\(", "\\(x^2 ", "<math><mrow>"])
def test_hostile_formulas_take_linear_time(unit: str) -> None:
    assert grows_linearly(lambda count: from_html(unit * count), 40_000 // len(unit))
