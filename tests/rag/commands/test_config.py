from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from commands import Run

from entrywise.rag.settings import SETTINGS


def test_the_settings_are_shown_as_a_settings_file(
    run: Run, small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_TOP", "7")
    monkeypatch.setenv("ENTRYWISE_API_KEYS", "secret")
    code, out, err = run("config")

    assert (code, err) == (0, "")
    shown = tomllib.loads(out)
    assert list(shown) == [setting.name for setting in SETTINGS]
    assert (shown["top"], shown["index"], shown["api_keys"]) == (7, str(small_root), "(set)")
    assert out.startswith("# settings file: /dev/null\n")


def test_what_can_be_set_is_shown_as_a_table_of_defaults(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_TOP", "7")
    code, out, err = run("config", "--format", "markdown")

    assert (code, err) == (0, "")
    heading, rule, *rows = out.splitlines()
    assert (heading, rule) == ("| setting | default | |", "|---|---|---|")
    assert len(rows) == len(SETTINGS)
    assert "| `top` | 10 | how many retrieved entries an answer lists (1 to 1000) |" in rows
    assert (
        "| `llm` | | the LLM that may write answers, as its server names it; empty: none |" in rows
    )
