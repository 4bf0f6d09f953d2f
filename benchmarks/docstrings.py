"""A knowledge base of any size: what Python's packages say of their functions and classes.

Each docstring of the standard library and of what is installed beside it is an entry, some 100,000
in the environment of `pip install -e ".[dev,models]"`; a larger knowledge base has them again, by
other names. Entries of one module name each other as related; a package is a category.
"""

from __future__ import annotations

import ast
import json
import sysconfig
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count, groupby, islice
from pathlib import Path

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.index.progress import Progress

_SHORTEST, _LONGEST = 60, 900
"""Characters of a docstring that is an entry, and of what is kept of it."""
_BESIDE = 3


def knowledge_base(size: int, kept: Path, progress: Progress) -> KnowledgeBase:
    """So many entries.

    Args:
        kept: a file for what was collected, which takes minutes once.
    """
    if not kept.exists():
        _collect(kept, progress)
    entries = _repeated(map(json.loads, kept.read_text("utf-8").splitlines()), size)
    packages = dict.fromkeys(entry.category for entry in entries)
    categories = tuple(Category(name, name, place) for place, name in enumerate(packages))
    return KnowledgeBase(tuple(entries), categories, Identity(title=f"{size:,} docstrings"))


def _collect(kept: Path, progress: Progress) -> None:
    roots = [Path(sysconfig.get_paths()[name]) for name in ("stdlib", "purelib")]
    files = {
        path: root
        for root in roots
        for path in sorted(root.rglob("*.py"))
        if "site-packages" not in path.relative_to(root).parts
    }
    lines = []
    with ProcessPoolExecutor() as pool:
        found = pool.map(_documented, files.values(), files, chunksize=50)
        for done, some in enumerate(found):
            lines += some
            progress(done + 1, len(files))
    # Spread, so that a small one is of many packages as a large one is.
    lines.sort(key=lambda line: line[::-1][:40])
    kept.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _documented(root: Path, path: Path) -> list[str]:
    """The module, name and docstring of what a file documents, JSON."""
    module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError):
        return []
    found = dict(_defined(tree, ""))
    return [json.dumps([module, name, text]) for name, text in found.items()]


def _defined(node: ast.Module | ast.ClassDef, above: str) -> Iterator[tuple[str, str]]:
    for one in node.body:
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        name = f"{above}{one.name}"
        text = ast.get_docstring(one) or ""
        if len(text) >= _SHORTEST and not one.name.startswith("__"):
            yield name, text
        if isinstance(one, ast.ClassDef):
            yield from _defined(one, f"{name}.")


def _repeated(found: Iterator[tuple[str, str, str]], size: int) -> list[Entry]:
    first = _linked([_entry(*one) for one in islice(found, size)])
    entries: list[Entry] = []
    for number in count(1):
        if len(entries) >= size:
            return entries[:size]
        entries += first if number == 1 else [_again(one, number) for one in first]
    raise AssertionError


def _entry(module: str, name: str, text: str) -> Entry:
    first, _, rest = text[:_LONGEST].partition("\n\n")
    sections = [Section("oneliner", " ".join(first.split()))]
    if rest.strip():
        sections.append(Section("explanation", " ".join(rest.split())))
    full = f"{module}.{name}"
    return Entry(full, name, module.partition(".")[0], tuple(sections), aliases=(full,))


def _linked(entries: list[Entry]) -> list[Entry]:
    """Entries of one module, each with some others of it."""
    in_order = sorted(entries, key=lambda entry: entry.id)
    linked: list[Entry] = []
    for _, some in groupby(in_order, lambda entry: entry.id.removesuffix(f".{entry.name}")):
        group = list(some)
        for place, entry in enumerate(group):
            near = group[max(0, place - _BESIDE) : place + _BESIDE + 1]
            related = tuple(one.id for one in near if one.id != entry.id)
            linked.append(replace(entry, related=related))
    return linked


def _again(entry: Entry, number: int) -> Entry:
    return replace(
        entry,
        id=f"{entry.id}.{number}",
        name=f"{entry.name} {number}",
        aliases=tuple(f"{one} {number}" for one in entry.aliases),
        related=tuple(f"{one}.{number}" for one in entry.related),
    )
