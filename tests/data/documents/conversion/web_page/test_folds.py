from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html

QUESTION = "Where do I moor?"
ANSWER = "<p>At the east pier.</p>"
OPENER = f"<button aria-expanded=false aria-controls=a>{QUESTION}</button>"


def markdown(html: str) -> str:
    return from_html(f"<main>{html}</main>").markdown


@pytest.mark.parametrize(
    "html",
    [
        f"<h3>{OPENER}</h3><div id=a>{ANSWER}</div>",
        f"<h3>{OPENER}</h3><div id=a hidden>{ANSWER}</div>",
        f"<h3>{OPENER}</h3><div id=a aria-hidden=true>{ANSWER}</div>",
        f"<h3>{OPENER}<a href=#q>\u00b6</a></h3><div><div id=a hidden>{ANSWER}</div></div>",
        f"<div><h3><span>{OPENER}</span><i></i></h3></div><div style='display:none'>{ANSWER}</div>",
        f"<h3><button data-bs-target=#a>{QUESTION}</button></h3><div id=a hidden>{ANSWER}</div>",
        f"<h3><button>{QUESTION}</button></h3>{ANSWER}",
        f"<h3>{QUESTION}</h3><div hidden>{ANSWER}</div>",
        f"<div><h3>{QUESTION}</h3></div><script>x</script><div style=display:none>{ANSWER}</div>",
    ],
)
def test_an_answer_that_is_folded_up_below_its_question_is_read(html: str) -> None:
    expected = f"### {QUESTION}\n\nAt the east pier."
    assert markdown(html) == expected
    assert markdown(f"{html}<h3>Fees</h3>Two.") == f"{expected}\n\n### Fees\n\nTwo."


@pytest.mark.parametrize("panel", [f"<div id=a hidden>{ANSWER}</div>", ANSWER])
def test_a_button_right_above_its_panel_is_a_title(panel: str) -> None:
    assert markdown(f"<div>{OPENER}{panel}</div>") == f"**{QUESTION}**\n\nAt the east pier."
    terms = f"<dl><dt>{OPENER}</dt><dd hidden>{ANSWER}</dd></dl>"
    assert markdown(terms) == f"**{QUESTION}**\n\nAt the east pier."


@pytest.mark.parametrize(
    "html",
    [
        "<button aria-expanded=false aria-controls=m>Menu</button>"
        "<ul id=m hidden><li><a href=a>Boats</a><li><a href=b>Oars</a></ul>",
        "<button aria-expanded=false aria-haspopup=true>Sort</button><div hidden>By name.</div>",
        "<button aria-expanded=false>Show</button> more",
        "<div id=d hidden>Book now.</div><p><button aria-controls=d>Book</button></p><p>x",
        "<h2>Piers<button>Copy link</button></h2>",
        "<h2>Piers</h2><div hidden>Thank you.</div><p>Two.",
        "<p>Piers</p><div hidden>Thank you.</div>",
        "<div><span hidden>Sent.</span></div><div><p hidden>Sent.<p hidden>Failed.</div>",
    ],
)
def test_what_is_no_answer_stays_hidden(html: str) -> None:
    said = markdown(f"<p>Row.</p>{html}")
    assert not any(
        word in said for word in "Menu Boats Sort name Show Book Copy Thank Sent".split()
    )


def test_alternatives_that_a_script_chooses_from_are_all_told() -> None:
    alternatives = (
        "<span hidden class=mac>Command</span> <span hidden>Ctrl </span><span hidden></span>"
    )
    assert markdown(f"<p>Press <i><b>{alternatives}</b></i>+S.") == "Press ***Command/Ctrl***+S."
    blocks = "<span hidden><p>Pull the rope.</p></span><span hidden><p>Turn the crank.</p></span>"
    assert markdown(f"<div>{blocks}</div>") == "Pull the rope.\n\nTurn the crank."
    assert markdown(f"<p>Press {alternatives}+S.") == "Press +S."
