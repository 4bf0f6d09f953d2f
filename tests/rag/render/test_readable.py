from __future__ import annotations

from entrywise.rag.answer import Cell, Part, Row
from entrywise.rag.render.readable import readable_part


def test_every_text_of_a_part_becomes_readable() -> None:
    part = Part(
        "table",
        r"$\alpha$",
        (1,),
        r"$\beta$",
        columns=(r"$\gamma$",),
        rows=(Row(r"$\delta$", (Cell(r"4$\times$", (1,)), None)),),
    )
    plain = readable_part(part)
    assert (plain.text, plain.heading, plain.columns) == ("α", "β", ("γ",))
    assert plain.rows == (Row("δ", (Cell("4×", (1,)), None)),)
    assert plain.citations == (1,)


def test_a_part_without_a_heading_keeps_none() -> None:
    assert readable_part(Part("notice", "$5")) == Part("notice", "$5")
