"""Building an index: beside the bare encoding of its texts, and after one entry has changed."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from processes import Cost, measured
from systems import environment

DATA = Path(__file__).parent.parent / "data" / "glossary"
_PLAIN = ["--ways", str(DATA / "ways.json")]

# The same texts, by the same encoder in as many threads, and nothing else.
_BARE = """
import json, os, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from entrywise.index.encoders.base import Passage
from entrywise.index.encoders.registry import open_shipped_encoder
texts = json.loads(Path(sys.argv[1]).read_text("utf-8"))
encoder = open_shipped_encoder()
start = time.process_time()
for passage in encoder.encode_passages(map(Passage, texts["passages"])):
    pass
with ThreadPoolExecutor(os.cpu_count()) as pool:
    list(pool.map(encoder.encode_query, texts["questions"]))
print(time.process_time() - start)
"""


def figures() -> dict[str, float]:
    """Processor seconds of a build, of the bare encoding, and of a build after one change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = folder / "index"
        build = _toolbox("index", "build", str(DATA / "entries.json"), *_PLAIN, "--out", str(index))
        bare = _bare(index, folder)
        changed = folder / "changed.json"
        glossary = json.loads((DATA / "entries.json").read_text("utf-8"))
        next(iter(glossary["entries"].values()))["explanation"] += " This sentence is new."
        changed.write_text(json.dumps(glossary), "utf-8")
        update = _toolbox("index", "update", str(changed), *_PLAIN, "--out", str(index))
    return {
        "build": build.cpu_s,
        "bare encoding": bare,
        "after one change": update.cpu_s,
    }


def _bare(index: Path, folder: Path) -> float:
    from entrywise.index.index import Index
    from entrywise.index.passages.chunks import passage

    opened = Index(index)
    texts = {
        "passages": [passage(opened.entries[e], *place) for e, *place in opened.chunks[:].tolist()],
        "questions": opened.sample_texts("answered"),
    }
    opened.close()
    path = folder / "texts.json"
    path.write_text(json.dumps(texts), "utf-8")
    command = [sys.executable, "-c", _BARE, str(path)]
    return float(measured(command, environment()).out)


def _toolbox(*arguments: str) -> Cost:
    return measured([sys.executable, "-m", "entrywise", *arguments], environment())
