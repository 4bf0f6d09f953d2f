from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

import entrywise
from deploy.dockerfile import Ignored, Instruction, parse
from deploy.pins import ROOT

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
STAGES = parse(TEXT)
IGNORED = Ignored((ROOT / ".dockerignore").read_text("utf-8"))
SECRET = re.compile(r"key|token|secret|passw|credential", re.IGNORECASE)


def all_of(keyword: str) -> list[Instruction]:
    return [one for stage in STAGES for one in stage.instructions if one.keyword == keyword]


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=Path(sys.executable).parent)
    assert hadolint, "it comes with the extra dev"
    found = subprocess.run(
        [hadolint, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True
    )
    assert (found.stdout, found.returncode) == ("", 0)


def test_every_base_is_a_stage_before_it_or_an_image_of_one_version() -> None:
    names: list[str] = []
    for stage in STAGES:
        assert stage.base in names or re.fullmatch(r"[\w/]+:\d+\.\d+-[\w.-]+", stage.base)
        names.append(stage.name)


def test_it_runs_as_a_numbered_user_who_is_not_root() -> None:
    user = STAGES[-1].last("USER")
    assert user
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user.arguments)


def test_it_serves_by_default_where_its_health_is_looked_for() -> None:
    command, check, port = (STAGES[-1].last(one) for one in ("CMD", "HEALTHCHECK", "EXPOSE"))
    assert command
    assert check
    assert port
    assert command.words[:2] == ["entrywise", "serve"]
    assert command.words[-2:] == ["--port", port.arguments]
    assert f"'127.0.0.1', {port.arguments}" in check.arguments
    assert "'/health/ready'" in check.arguments
    assert STAGES[-1].last("ENTRYPOINT") is None


def test_it_is_labelled_with_the_version_of_the_package() -> None:
    label = STAGES[-1].last("LABEL")
    assert label
    assert f"org.opencontainers.image.version={entrywise.__version__}" in label.words


def test_nothing_is_fetched_by_add_and_nothing_secret_is_set() -> None:
    assert all_of("ADD") == []
    assert [one for one in (*all_of("ENV"), *all_of("ARG")) if SECRET.search(one.arguments)] == []


def test_everything_it_takes_is_there_and_in_the_context() -> None:
    copied = [word for one in all_of("COPY") if not one.source_stage for word in one.words[:-1]]
    bound = [
        mount["source"]
        for one in all_of("RUN")
        for mount in one.mounts
        if mount["type"] == "bind" and "from" not in mount
    ]
    assert {"pyproject.toml", "src", "web"} <= {*copied}
    assert {*bound} == {"deploy"}
    for name in copied:
        assert (ROOT / name).exists()
        assert not IGNORED(PurePosixPath(name))
    assert "/deploy/requirements.txt" in TEXT
    assert (ROOT / "deploy" / "requirements.txt").exists()
    assert not IGNORED(PurePosixPath("deploy", "requirements.txt"))


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".env",
        ".cache/glossary-1/manifest.json",
        "config.toml",
        "tests/test_package.py",
        "web/__pycache__/app.cpython-311.pyc",
        "src/entrywise.egg-info/PKG-INFO",
    ],
)
def test_what_is_private_or_made_here_is_kept_out(path: str) -> None:
    assert IGNORED(PurePosixPath(path))


def test_every_file_of_the_package_is_in_the_context() -> None:
    files = [
        path.relative_to(ROOT)
        for room in ("data", "index", "rag", "web")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(files) > 100
    assert [path for path in files if IGNORED(PurePosixPath(path))] == []


def test_patterns_are_those_of_docker() -> None:
    ignored = Ignored("# all\n*\n!kept\n!some/*.txt\n**/drop\n")
    kept = ["kept", "kept/a/b", "some/a.txt"]
    dropped = ["other", "other/kept", "some/a.md", "some/b/a.txt", "drop", "kept/a/drop/b"]
    assert [path for path in (*kept, *dropped) if not ignored(PurePosixPath(path))] == kept


def test_a_dockerfile_is_read_stage_by_stage() -> None:
    first, second = parse(
        "# a comment\nFROM base:1.0-x AS one\nRUN --mount=type=bind,source=a,target=/a \\\n"
        '    # why\n    ls /a\n\nFROM one\nCOPY --from=one /b /c\nCMD ["d", "e f"]\n'
    )
    assert (first.base, first.name, second.base, second.name) == ("base:1.0-x", "one", "one", "")
    (run,) = first.instructions
    assert run.mounts == [{"type": "bind", "source": "a", "target": "/a"}]
    assert run.arguments.split() == ["ls", "/a"]
    copy, command = second.instructions
    assert (copy.source_stage, copy.words) == ("one", ["/b", "/c"])
    assert second.last("CMD") == command
    assert command.words == ["d", "e f"]
