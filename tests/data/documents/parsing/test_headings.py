from __future__ import annotations

import pytest

from entrywise.data.documents.sections import read_page

FAQ = """\
# Pool

## Questions

**How deep is it?**

Two metres.

**Who may swim?**

Members, and

- their children
- their guests

**And dogs? **

No.

### Prices

**Is it free?**

Yes.
"""


def sections(markdown: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.path, one.text) for one in read_page(markdown).sections]


def test_questions_in_bold_are_headings_of_their_answers() -> None:
    assert sections(FAQ) == [
        (("Questions", "How deep is it?"), "Two metres."),
        (("Questions", "Who may swim?"), "Members, and\n\n- their children\n- their guests"),
        (("Questions", "And dogs?"), "No."),
        # One alone is none.
        (("Questions", "Prices"), "**Is it free?**\n\nYes."),
    ]


def test_a_question_in_bold_has_no_anchor_and_takes_none_from_a_heading() -> None:
    page = read_page(f"{FAQ}\n## How deep is it?\n\nTwo metres.\n")
    assert [one.anchor for one in page.sections] == ["", "", "", "prices", "how-deep-is-it"]


@pytest.mark.parametrize(
    "markdown",
    [
        # Two, none with an answer, and bold that asks nothing or is not all there is.
        "**A?**\n\nOne.\n\n**B?**\n\nTwo.",
        "**A?**\n\n**B?**\n\n**C?**\n\nThree.",
        "**A**\n\nOne.\n\n**B**\n\nTwo.\n\n**C**\n\nThree.",
        "**A?** One.\n\n**B?** Two.\n\n**C?** Three.\n\nEnd.",
        "A?\n\nOne.\n\nB?\n\nTwo.\n\nC?\n\nThree.",
    ],
)
def test_others_stay_in_their_section(markdown: str) -> None:
    assert len(sections(f"# Pool\n\n{markdown}")) == 1


def test_questions_above_all_headings_are_below_the_title() -> None:
    found = sections("**A?**\n\nOne.\n\n**B?**\n\nTwo.\n\n**C?**\n\nThree.\n\n## D\n\nFour.")
    assert [path for path, _ in found] == [("A?",), ("B?",), ("C?",), ("D",)]
