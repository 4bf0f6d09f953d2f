r"""Environments of LaTeX on one line: rows, and the cells in them.

\begin{aligned} L &= a \\ &= b \end{aligned}      L = a = b
\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}   ─▶ (1, 0; 0, 1)
\begin{cases} x & x > 0 \\ 0 & \text{else} …      {x, x > 0; 0, else}
"""

from __future__ import annotations

from typing import NamedTuple

ROW, CELL = "\x1e", "\x1f"
"""What stands in a text for the end of a row, and of a cell."""
_RELATIONS = frozenset("=<>≤≥≈≡∼∝→⇒+-·×")


class _Form(NamedTuple):
    opening: str
    between: str
    closing: str
    has_columns: bool = False
    """Whether an argument says how its columns stand."""


_ALIGNED = _Form("", " ", "")
_FORMS = {
    "matrix": _Form("", ", ", ""),
    "smallmatrix": _Form("", ", ", ""),
    "array": _Form("", ", ", "", has_columns=True),
    "pmatrix": _Form("(", ", ", ")"),
    "bmatrix": _Form("[", ", ", "]"),
    "Bmatrix": _Form("{", ", ", "}"),
    "vmatrix": _Form("|", ", ", "|"),
    "Vmatrix": _Form("‖", ", ", "‖"),
    "cases": _Form("{", ", ", "}"),
    "rcases": _Form("{", ", ", "}"),
    "dcases": _Form("{", ", ", "}"),
} | dict.fromkeys(
    "align aligned alignedat alignat eqnarray equation flalign gather gathered multline multlined "
    "split subequations".split(),
    _ALIGNED,
)


def has_columns(name: str) -> bool | None:
    """Whether an argument behind the name of an environment says how its columns stand; None where
    the environment is not known."""
    form = _FORMS.get(name.rstrip("*"))
    counted = name.rstrip("*") in ("alignat", "alignedat")
    return form and (form.has_columns or counted)


def on_one_line(name: str, inside: str) -> str:
    """What stands in an environment, with its `ROW`s and `CELL`s, on one line.

    >>> on_one_line("pmatrix", f"1{CELL}0{ROW}0{CELL}1")
    '(1, 0; 0, 1)'
    """
    form = _FORMS[name.rstrip("*")]
    rows = (
        form.between.join(filter(None, (cell.strip() for cell in row.split(CELL))))
        for row in inside.split(ROW)
    )
    text = ""
    for row in filter(None, rows):
        goes_on = form is _ALIGNED and row[0] in _RELATIONS
        text += (" " if goes_on else "; ") * bool(text) + row
    return f"{form.opening}{text}{form.closing}"
