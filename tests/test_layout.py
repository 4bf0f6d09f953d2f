"""The layout of the house: who may import whom, where the doors are, how large a room is.

Imports within functions count, and so do modules that are named in strings.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from paths import ROOT

ROOMS = ("data", "index", "rag", "web")
# Each stage of an answer may import those before it; so may what stands in one row with it.
STAGES = (
    ("rag.answer", "rag.settings"),
    ("rag.domains",),
    ("rag.understand",),
    ("rag.find",),
    ("rag.judge",),
    ("rag.build",),
    ("rag.compose",),
    ("rag.render",),
    ("rag.parallel",),
    ("rag.llm",),
    ("rag.opening",),
    ("rag.journey", "rag.observer"),
    ("rag.assistant",),
    ("rag.log", "rag.evaluation", "rag.integrations"),
    ("rag.doctor",),
    ("rag.commands",),
)
# The folders of choices: in each a registry alone may import a tenant.
DOORS = (
    "data.readers",
    "index.encoders",
    "index.stores",
    "rag.domains",
    "rag.find.rerankers",
    "rag.llm.backends",
)
# What a tenant makes for another one to open.
MAKERS = {"index.encoders.sentence_transformers": "index.encoders.onnx"}
LONGEST_FILE = 300
LARGEST_FOLDER = 13


@cache
def modules() -> dict[str, Path]:
    """{name without "entrywise.": file} of all modules; a folder has the name of its __init__."""
    found = {}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


@cache
def tree_of(module: str) -> ast.Module:
    """What a module consists of: parsed once for all tests."""
    return ast.parse(modules()[module].read_text("utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """The modules that a module imports, wherever and however it does so."""
    named = _named(tree_of(module))
    return frozenset(name for name in named if name in modules() and name != module)


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("entrywise.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            source = str(node.module).removeprefix("entrywise.")
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)
            if node.module == "entrywise":
                yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.partition(":")[0]
            if text.startswith("entrywise."):
                yield text.removeprefix("entrywise.")


def _stage(module: str) -> int | None:
    for place, stages in enumerate(STAGES):
        if any(module == stage or module.startswith(f"{stage}.") for stage in stages):
            return place
    return None


def test_every_module_of_an_answer_belongs_to_a_stage() -> None:
    homeless = [name for name in modules() if name.startswith("rag.") and _stage(name) is None]
    assert homeless == []


@pytest.mark.parametrize("module", modules())
def test_a_room_imports_only_rooms_before_it(module: str) -> None:
    room = ROOMS.index(module.partition(".")[0])
    assert [other for other in imports(module) if ROOMS.index(other.partition(".")[0]) > room] == []


@pytest.mark.parametrize("module", [name for name in modules() if name.startswith("rag.")])
def test_a_stage_imports_only_stages_before_it(module: str) -> None:
    own = _stage(module)
    assert own is not None
    later = [
        other for other in imports(module) if (place := _stage(other)) is not None and place > own
    ]
    assert later == []


def test_what_stands_in_one_row_does_not_know_each_other() -> None:
    for row in STAGES:
        for module in (name for name in modules() if any(_is_in(name, stage) for stage in row)):
            home = next(stage for stage in row if _is_in(module, stage))
            others = [stage for stage in row if stage != home]
            assert [o for o in imports(module) if any(_is_in(o, s) for s in others)] == [], module


def _is_in(module: str, folder: str) -> bool:
    return module == folder or module.startswith(f"{folder}.")


def test_no_import_comes_back_to_where_it_began() -> None:
    done: set[str] = set()
    way: list[str] = []

    def visit(module: str) -> None:
        assert module not in way, " -> ".join([*way[way.index(module) :], module])
        if module not in done:
            way.append(module)
            for other in sorted(imports(module)):
                visit(other)
            way.pop()
            done.add(module)

    for module in sorted(modules()):
        visit(module)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_has_a_protocol_and_a_registry(door: str) -> None:
    base, registry = (
        ROOT.joinpath(*door.split("."), f"{name}.py") for name in ("base", "registry")
    )
    assert "(Protocol)" in base.read_text("utf-8")
    group = f"entrywise.{door.rpartition('.')[2]}"
    assert f'"{group}"' in registry.read_text("utf-8")


@pytest.mark.parametrize("door", DOORS)
def test_nobody_but_its_registry_imports_a_tenant(door: str) -> None:
    registry = f"{door}.registry"
    tenants = {name for name in imports(registry) if _is_in(name, door)} - {
        door,
        f"{door}.base",
        f"{door}.default",
    }
    assert tenants
    # A tenant may be a folder: its own modules know each other.
    homes = {tenant: ".".join(tenant.split(".")[: len(door.split(".")) + 1]) for tenant in tenants}
    guests = [
        (module, tenant)
        for module in modules()
        for tenant, home in homes.items()
        if module != registry
        and not _is_in(module, home)
        and not any(_is_in(module, maker) and home == made for maker, made in MAKERS.items())
        and tenant in imports(module)
    ]
    assert guests == []


# What a store opens its parts with: nobody else knows what they are kept in.
CONCRETE = ("VectorIndex", "Fts5Words", "FileLines", "CompactVectors")


@pytest.mark.parametrize("name", CONCRETE)
def test_one_module_makes_what_a_store_consists_of(name: str) -> None:
    makers = {
        module
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    }
    assert len(makers) == 1


def test_a_folder_says_what_it_is_for() -> None:
    folders = [path for path in modules().values() if path.name == "__init__.py"]
    silent = [path for path in folders if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [str(path.relative_to(ROOT)) for path in silent] == []


def test_a_folder_names_what_is_in_it() -> None:
    wrong: list[str] = []
    for path in (path for path in modules().values() if path.name == "__init__.py"):
        said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        inner = {one.parent.name for one in path.parent.glob("*/__init__.py")}
        wrong += [f"{path.parent}: {one}/" for one in inner if not re.search(rf"\b{one}\b", said)]
        for name in re.findall(r"[\w./]+\.py\b", said):
            around = (path.parent, path.parent.parent, ROOT)
            if not any((folder / name).is_file() for folder in around):
                wrong.append(f"{path.parent}: {name}")
    assert wrong == []


def test_no_folder_is_crowded_and_no_file_long() -> None:
    files = list(modules().values())
    counts = {folder: len(list(folder.glob("*.py"))) - 1 for folder in {f.parent for f in files}}
    assert {str(f): count for f, count in counts.items() if count > LARGEST_FOLDER} == {}
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    assert {str(path): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_the_tests_mirror_the_rooms() -> None:
    folders = {path.parent.relative_to(ROOT) for path in modules().values()}
    tested = {
        path.parent.relative_to(ROOT / "tests")
        for room in ROOMS
        for path in (ROOT / "tests" / room).rglob("test_*.py")
    }
    assert sorted(map(str, tested - folders)) == []


def test_the_stages_of_an_answer_are_plain_values() -> None:
    values = {"rag.understand.question": "Question", "rag.judge.selection": "Findings"}
    for module, name in values.items():
        tree = tree_of(module)
        (value,) = [n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name]
        fields = [ast.unparse(n.annotation) for n in value.body if isinstance(n, ast.AnnAssign)]
        assert not any(word in field for field in fields for word in ("Index", "Similarities"))
