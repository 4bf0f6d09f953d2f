r"""Converts formulas of other formats to LaTeX between dollar signs.

<math><msup><mi>x</mi><mn>2</mn></msup></math>             ─▶  ${x}^{2}$
<math>… <annotation encoding="application/x-tex">x^2 …     ─▶  $x^2$
<p>The rate \(d^{-0.5}\) falls.</p>                        ─▶  The rate $d^{-0.5}$ falls.
.. math:: a &= b \\ &= c                                   ─▶  $$\begin{split}a &= b …$$
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from unicodedata import normalize
from xml.etree import ElementTree as ET

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
_WORD_FORMULAS = frozenset(("oMath", "oMathPara"))
_WORD_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OF_WORD = {
    "f": ("num", "den", "", "\\frac{{{0}}}{{{1}}}"),
    "sSup": ("e", "sup", "", "{{{0}}}^{{{1}}}"),
    "sSub": ("e", "sub", "", "{{{0}}}_{{{1}}}"),
    "sSubSup": ("e", "sub", "sup", "{{{0}}}_{{{1}}}^{{{2}}}"),
    "limLow": ("e", "lim", "", "{{{0}}}_{{{1}}}"),
    "limUpp": ("e", "lim", "", "{{{0}}}^{{{1}}}"),
}
"""Elements of Word's formulas: their parts, and what becomes of these."""
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
        text = _ESCAPED.sub(lambda found: f"\\{found.group()}", one_blank(node.text()))
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


def write_word_formulas(document: ET.Element) -> bool:
    """Write the formulas of a Word document as LaTeX in brackets, in runs of text: what reads the
    rest knows none. Whether there are some."""
    is_there = False
    left = [document]
    while left:
        node = left.pop()
        if not _WORD_FORMULAS.isdisjoint(map(local_name, node)):
            node[:] = [run for child in node for run in _runs(child)]
            is_there = True
        left += node
    return is_there


def local_name(node: ET.Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def _runs(node: ET.Element) -> Iterator[ET.Element]:
    """What stands in the place of a formula or of several; itself of what is none."""
    for one in node if local_name(node) == "oMathPara" else (node,):
        yield _run(one) if local_name(one) == "oMath" else one


def _run(formula: ET.Element) -> ET.Element:
    for node in formula.iter():
        node.tag = local_name(node)
        node.attrib = {name.rpartition("}")[2]: said for name, said in node.attrib.items()}
    latex = one_blank(_of_word(formula, 0))
    run = ET.Element(f"{_WORD_NAMESPACE}r")
    text = ET.SubElement(run, f"{_WORD_NAMESPACE}t")
    text.text = f"\\({latex}\\)" if is_formula(latex) else latex
    return run


def _of_word(node: ET.Element, depth: int) -> str:
    if depth > _DEEPEST or node.tag.endswith("Pr"):
        return ""
    if node.tag == "t":
        # Word has letters of mathematics, which read as others do.
        text = normalize("NFKC", node.text or "")
        return _ESCAPED.sub(lambda found: f"\\{found.group()}", text)
    within = [(child.tag, _of_word(child, depth + 1)) for child in node]
    parts: dict[str, list[str]] = {}
    for name, text in within:
        parts.setdefault(name, []).append(text)
    one = {name: "".join(texts) for name, texts in parts.items()}
    if node.tag in _OF_WORD:
        *names, template = _OF_WORD[node.tag]
        return template.format(*(one.get(name, "") for name in names))
    if node.tag == "rad":
        degree = f"[{one['deg']}]" if one.get("deg") else ""
        return f"\\sqrt{degree}{{{one.get('e', '')}}}"
    if node.tag == "nary":
        limits = "".join(
            f"{mark}{{{one[name]}}}" for mark, name in (("_", "sub"), ("^", "sup")) if one.get(name)
        )
        return f"{_sign(node, 'chr', '∫')}{limits} {one.get('e', '')}"
    if node.tag == "d":
        inside = ", ".join(parts.get("e", ()))
        return f"{_sign(node, 'begChr', '(')}{inside}{_sign(node, 'endChr', ')')}"
    if node.tag == "mr":
        return " & ".join(parts.get("e", ()))
    if node.tag in ("m", "eqArr"):
        kind, rows = ("matrix", "mr") if node.tag == "m" else ("aligned", "e")
        inside = r" \\ ".join(parts.get(rows, ()))
        return rf"\begin{{{kind}}}{inside}\end{{{kind}}}"
    return "".join(text for _, text in within)


def _sign(node: ET.Element, name: str, default: str) -> str:
    """A sign that a formula of Word's is written with."""
    found = node.find(f"{node.tag}Pr/{name}")
    sign = default if found is None else found.get("val", "")
    return f"\\{sign}" if sign in ("{", "}") else sign
