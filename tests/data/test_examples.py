"""The examples in the docstrings of what reads: each gives what it says."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest
from paths import ROOT

MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted((ROOT / "data").rglob("*.py"))
    if ">>>" in path.read_text("utf-8")
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_give_what_they_say(module: str) -> None:
    done = doctest.testmod(import_module(f"entrywise.{module}"))
    assert (done.failed, done.attempted > 0) == (0, True)
