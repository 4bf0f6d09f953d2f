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
    assert "| `top` | 10 | how many retrieved entries `ask` lists (1 to 1000) |" in rows
    llm = "the LLM that may write answers, by its name on its server; empty: no LLM"
    assert f"| `llm` | | {llm} |" in rows


def test_what_is_shown_can_be_read_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRYWISE_LLM", '\U0001f4a9 é \x7f " \\ \u2028')
    _, out, _ = run("config")
    assert tomllib.loads(out)["llm"] == '\U0001f4a9 é \x7f " \\ \u2028'


def test_credentials_in_addresses_are_veiled(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRYWISE_LLM_BASE_URL", "https://me:geheim@a.b/v1?x=1&api_key=geheim2")
    monkeypatch.setenv("ENTRYWISE_PUBLIC_URL", "https://geheim3@a.b/")
    code, out, _ = run("config")

    assert (code, "geheim" in out) == (0, False)
    shown = tomllib.loads(out)
    assert shown["llm_base_url"] == "https://(set)@a.b/v1?x=1&api_key=(set)"
    assert shown["public_url"] == "https://(set)@a.b/"

    monkeypatch.setenv("ENTRYWISE_PUBLIC_URL", "me:geheim@a.b")
    code, out, err = run("config")
    assert (code, out, "geheim" in err) == (2, "", False)
