"""Panes of tabs get the titles of the lists that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from growth import grows_linearly

from entrywise.data.documents.markup.tab_lists import with_tabs
from entrywise.data.source import read_knowledge_base

LIST = (
    '<ul class="nav nav-tabs" role="tablist">\n'
    '  <li><a class="nav-link" href="#" data-target="#oars">By <b>"oar"</b></a></li>\n'
    '  <li><button data-bs-target="#sails">Under\n    sail</button></li>\n'
    '  <li><a href="#gone">Gone</a></li>\n'
    "</ul>\n"
)
PANES = (
    '<div class="tab-content">\n'
    '<div class="tab-pane active"\n id="oars">\n\nRow.\n\n</div>\n'
    '<div class="tab-pane" id="sails">\n{% capture a %}\n\n### Hoist\n\nPull.\n</div>\n'
    "</div>\n"
)


def test_panes_are_called_as_the_list_does_unless_they_have_a_heading() -> None:
    said = with_tabs(f"a\n{LIST}{PANES}b")
    assert said.count("\n") == f"{LIST}{PANES}".count("\n") + 1
    assert [*filter(None, said.split("\n"))] == [
        *("a", "<Tabs>", '<Tab title="By oar">', "Row.", "</Tab>"),
        *("<Tab>", "{% capture a %}", "### Hoist", "Pull.", "</Tab>", "</Tabs>", "b"),
    ]


def test_a_group_that_is_called_tabs_is_no_list() -> None:
    said = with_tabs(f'<div class="tabs">\n{LIST}{PANES}</div>\n')
    assert said.startswith('<div class="tabs">\n\n')
    assert '<Tab title="By oar">' in said


def test_titles_stand_above_what_is_in_a_pane(write: Callable[..., Path], tmp_path: Path) -> None:
    write(f"# Boats\n\nGo:\n\n{LIST}\n{PANES}", "a.md")
    (entry,) = read_knowledge_base(tmp_path).entries
    said = [[one.text[b.start : b.end] for b in one.blocks] for one in entry.sections]
    assert said == [["Go:", '<Tab title="By oar">', "Row."], ["Pull."]]


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n{LIST}{PANES}```\n",
        f"{LIST}```html\n{PANES}```\n",
        f"{PANES}{LIST}",
        LIST.replace("nav-tabs", "menu").replace("tablist", "menu") + PANES,
        LIST.replace("#", "/tab-pane#") + PANES,
        "    " + LIST.replace("\n", "\n    ") + "\n" + PANES,
    ],
)
def test_what_leads_to_no_pane_stays_and_what_is_code(text: str) -> None:
    assert with_tabs(text) == text


@pytest.mark.parametrize(
    "unit",
    [
        '<ul class="tabs"><div class="tab-pane"></ul>',
        LIST,
        PANES,
        '<div class="tab-pane tabs" id="a">',
        '<a href="#a">',
        f"{LIST}{PANES}",
    ],
)
def test_time_grows_linearly(unit: str) -> None:
    assert grows_linearly(lambda count: with_tabs(f"tab-pane {unit * count}"), 300)
