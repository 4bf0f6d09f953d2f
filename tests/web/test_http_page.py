"""docs/http.md: its commands and its program run as they stand, but for the address."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from paths import ROOT

PAGE = (ROOT / "docs" / "http.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```\n(curl .*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


def test_there_are_commands() -> None:
    assert len(COMMANDS) == 6


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(url: str, command: str) -> None:
    if not shutil.which("curl"):
        if os.environ.get("CI"):
            pytest.fail("there is no curl, which the commands of the page need")
        pytest.skip("there is no curl")
    words = shlex.split(command.replace("http://127.0.0.1:8000", url))
    ran = subprocess.run([*words, "--fail", "--silent"], capture_output=True, text=True)
    assert ran.returncode == 0
    if "event-stream" in command:
        assert ran.stdout.startswith("event: part\n")
    else:
        assert json.loads(ran.stdout)


def test_the_program_runs(url: str) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    program = program.replace("http://127.0.0.1:8000", url)
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ
    )
    assert ran.returncode == 0, ran.stderr
    assert f"[2] MLA {url}/entry/mla?section=" in ran.stdout


def test_every_setting_of_the_server_is_told() -> None:
    for name in ("api_keys", "rate_limit", "cors_origins", "public_url"):
        assert f"`{name} = " in PAGE
