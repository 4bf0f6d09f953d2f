"""What an index of any size costs, in a process of its own that prints it as JSON.

python scale_child.py build INDEX SIZE KEPT
python scale_child.py search INDEX
python scale_child.py routes INDEX
python scale_child.py update INDEX SIZE KEPT KIND
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any

from docstrings import knowledge_base
from load import percentile

from entrywise import Assistant
from entrywise.data.entries import Entry, Section
from entrywise.index.index import Index
from entrywise.index.progress import progress_bar
from entrywise.rag.build import build_index

_WARM_UP, _QUESTIONS, _AGAIN = 50, 300, 7
_COMMON = 12
"""Of so many entries the texts that words of questions are drawn from: names and rare words, but
also those that half of all texts have."""


def build(index: str, size: str, kept: str) -> dict[str, float]:
    """Processor seconds and memory of a build, by the encoder that draws."""
    with progress_bar("texts") as progress:
        made = knowledge_base(int(size), Path(kept), progress)
        start = time.process_time()
        build_index(made, index, model="drawn:docstrings", progress=progress)
    return {"build, CPU s": time.process_time() - start, "build, MB": _peak_mb()}


def search(index: str) -> dict[str, float]:
    """Processor time of searches, each with words that were not asked before."""
    with Assistant(Index(Path(index))) as assistant:
        asked = questions(assistant.index)
        spent = [
            _spent(lambda: assistant.search(next(asked))) for _ in range(_WARM_UP + _QUESTIONS)
        ]
    warm = sorted(spent[_WARM_UP:])
    return {
        "search, p50, CPU ms": percentile(warm, 0.5),
        "search, p99, CPU ms": percentile(warm, 0.99),
        "search, MB": _peak_mb(),
    }


def questions(index: Index) -> Iterator[str]:
    """Questions of an entry's name, and of words of the texts of others."""
    drawing = random.Random(7)
    while True:
        entries = [index.entries[drawing.randrange(len(index.entries))] for _ in range(_COMMON)]
        words = [drawing.choice(one.oneliner.split() or ["it"]) for one in entries[:5]]
        yield f"how does {entries[0].short_name} {' '.join(words)}?"


def routes(index: str) -> dict[str, Any]:
    """Processor ms and bytes of every page, asked for first and again, by a client in the same
    process; and what it takes until the server is ready."""
    from fastapi.testclient import TestClient

    from entrywise.web.app import create_app, settled

    start = time.process_time()
    with (
        Assistant(Index(Path(index))) as assistant,
        TestClient(settled(create_app(assistant, reload=False))) as client,
    ):
        begun = {"start, CPU s": time.process_time() - start, "start, MB": _peak_mb()}
        found = {
            name: _route(lambda address=address: client.get(address), name)
            for name, address in _addresses(assistant.index, client.get)
        }
        return {**begun, "routes": found, "served, MB": _peak_mb()}


def _addresses(index: Index, get: Callable[[str], Any]) -> Iterator[tuple[str, str]]:
    middle = index.entries[len(index.entries) // 2]
    other = index.entries[len(index.entries) // 3]
    yield from (
        ("/nowhere (404)", "/nowhere"),
        ("/", "/"),
        ("/?q=", f"/?q=what+is+{middle.short_name}"),
        ("/suggest, 1 letter", "/suggest?q=s"),
        ("/suggest, 4 letters", f"/suggest?q={middle.name[:4]}"),
        ("/suggest, misspelt", "/suggest?q=normalzi"),
        ("/browse", "/browse"),
    )
    if far := _far(get("/browse").text):
        yield "/browse, far in", far
    yield from (
        ("/browse, filtered", "/browse?q=matrix"),
        ("/browse, nothing found", "/browse?q=zebrafish+quotient"),
        ("/entry/…", f"/entry/{middle.id}"),
        ("/entry/….md", f"/entry/{middle.id}.md"),
        ("/llms.txt", "/llms.txt"),
        ("/api/entries", "/api/entries"),
        ("/api/entries/…", f"/api/entries/{middle.id}"),
        ("/compare", "/compare"),
        ("/compare, two", f"/compare?a={middle.id}&b={other.id}"),
        ("/map", "/map"),
        ("/map, by meaning", "/map?view=meaning"),
        ("/docs", "/docs"),
        ("/openapi.json", "/openapi.json"),
        ("/api/search", "/api/search?q=sparse+matrix"),
        ("/health/ready", "/health/ready"),
    )


def _far(page: str) -> str | None:
    """The last of the addresses of other parts that a page of the list leads to."""
    parts = re.findall(r'href="(/browse\?[^"#]*)"', page)
    return unescape(parts[-1]) if parts else None


def _route(get: Callable[[], Any], name: str) -> dict[str, float]:
    last: list[Any] = []
    first = _spent(lambda: last.append(get()))
    again = median(_spent(get) for _ in range(_AGAIN if first < 1_000 else 1))
    (response,) = last
    if response.status_code != (404 if "404" in name else 200):
        raise RuntimeError(f"{name}: {response.status_code}")
    return {"first": first, "again": again, "bytes": len(response.content)}


def update(index: str, size: str, kept: str, kind: str) -> dict[str, float]:
    """Processor seconds and memory of an update by one entry in the middle, or at the end."""
    with progress_bar("texts") as progress:
        made = knowledge_base(int(size), Path(kept), progress)
        place = len(made) // 2
        before, one, after = made.entries[:place], made.entries[place], made.entries[place + 1 :]
        entries = (*before, *CHANGES[kind](one), *after)
        if kind == "appended":
            entries = (*made.entries, _new(one))
        start = time.process_time()
        build_index(replace(made, entries=entries), index, model="drawn:docstrings")
    spent = time.process_time() - start
    return {f"update, {kind}, CPU s": spent, f"update, {kind}, MB": _peak_mb()}


def _edited(entry: Entry) -> Entry:
    first, *rest = entry.sections
    return replace(entry, sections=(replace(first, text=f"{first.text} It is new."), *rest))


def _longer(entry: Entry) -> Entry:
    return replace(entry, sections=(*entry.sections, Section("more", "It says more. It does.")))


def _new(entry: Entry) -> Entry:
    return replace(entry, id="quite.new", name="quite_new", aliases=("quite.new",))


CHANGES: dict[str, Callable[[Entry], tuple[Entry, ...]]] = {
    "edited": lambda one: (_edited(one),),
    "longer": lambda one: (_longer(one),),
    "renamed": lambda one: (replace(_new(one), id=one.id),),
    "added": lambda one: (one, _new(one)),
    "appended": lambda one: (one,),
    "removed": lambda one: (),
}
"""What an update may bring: another text, a section more, another name, an entry behind it, one
behind all, or none."""


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    PARTS: dict[str, Callable[..., dict[str, Any]]]
    PARTS = {"build": build, "search": search, "routes": routes, "update": update}
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
