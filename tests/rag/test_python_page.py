"""docs/python.md: its examples run, one after the other, as they stand."""

from __future__ import annotations

import re

import pytest
from paths import ROOT

from entrywise.index.index import Index

PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")


def test_the_examples_run(glossary_index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 8
    exec("\n".join(blocks), {"__name__": "example"})
    out, err = capsys.readouterr()
    status, first, *passages = out.splitlines()
    assert status.startswith("answered ")
    assert first
    assert len(passages) == 3
    assert "3/3" in err
