"""Quarto and R Markdown, as their sites show them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from quoted import FENCE

from entrywise.data.documents.conversion.quarto import from_quarto
from entrywise.data.documents.conversion.titles import NO_TITLES, Titles


def _shown(text: str, fields: Mapping[str, object] | None = None) -> str:
    return from_quarto(text, fields or {}, NO_TITLES, Path("sea.qmd"))


def _cell(*lines: str, header: str = "r") -> str:
    return "\n".join((f"{FENCE}{{{header}}}", *lines, FENCE))


def test_code_is_shown_without_what_it_is_made_with() -> None:
    said = _shown(_cell("#| label: fig-tide", "#| fig-alt: |", "#|   A wave.", "plot(tide) # high"))
    assert said == f"{FENCE}r\nplot(tide) # high\n{FENCE}"


@pytest.mark.parametrize(
    "cell",
    [
        _cell("#| echo: false", "plot(tide)"),
        _cell("#| include: false", "plot(tide)"),
        _cell("plot(tide)", header="r tide, echo=FALSE, fig.width = 7"),
        _cell("plot(tide)", header="python, include=F"),
        _cell("#| eval: false"),
    ],
)
def test_code_that_is_not_shown_is_left_out(cell: str) -> None:
    assert _shown(f"One.\n\n{cell}\n\nTwo.").split() == ["One.", "Two."]


@pytest.mark.parametrize(
    "cell",
    [
        _cell("#| echo: false", "#| fig-cap: |", "#|   The tide", "#|   rises.", "plot(tide)"),
        _cell("#| echo: false", '#| fig-cap: "The tide rises."', "plot(tide)"),
        _cell("plot(tide)", header='r, echo=FALSE, fig.cap="The tide rises."'),
    ],
)
def test_what_code_draws_keeps_its_caption(cell: str) -> None:
    assert _shown(cell).strip() == "The tide rises."


def test_a_document_may_hide_all_its_code_but_some() -> None:
    text = f"{_cell('one')}\n{_cell('#| echo: true', 'two')}"
    hidden = f"{FENCE}r\ntwo\n{FENCE}"
    assert _shown(text, {"execute": {"echo": "false"}}) == hidden
    setup = _cell("knitr::opts_chunk$set(dpi = 96, echo = FALSE)", header="r, include=FALSE")
    assert _shown(f"{setup}\n{text}") == hidden


def test_code_that_shows_a_cell_stays() -> None:
    text = f"````\n{_cell('#| echo: false', '@sec-a')}\n````"
    assert _shown(text) == text
    never_closed = f"{FENCE}{{r}}\n#| echo: false\none"
    assert _shown(never_closed) == never_closed


def test_titles_of_callouts_and_tabs_are_no_headings() -> None:
    text = (
        '::: {.callout-tip title="A"}\n:::\n\n::: {.callout-note}\n\n## Before\n\nRest.\n:::\n\n# B'
    )
    assert _shown(text) == "::: tip A\n:::\n\n::: note\n\n**Before**\n\nRest.\n:::\n\n# B"
    tabs = "::: {.panel-tabset}\n## Linux\n### One\n## Mac {.x}\n:::\n## After"
    assert _shown(tabs) == "::: {.panel-tabset}\n**Linux**\n### One\n**Mac**\n:::\n## After"


def test_a_reference_is_called_by_the_title_that_it_leads_to(tmp_path: Path) -> None:
    sea, land = tmp_path / "sea.qmd", tmp_path / "land.Rmd"
    sea.write_text("# The tide {#sec-tide}\n")
    land.write_text("# Beaches\n\n## Dunes {#dunes .wide}\n")
    titles = Titles(tmp_path, (sea, land))
    text = "See @sec-tide, \\@ref(dunes), [-@sec-tide], @fig-wave, a@sec-tide and `@sec-tide`."
    assert from_quarto(text, {}, titles, land) == (
        "See [The tide](sea.qmd#sec-tide), [Dunes](#dunes), [The tide](sea.qmd#sec-tide), "
        "@fig-wave, a@sec-tide and `@sec-tide`."
    )


def test_keys_and_captions_are_what_readers_see() -> None:
    assert _shown("Press {{< kbd Ctrl-C >}}, not `{{< kbd x >}}`.") == (
        "Press `Ctrl-C`, not `{{< kbd x >}}`."
    )
    assert _shown("| a |\n|---|\n\n: Tides of May {#tbl-tides}").endswith("\n\nTides of May")
