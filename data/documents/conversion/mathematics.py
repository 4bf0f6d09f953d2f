r"""Converts formulas of other formats to LaTeX between dollar signs.

<math><msup><mi>x</mi><mn>2</mn></msup></math>             ─▶  ${x}^{2}$
<math>… <annotation encoding="application/x-tex">x^2 …     ─▶  $x^2$
<p>The rate \(d^{-0.5}\) falls.</p>                        ─▶  The rate $d^{-0.5}$ falls.
.. math:: a &= b \\ &= c                                   ─▶  $$\begin{split}a &= b …$$
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from entrywise.data.documents.parsing.formulas import BETWEEN, is_formula
from entrywise.data.documents.plain_text import one_blank

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STYLE = re.compile(r"\{\\(?:display|text|script)style\s+(?P<formula>.*)\}")
_BRACKETED = re.compile(
    rf"(?<!\\)(?:\\\((?P<round>{BETWEEN}{{1,1000}}?)\\\)|"
    rf"\\\[(?P<square>{BETWEEN}{{1,4000}}?)\\\])"
)
_ROWS = re.compile(r"\\\\(?![A-Za-z])")
_SCRIPT = re.compile(r"math/(?:tex|asciimath)(?P<display>; *mode=display)?")
_DEEPEST = 60
_TEMPLATES = {
    "msup": "{{{0}}}^{{{1}}}",
    "msub": "{{{0}}}_{{{1}}}",
    "msubsup": "{{{0}}}_{{{1}}}^{{{2}}}",
    "munder": "{{{0}}}_{{{1}}}",
    "mover": "{{{0}}}^{{{1}}}",
    "munderover": "{{{0}}}_{{{1}}}^{{{2}}}",
    "mfrac": "\\frac{{{0}}}{{{1}}}",
    "mroot": "\\sqrt[{1}]{{{0}}}",
}
"""What elements of MathML make of those within them."""
_ESCAPED = re.compile(r"[\\{}$%&#_^]")
_NAMED = 2
"""Letters of an identifier that is a name, and no product."""


def written(latex: str, *, is_display: bool = False) -> str:
    """A formula between dollar signs, on one line; empty where it is none.

    >>> written(r"{\\displaystyle x^2}"), written("x", is_display=True)
    ('$x^2$', '$$x$$')
    """
    latex = one_blank(latex)
    if styled := _STYLE.fullmatch(latex):
        latex = styled["formula"].strip()
    latex = latex.replace("$", "")
    mark = "$$" if is_display else "$"
    return f"{mark}{latex}{mark}" if latex else ""


def display(latex: str) -> str:
    """A formula that stands by itself; several rows are aligned, as Sphinx has them."""
    if _ROWS.search(latex) and r"\begin" not in latex:
        latex = rf"\begin{{split}}{latex}\end{{split}}"
    return written(latex, is_display=True)


def escaped(text: str) -> str:
    """A text within a formula, its signs that LaTeX would read behind backslashes."""
    return _ESCAPED.sub(r"\\\g<0>", text)


def of_text(text: str, other: Callable[[str], str]) -> str:
    """A text with what stands in escaped brackets as formulas, and what is around them changed.

    >>> of_text(r"a * b is \\(a \\cdot b\\)", lambda text: text.replace("*", "x"))
    'a x b is $a \\\\cdot b$'
    """
    pieces, end = [], 0
    for found in _BRACKETED.finditer(text):
        latex = found["round"] or found["square"]
        if is_formula(latex.strip()):
            pieces.append(other(text[end : found.start()]))
            pieces.append(written(latex, is_display=found["square"] is not None))
            end = found.end()
    return "".join([*pieces, other(text[end:])])


def of_script(kind: str, text: str) -> str:
    """What a script of MathJax's shows, by its type; empty where it is none."""
    found = _SCRIPT.fullmatch(kind)
    return written(text, is_display=bool(found["display"])) if found else ""


def of_picture(alt: str) -> str:
    """The formula that stands for a picture of it; empty where none does."""
    return written(alt) if _STYLE.fullmatch(alt.strip()) else ""


def of_mathml(node: LexborNode) -> str:
    """An element of MathML: the LaTeX that it was made from, or else what it shows."""
    annotation = node.css_first('annotation[encoding="application/x-tex"]')
    latex = annotation.text() if annotation else _shown(node, 0)
    return written(latex, is_display=node.attributes.get("display") == "block")


def _shown(node: LexborNode, depth: int) -> str:
    tag = str(node.tag).lower()
    if tag.startswith("annotation") or depth > _DEEPEST:
        return ""
    if tag in ("mi", "mn", "mo", "mtext", "ms"):
        text = escaped(one_blank(node.text()))
        if tag == "mtext":
            return rf"\text{{{text}}}"
        is_name = tag == "mi" and len(text) >= _NAMED and text.isalpha()
        return rf"\mathrm{{{text}}}" if is_name else f" {text} " if tag == "mo" else text
    within = [_shown(child, depth + 1) for child in node.iter()]
    if template := _TEMPLATES.get(tag):
        wanted = 3 if "{2}" in template else 2
        return template.format(*[*within, *[""] * wanted][:wanted])
    if tag == "msqrt":
        return rf"\sqrt{{{''.join(within)}}}"
    return "".join(within) if within else one_blank(node.text())
