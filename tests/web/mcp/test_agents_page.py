"""docs/agents.md: its configurations start the server, and its program runs as it stands."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from indexes import home_of
from mcp import Client, StdioServerParameters
from paths import ROOT

from entrywise.index.index import Index

# What the page tells to start is started.
pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "agents.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def configured() -> list[dict[str, Any]]:
    """What the hosts are told to start."""
    read = [json.loads(block) for block in blocks("json")]
    read += [tomllib.loads(block) for block in blocks("toml")]
    return [one for settings in read for servers in settings.values() for one in servers.values()]


@pytest.fixture
def environment(small_root: Path) -> dict[str, str]:
    """One in which `entrywise` is found, and answers from the six entries."""
    folder = Path(sys.executable).parent
    if not shutil.which("entrywise", path=str(folder)):
        pytest.skip("entrywise is not installed beside this Python")
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "ENTRYWISE_INDEX": str(small_root), "ENTRYWISE_THRESHOLD": "0.02"}
    return os.environ | own


def test_what_hosts_are_told_to_start_answers(environment: dict[str, str]) -> None:
    assert len(configured()) == 3
    (command,) = {(one["command"], *one["args"]) for one in configured()}

    async def tools() -> list[str]:
        found = shutil.which(command[0], path=environment["PATH"])
        assert found
        target = StdioServerParameters(command=found, args=[*command[1:]], env=environment)
        async with Client(target) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    for name in asyncio.run(tools()):
        assert f"`{name}`" in PAGE


def test_the_program_of_the_page_runs(
    environment: dict[str, str], glossary_index: Index, tmp_path: Path
) -> None:
    """On the shipped glossary, as the SDK passes few variables on: HOME is one of them."""
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "entrywise").symlink_to(home_of(glossary_index).parent)
    (program,) = blocks("python")
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    status, *sources = ran.stdout.splitlines()
    assert status == "answered"
    assert sources[0].split()[:2] == ["1", "gqa"]
