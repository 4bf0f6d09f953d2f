"""docs/architecture.md: its program prints what it shows, and its places are there."""

from __future__ import annotations

import re

import pytest
from paths import ROOT

from entrywise.index.index import Index

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_the_journey_is_the_one_that_is_shown(
    glossary_index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    shown = PAGE.partition(program)[2].split("```")[2].strip().splitlines()
    exec(program, {"__name__": "example"})
    printed = capsys.readouterr().out.splitlines()

    assert [line[:10] for line in printed] == [line[:10] for line in shown]
    # Vectors decide the others, and are rounded otherwise on other machines.
    sure = ("complete", "vector", "question", "verdict")
    assert [line for line in printed if line.startswith(sure)] == [
        line for line in shown if line.startswith(sure)
    ]


def test_every_place_that_is_named_is_there() -> None:
    table = PAGE.partition("## Where to find the code")[2]
    places = re.findall(r"`((?:data|index|rag|web)/[\w/.]*)`", table)
    assert len(places) > 15
    assert [place for place in places if not (ROOT / place).exists()] == []
