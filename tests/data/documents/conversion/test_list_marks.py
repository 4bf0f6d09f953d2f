from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html
from entrywise.data.documents.conversion.list_marks import ordinal, with_lists


def markdown(html: str) -> str:
    return from_html(f"<body>{html}</body>").markdown


@pytest.mark.parametrize("sign", ["•", "\uf0b7", "–", "-", "*", "■"])
def test_paragraphs_behind_bullets_are_a_list(sign: str) -> None:
    html = f"<p>You need:</p><p>{sign} gloves</p><p>{sign}\xa0\xa0 goggles</p><p>Then go.</p>"
    assert markdown(html) == "You need:\n\n- gloves\n- goggles\n\nThen go."


@pytest.mark.parametrize("marks", [("1.", "2."), ("1)", "2)"), ("(1)", "(2)")])
def test_numbered_paragraphs_are_a_list_where_it_is_announced(marks: tuple[str, str]) -> None:
    html = "".join(
        f"<p>{mark} {text}</p>" for mark, text in zip(marks, ("Stop", "Wait"), strict=True)
    )
    assert markdown(f"<p>Do this:</p>{html}") == "Do this:\n\n1. Stop\n2. Wait"
    assert markdown(f"<p><b>Duties</b></p>{html}") == "**Duties**\n\n1. Stop\n2. Wait"
    # Clauses of a contract, and steps that stand by themselves, stay paragraphs.
    assert "1. Stop\n2." not in markdown(f"<p>It is so.</p>{html}")


def test_letters_stay_and_stand_below_numbers() -> None:
    lines = ("Do this:", "1. Stop", "a) the engine", "b) the fan", "2. Wait", "Done.")
    assert markdown("".join(f"<p>{line}</p>" for line in lines)) == (
        "Do this:\n\n1. Stop\n   - a) the engine\n   - b) the fan\n2. Wait\n\nDone."
    )


def test_lines_of_one_paragraph_are_items_too() -> None:
    assert markdown("<p>Choose:<br>• red<br>• blue</p>") == "Choose:\n\n- red\n- blue"


@pytest.mark.parametrize(
    "lines",
    [
        ("• alone", "text"),
        ("Do this:", "2. Wait", "3. Go"),
        ("Do this:", "1. Stop", "3. Go"),
        ("Cold:", "- 3 degrees", "at night"),
        ("Of A:", "a. one"),
    ],
)
def test_what_no_other_follows_is_no_list(lines: tuple[str, ...]) -> None:
    told = markdown("".join(f"<p>{line}</p>" for line in lines))
    assert told.count("\n\n") == len(lines) - 1


def test_lists_stay_as_they_are() -> None:
    blocks = ["Do this:", "1\\. Stop", "2\\. Wait", "- c. a list\n- d. of its own"]
    assert with_lists(blocks)[1:] == ["1. Stop\n2. Wait", blocks[-1]]


def test_lists_of_html_have_their_letters() -> None:
    html = '<ol type="a" start="3"><li>one</li><li>two<p>more</p></li></ol>'
    assert markdown(html) == "- c. one\n\n- d. two\n\n  more"


def test_a_list_in_an_item_of_nothing_else_is_that_list() -> None:
    assert markdown("<ul><li><ol start='2'><li>b</li></ol></li></ul>") == "2. b"


def test_boxes_of_tasks_stay_and_those_of_forms_do_not() -> None:
    box = '<li><input type="checkbox" disabled{}> {}</li>'
    html = f"<ul>{box.format(' checked', 'Done')}{box.format('', 'Open')}</ul>"
    assert markdown(html) == "- [x] Done\n- [ ] Open"
    assert markdown('<p><input type="checkbox" checked> Agree</p>') == "Agree"


@pytest.mark.parametrize(
    ("place", "kind", "text"), [(27, "A", "AA"), (1994, "i", "mcmxciv"), (0, "a", "0")]
)
def test_ordinals(place: int, kind: str, text: str) -> None:
    assert ordinal(place, kind) == text
