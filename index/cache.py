"""The shipped glossary's index: in the package, where a wheel brings it, else in the user's cache
folder, built once, by one process.

Its folder is named by what shapes it: the format of indexes, the encoder, and a hash of the
knowledge base's files. A change of any of them is another folder, and an old index is never read by
mistake.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from entrywise.data.errors import IndexDamaged, IndexMissing, IndexUnusable
from entrywise.data.glossary.files import SHIPPED
from entrywise.index.encoders.default import DEFAULT_SHA256
from entrywise.index.generations import file_states as states
from entrywise.index.generations.publication import is_read
from entrywise.index.index import Index
from entrywise.index.layout import FORMAT_VERSION

_PREFIX = "glossary-"
PACKAGED = Path(__file__).parent / "packaged"
"""Where a wheel with its index has it."""

# Below the cache: {installation: hash of the knowledge base, and states of its files}.
_HASHED = "glossary.sha256.json"

# Releases used side by side, each in its environment, must not delete each other's index in turn.
_KEPT = 3


def shipped_index(cache: Path) -> Path:
    """The folder of the shipped glossary's index: in the package if it is there, else below a
    cache, whether it is there or not.

    What was hashed for its name is remembered in the cache, for each installation that shares it.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    name = _named(_remembered_digest(cache))
    return PACKAGED / name if (PACKAGED / name).is_dir() else cache / name


def _remembered_digest(cache: Path) -> str:
    """The hash of the knowledge base's files."""
    found = {str(path): states.state(path) for path in SHIPPED.files}
    installation = str(SHIPPED.entries)
    known = states.read(cache / _HASHED)
    digest = _kept(known.get(installation), found)
    if digest is None:
        digest = _sha256(SHIPPED.files)
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
        states.keep(cache / _HASHED, known | {installation: {"files": found, "sha256": digest}})
    return digest


def index_name() -> str:
    """What the folder of the shipped glossary's index is called."""
    return _named(_sha256(SHIPPED.files))


def _named(digest: str) -> str:
    return f"{_PREFIX}{FORMAT_VERSION}-{DEFAULT_SHA256[:8]}-{digest[:16]}"


def _kept(record: object, found: Mapping[str, states.State]) -> str | None:
    """The hash of a record, if it is that of these files."""
    match record:
        case {"files": files, "sha256": str(digest)} if files == found and digest.isalnum():
            return digest
    return None


def _sha256(files: Iterable[Path]) -> str:
    # Here, as most starts hash nothing.
    import hashlib

    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def open_shipped(cache: Path, build: Callable[[Path], object]) -> Index:
    """The shipped glossary's index: of the package, or below a cache, where it is built first by
    `build` if it is missing or damaged.

    Raises:
        IndexMissing: the cache folder cannot be written.
    """
    root = shipped_index(cache)
    if root.parent == PACKAGED:
        # What pip installed is not ours to mend: a damaged one is built anew in the cache.
        with suppress(IndexUnusable):
            return Index(root)
    return open_or_build(cache / root.name, build)


def open_or_build(root: Path, build: Callable[[Path], object]) -> Index:
    """The index in `root`, built first by `build` where it is missing or damaged.

    Of several processes one builds; the others wait, and find it built. A build that was killed
    leaves its lock free and its rubbish to the next one.

    Raises:
        IndexMissing: the folder around `root` cannot be written.
    """
    with suppress(IndexUnusable):
        return _opened(root)
    with _locked(root):
        try:
            return _opened(root)
        except IndexMissing:
            # What lies there is no index; of a damaged one, others may read a generation yet.
            shutil.rmtree(root, ignore_errors=True)
        except IndexDamaged as error:
            print(error, file=sys.stderr)
        build(root)
        index = _opened(root)
        _forget_older(root.parent)
        return index


def _opened(root: Path) -> Index:
    index = Index(root)
    # Tells `_forget_older` what is in use; a cache that cannot be written is not tidied either.
    with suppress(OSError):
        os.utime(_lock_file(root))
    return index


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """The right to build `root`, held by one process at a time."""
    from filelock import FileLock, Timeout

    lock = FileLock(_lock_file(root))
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            print("another process is building the index; waiting for it …", file=sys.stderr)
            lock.acquire()
    except OSError as error:
        raise IndexMissing(
            f"the cache folder {str(root.parent)!r} cannot be written ({error.strerror}): "
            "make it writable, or name another one with ENTRYWISE_CACHE"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _lock_file(root: Path) -> Path:
    return root.with_name(f"{root.name}.lock")


def _forget_older(cache: Path) -> None:
    """Discard all but the indexes that were opened last, are being read or are being built.

    Every index that was built here has a lock file, whose date is that of its last opening. It
    stays: to delete a lock that another process waits for would let two of them in.
    """
    from filelock import FileLock, Timeout

    with suppress(OSError):
        for path in cache.glob(f".{_HASHED}.*"):
            # A killed process was about to replace the file.
            path.unlink(missing_ok=True)
        locks = sorted(cache.glob(f"{_PREFIX}*.lock"), key=os.path.getmtime, reverse=True)
        for path in locks[_KEPT:]:
            with suppress(Timeout), FileLock(path, timeout=0):
                if not is_read(path.with_suffix("")):
                    shutil.rmtree(path.with_suffix(""), ignore_errors=True)
