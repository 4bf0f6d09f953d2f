from __future__ import annotations

import argparse
import ast
import builtins
import inspect
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import entrywise
from entrywise.__main__ import SERVERS
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.commands import ask
from entrywise.rag.commands import entrywise as toolbox
from entrywise.rag.commands.config import as_table
from entrywise.rag.render.text import render_text
from entrywise.rag.settings import FILE_VARIABLE, PREFIX, load_settings

ROOT = Path(__file__).parent.parent
ROOMS = ("data", "index", "rag", "web")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
HEAVY = {"torch", "sentence_transformers", "transformers", "fastapi", "faiss", "onnxruntime"}
FRAMEWORKS = {"langchain_core", "llama_index", "mcp", "openai", "limits", "prometheus_client"}
NEVER_FOR_ASK = {
    *HEAVY,
    *FRAMEWORKS,
    "uvicorn",
    "jinja2",
    "onnx",
    "pandas",
    "rich",
    "sentencex",
    "tqdm",
} - {
    "faiss",
    "onnxruntime",
}
# What answers a question in a terminal, before an index is opened.
ON_THE_WAY = [
    path
    for path in MODULES
    if path.relative_to(ROOT).parts[0] in ("data", "index", "rag")
    and not {"evaluation", "integrations"} & {*path.parts}
    and path.name != "build.py"
]


def test_the_public_names_are_this_list() -> None:
    assert entrywise.__all__ == [
        "Answer",
        "ArgumentError",
        "ArgumentTypeError",
        "Assistant",
        "AssistantClosed",
        "BackendError",
        "CallError",
        "Category",
        "Citation",
        "ClusterError",
        "DomainMissing",
        "EncoderMissing",
        "Entry",
        "EntryUnknown",
        "EntrywiseError",
        "Hit",
        "Identity",
        "IndexDamaged",
        "IndexMissing",
        "IndexUnusable",
        "KnowledgeBase",
        "KnowledgeBaseError",
        "Manifest",
        "Observer",
        "Part",
        "Passage",
        "QuestionError",
        "RerankerMissing",
        "Settings",
        "SettingsError",
        "Step",
        "__version__",
        "build_index",
        "load_settings",
        "read_knowledge_base",
    ]
    for name in entrywise.__all__:
        assert getattr(entrywise, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = entrywise.Nothing


def test_every_exception_that_a_public_docstring_names_is_public() -> None:
    public = [getattr(entrywise, name) for name in entrywise.__all__]
    members = [getattr(one, name) for one in public for name in dir(one) if name[0] != "_"]
    raised = {
        name
        for one in (*public, *members)
        for named in re.findall(r"^ +([A-Z]\w+(?:, [A-Z]\w+)*): ", raises(one), re.MULTILINE)
        for name in named.split(", ")
    }
    assert {"QuestionError", "IndexDamaged"} <= raised
    assert raised - {*vars(builtins)} <= {*entrywise.__all__}


def raises(value: object) -> str:
    """What a docstring says of exceptions."""
    return (inspect.getdoc(value) or "").partition("Raises:")[2]


def test_every_error_is_public_and_drawn() -> None:
    errors = import_module("entrywise.data.errors")
    kinds = {name for name, one in vars(errors).items() if isinstance(one, type)}
    assert kinds <= {*entrywise.__all__}
    assert kinds <= {*re.findall(r"\w+", str(errors.__doc__))}


def test_the_version_is_the_distributions() -> None:
    assert entrywise.__version__ == project()["version"]


def test_importing_costs_nothing() -> None:
    loaded = modules_after("import entrywise")
    assert not {"numpy", "argparse", "json", *HEAVY, *FRAMEWORKS} & loaded


def test_asking_never_loads_what_it_does_not_need(small_root: Path) -> None:
    loaded = modules_after(
        "from entrywise.rag.commands.ask import main\n"
        f"main(['difference between GQA and MLA', '--index', {str(small_root)!r}])"
    )
    assert {"numpy", "faiss", "onnxruntime"} <= loaded
    assert not NEVER_FOR_ASK & loaded
    formats = {"html", "markdown", "marked_text", "readable"}
    assert not {f"entrywise.rag.render.{name}" for name in formats} & loaded
    # What reads documents, explains or logs is for those who have documents or ask for it.
    others = ("find.sections", "judge.excerpts", "compose.explanation", "log.logger")
    assert not {f"entrywise.rag.{name}" for name in others} & loaded
    assert "rapidfuzz" not in loaded


def modules_after(code: str) -> set[str]:
    """The modules that a fresh process has imported after this code."""
    report = "\nimport sys; print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code + report]
    out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return set(out.stdout.splitlines()[-1].split())


def test_the_package_is_four_links_to_the_rooms() -> None:
    links = {
        path.name: path for path in (ROOT / "src" / "entrywise").iterdir() if path.is_symlink()
    }

    assert set(links) == set(ROOMS)
    for room, link in links.items():
        assert link.readlink() == Path("..", "..", room)
        assert link.resolve() == ROOT / room


@pytest.mark.parametrize("path", ON_THE_WAY, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    at_import = {name.partition(".")[0] for node in tree.body for name in names_of(node)}
    assert not at_import & (HEAVY | NEVER_FOR_ASK)


def names_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield "" if node.level else str(node.module)
        if node.module == "entrywise":
            yield from (f"entrywise.{alias.name}" for alias in node.names)


def documents() -> str:
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
    return "\n".join(path.read_text("utf-8") for path in paths)


def options(command: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Every command and its long options."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield f"{command} {name}", f"{command} {name}"
                yield from options(f"{command} {name}", below)
        elif not isinstance(action, argparse._HelpAction):
            names = [option for option in action.option_strings if option.startswith("--")]
            yield from ((command, name) for name in names)


def test_every_command_and_option_is_documented() -> None:
    text = documents()
    found = [
        *options("ask", ask.build_parser(load_settings())),
        *options("entrywise", toolbox.build_parser(SERVERS)),
    ]
    missing = [
        f"{command}: {name}"
        for command, name in found
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    ]
    assert missing == []


def test_the_settings_on_their_page_are_those_of_the_table() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    # Where it is not the same: `entrywise config --format markdown` prints it.
    assert "\n".join(as_table()) in text
    assert f"`{PREFIX}" in text
    assert FILE_VARIABLE in text


def test_every_extra_in_a_message_exists() -> None:
    extras = project()["optional-dependencies"]
    named = {
        extra
        for path in MODULES
        for extra in re.findall(r"entrywise\[([\w-]+)\]", path.read_text("utf-8"))
    }
    assert named <= extras.keys()
    assert "plot" in named


def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_answer_in_the_readme_is_the_one_that_is_given(glossary_index: Index) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    _, _, _, shown, *_ = text.split("```\n")
    given = render_text(Assistant(glossary_index).ask("difference between GQA and MLA"))
    parts = [part.strip("\n") for part in shown.split("…\n")]
    assert len(parts) > 3
    places = [given.find(part) for part in parts if part]
    assert -1 not in places
    assert places == sorted(places)


def test_every_folder_of_modules_is_installed() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {f"entrywise.{'.'.join(path.parent.relative_to(ROOT).parts)}" for path in MODULES}
    assert {"entrywise", *folders} == set(told["packages"])
