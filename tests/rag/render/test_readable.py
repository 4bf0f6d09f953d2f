from __future__ import annotations

from quoted import quoted

from entrywise.rag.answer import Cell, Citation, Part, Row
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
    plain = readable_part(part, [Citation(1, "a", "A", "text", 0, 1, "4")])
    assert (plain.text, plain.heading, plain.columns) == ("α", "β", ("γ",))
    assert plain.rows == (Row("δ", (Cell("4×", (1,)), None)),)
    assert plain.citations == (1,)


def test_a_part_without_a_heading_keeps_none() -> None:
    assert readable_part(Part("notice", "$5"), ()) == Part("notice", "$5")


def test_an_excerpt_says_what_its_markdown_does() -> None:
    cited = [quoted("*A* is $n^2$.", 1), quoted("- `b`", 2)]
    part = Part("quote", "*A* is $n^2$.\n\n- `b`", (1, 2))
    assert readable_part(part, cited).text == "A is n².\n\n• b"
