r"""Formulas on a page: `$…$` becomes an element that holds its source, for a browser to typeset.

    4$\times$  ->  4<span class="formula" data-tex="\times">×</span>

What the element shows by itself is the formula as Unicode text, as a terminal shows it.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from entrywise.data.latex import math_spans
from entrywise.rag.formulas import plain_formula, readable

_FORMULA = Markup('<span class="formula" data-tex="{}">{}</span>')


def typeset(text: str) -> Markup:
    """A text, escaped, with its formulas as elements; without markup it is `readable(text)`.

    Where dollars pair in more than one way, as in `$O($N^2$)$`, `readable` knows which is meant:
    such a text is shown as it reads, and nothing in it is typeset.
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for start, after in math_spans(text):
        latex = text[start:after].strip("$")
        pieces += [("", readable(text[end:start])), (latex, plain_formula(latex))]
        end = after
    pieces.append(("", readable(text[end:])))
    whole = readable(text)
    if "".join(shown for _, shown in pieces) != whole:
        return escape(whole)
    return Markup("").join(
        _FORMULA.format(latex, shown) if latex else escape(shown) for latex, shown in pieces
    )
