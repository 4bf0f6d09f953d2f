from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.notebook import NotebookReader

Write = Callable[..., Path]


def test_text_is_as_it_is_and_code_is_code(write: Write) -> None:
    notebook = {
        "metadata": {"language_info": {"name": "julia"}},
        "cells": [
            {"cell_type": "markdown", "source": ["# Title\n", "Text."]},
            {"cell_type": "code", "source": "x = 1\nx", "outputs": [{"text": "1"}]},
            {"cell_type": "raw", "source": "raw"},
            {"cell_type": "code", "source": []},
            {"cell_type": "markdown", "source": "## More\n\n- a"},
        ],
    }
    (entry,) = NotebookReader().read(write(notebook, "a.ipynb")).entries
    assert entry.name == "Title"
    assert [(one.name, one.text) for one in entry.sections] == [
        ("introduction", "Text.\n\n```julia\nx = 1\nx\n```"),
        ("more", "- a"),
    ]


def test_the_third_format_has_sheets(write: Write) -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Title"]},
        {"cell_type": "code", "input": ["x = 1"]},
    ]
    (entry,) = NotebookReader().read(write({"worksheets": [{"cells": cells}]}, "a.ipynb")).entries
    assert (entry.name, entry.sections[0].text) == ("Title", "```python\nx = 1\n```")


def test_no_heading_is_deeper_than_six_levels(write: Write) -> None:
    cells = [
        {"cell_type": "heading", "level": 10**15, "source": "Title"},
        {"cell_type": "markdown", "source": "Text."},
    ]
    (entry,) = NotebookReader().read(write({"worksheets": [{"cells": cells}]}, "a.ipynb")).entries
    assert (entry.name, entry.sections[0].text) == ("Title", "Text.")


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_front_matter_stands_in_the_first_cell(kind: str, write: Write) -> None:
    cells = [
        {"cell_type": kind, "source": "---\ntitle: Mooring\nformat: html\n---\n"},
        {"cell_type": "raw", "source": "\\newpage"},
        {"cell_type": "markdown", "source": "Tie the bow first."},
    ]
    (entry,) = NotebookReader().read(write({"cells": cells}, "a.ipynb")).entries
    assert (entry.name, [one.text for one in entry.sections]) == ("Mooring", ["Tie the bow first."])


@pytest.mark.parametrize(
    ("opening", "name", "path"),
    [
        ("**Knots**\n\n_A course._", "Knots", ("Setup",)),
        ("**Knots** are easy.", "Setup", ()),
        ("**Knots**\n\n## Aims", "Setup", ("Setup",)),
    ],
)
def test_a_line_in_bold_above_several_first_headings_is_the_title(
    opening: str, name: str, path: tuple[str, ...], write: Write
) -> None:
    sources = [opening, "# Setup\n\nBuy a rope.", "# Bowline\n\nMake a loop."]
    cells = [{"cell_type": "markdown", "source": one} for one in sources]
    (entry,) = NotebookReader().read(write({"cells": cells}, "a.ipynb")).entries
    setup = next(one for one in entry.sections if "Buy" in one.text)
    assert (entry.name, setup.path) == (name, path)


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"cells": [1]}), '{"cells": {}}'])
def test_what_is_no_notebook_is_refused(write: Write, content: str) -> None:
    path = write(content, "a.ipynb")
    with pytest.raises(KnowledgeBaseError, match=f"^{path}"):
        NotebookReader().read(path)
