r"""Formulas of Word documents, written as LaTeX in brackets, which a reader of HTML takes for one.

<m:sSup><m:e>…x…</m:e><m:sup>…2…</m:sup></m:sSup>          ─▶  \({x}^{2}\)
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize
from xml.etree import ElementTree as ET

from entrywise.data.documents.conversion.mathematics import escaped
from entrywise.data.documents.conversion.word_document.nodes import local_name
from entrywise.data.documents.parsing.formulas import is_formula
from entrywise.data.documents.plain_text import one_blank

_FORMULAS = frozenset(("oMath", "oMathPara"))
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEMPLATES = {
    "f": ("num", "den", "", "\\frac{{{0}}}{{{1}}}"),
    "sSup": ("e", "sup", "", "{{{0}}}^{{{1}}}"),
    "sSub": ("e", "sub", "", "{{{0}}}_{{{1}}}"),
    "sSubSup": ("e", "sub", "sup", "{{{0}}}_{{{1}}}^{{{2}}}"),
    "limLow": ("e", "lim", "", "{{{0}}}_{{{1}}}"),
    "limUpp": ("e", "lim", "", "{{{0}}}^{{{1}}}"),
}
"""Elements of Word's formulas: their parts, and what becomes of these."""
_DEEPEST = 60


def write_formulas(document: ET.Element) -> bool:
    """Write the formulas of a Word document as LaTeX in brackets, in runs of text: what reads the
    rest knows none. Whether there are some."""
    is_there = False
    left = [document]
    while left:
        node = left.pop()
        if not _FORMULAS.isdisjoint(map(local_name, node)):
            node[:] = [run for child in node for run in _runs(child)]
            is_there = True
        left += node
    return is_there


def _runs(node: ET.Element) -> Iterator[ET.Element]:
    """What stands in the place of a formula or of several; itself of what is none."""
    for one in node if local_name(node) == "oMathPara" else (node,):
        yield _run(one) if local_name(one) == "oMath" else one


def _run(formula: ET.Element) -> ET.Element:
    for node in formula.iter():
        node.tag = local_name(node)
        node.attrib = {name.rpartition("}")[2]: said for name, said in node.attrib.items()}
    latex = one_blank(_latex(formula, 0))
    run = ET.Element(f"{_NAMESPACE}r")
    text = ET.SubElement(run, f"{_NAMESPACE}t")
    text.text = f"\\({latex}\\)" if is_formula(latex) else latex
    return run


def _latex(node: ET.Element, depth: int) -> str:
    if depth > _DEEPEST or node.tag.endswith("Pr"):
        return ""
    if node.tag == "t":
        # Word has letters of mathematics, which read as others do.
        return escaped(normalize("NFKC", node.text or ""))
    within = [(child.tag, _latex(child, depth + 1)) for child in node]
    parts: dict[str, list[str]] = {}
    for name, text in within:
        parts.setdefault(name, []).append(text)
    one = {name: "".join(texts) for name, texts in parts.items()}
    if node.tag in _TEMPLATES:
        *names, template = _TEMPLATES[node.tag]
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
