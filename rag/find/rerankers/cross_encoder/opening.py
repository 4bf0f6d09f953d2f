"""Opens a cross-encoder: what was made of it before, or what is made of it now, once.

CACHE/rerankers/<hash of what it is called, or of where it lies and the state of its files>/
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

from entrywise.data.errors import RerankerMissing
from entrywise.data.system_errors import unwritable
from entrywise.rag.find.rerankers.base import Reranker
from entrywise.rag.find.rerankers.cross_encoder.folder import CONFIG, Exported
from entrywise.rag.find.rerankers.cross_encoder.graph import GraphReranker


def open_cross_encoder(model: str, kept: Path) -> Reranker:
    """Open a cross-encoder by name or folder. On first use it is exported, which takes the extra
    `models` and some seconds; a folder whose files change is another one.

    Args:
        kept: the folder below which exports are kept.

    Raises:
        RerankerMissing: there is no such model, it gives more than one score, or what it takes is
            not installed; or `kept` cannot be written.
    """
    folder = kept / _key(model)
    if not (folder / CONFIG).is_file():
        try:
            _make(model, folder)
        except OSError as error:
            told = unwritable(kept, error, otherwise="name another cache with ENTRYWISE_CACHE")
            raise RerankerMissing(told) from error
    about = Exported.read(folder)
    if about.bits:
        return GraphReranker(folder)
    # Takes torch, which those that are exported do not.
    from entrywise.rag.find.rerankers.cross_encoder.reranker import LibraryReranker

    return LibraryReranker(about)


def _key(model: str) -> str:
    """What the folder of an export is called."""
    path = Path(model).expanduser()
    told = repr((str(path.resolve()), _states(path))) if path.is_dir() else model
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _states(folder: Path) -> list[tuple[str, int, int]]:
    """(path within the folder, bytes, time of change in nanoseconds) of each file of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    states = ((path, path.stat()) for path in files)
    return [(str(path.relative_to(folder)), s.st_size, s.st_mtime_ns) for path, s in states]


def _make(model: str, folder: Path) -> None:
    """Export a model into a folder that is there whole or not at all. Of several processes one does
    so, and sweeps what a killed one left; the others wait."""
    from filelock import FileLock

    from entrywise.rag.find.rerankers.cross_encoder.export import export
    from entrywise.rag.find.rerankers.cross_encoder.model import load

    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if (folder / CONFIG).is_file():
            return
        loaded = load(model)
        print(f"making the reranker {model}, once, in seconds …", file=sys.stderr)
        for left in folder.parent.glob(f".{folder.name}.*"):
            shutil.rmtree(left, ignore_errors=True)
        draft = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            made, reason = export(loaded, model, draft)
            draft.replace(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    if not made.bits:
        print(
            f"entrywise: the reranker {model!r} cannot be exported ({reason}), so it runs in "
            "sentence-transformers: that takes pip install 'entrywise[models]', some seconds to "
            "start and the memory of PyTorch",
            file=sys.stderr,
        )
