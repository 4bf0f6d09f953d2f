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


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"cells": [1]}), '{"cells": {}}'])
def test_what_is_no_notebook_is_refused(write: Write, content: str) -> None:
    path = write(content, "a.ipynb")
    with pytest.raises(KnowledgeBaseError, match=f"^{path}"):
        NotebookReader().read(path)
