from __future__ import annotations

import pytest

from entrywise.data.documents.markup.mdc import from_mdc
from entrywise.data.documents.remarks import remarks
from entrywise.data.documents.sections import read_page
from entrywise.data.documents.stretches import commonmark

PAGE = """# Boats

::prose-warning
Mind the :icon{name="tide"} tide.
::

Add it:

::code-group
```sh [npm]
npm i oars
```

```sh [yarn]
yarn add oars
```
::

::tabs
  :::tabs-item{label="At sea" icon="i-sea"}
  #default
  Row on.

      left = 1

  ```md
  ::not-read
  ::
  ```
  :::
::

::card
---
title: "Oars"
to: /oars
icon: i-oar
---
Two :badge[new]{color="red"} at 12:30, as `:badge[x]` says.
::

The end.
"""


def shown(page: str) -> str:
    (section,) = read_page(page).sections
    return commonmark(section, 0, len(section.text))


def test_components_are_read_as_containers() -> None:
    lines = [line for line in shown(PAGE).split("\n") if line.strip()]
    assert lines == [
        *("Mind the  tide.", "Add it:"),
        *("```sh [npm]", "npm i oars", "```", "```sh [yarn]", "yarn add oars", "```"),
        *("**At sea**", "Row on.", "    left = 1", "```md", "::not-read", "::", "```"),
        *("**[Oars](/oars)**", "Two new at 12:30, as `:badge[x]` says.", "The end."),
    ]


def test_what_is_quoted_is_as_it_was_written() -> None:
    (section,) = read_page(PAGE).sections
    assert section.text == PAGE.partition("\n\n")[2].strip()
    quoted = [section.text[block.start : block.end] for block in section.blocks]
    assert quoted[0] == 'Mind the :icon{name="tide"} tide.'
    assert quoted[-1] == "The end."


def test_an_admonition_is_one() -> None:
    assert next(one.kind for one in remarks(PAGE)) == "warning"


def test_each_way_of_a_group_is_announced() -> None:
    (section,) = read_page(PAGE).sections
    code = [one for one in section.blocks if one.kind == "code"][:2]
    assert [section.blocks[one.lead].plain for one in code] == ["Add it:", "Add it:"]


@pytest.mark.parametrize(
    "text",
    [
        "::: warning\nMind the tide.\n:::",
        "A term::\n\n    code",
        "::note\nIt is never closed.",
        "One :half[x] and 12:30.",
        "```md\n:: x\n```",
    ],
)
def test_a_text_without_components_stays(text: str) -> None:
    assert from_mdc(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "::a\n::\n::\n",
        "::a\n---\ntitle: x\n",
        "::a\n:::b\n::\n",
        "::a\n---\n::",
        "::a\n::\n::b\n---\n---\n",
    ],
)
def test_what_is_not_closed_keeps_its_lines(text: str) -> None:
    assert from_mdc(text).count("\n") == text.count("\n")
