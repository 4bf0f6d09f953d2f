"""What an installation runs on, what it is set to, and where it keeps things."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from entrywise import __version__
from entrywise.rag.doctor.finding import Finding
from entrywise.rag.log.state_folder import state_folder
from entrywise.rag.settings import SETTINGS, Settings, load_settings, settings_file

_LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "tokenizers")
_EXTRAS = {"models": "sentence-transformers", "documents": "docutils", "llm": "openai"}

_ROOM = 200 * 2**20
"""Bytes: several times the shipped glossary's index, and what a build of it needs beside it."""


def versions() -> Iterator[Finding]:
    """What is installed."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    told = f"Entrywise {__version__}, Python {sys.version.split()[0]}, {libraries}"
    yield Finding("versions", "fine", f"{told}, SQLite {sqlite3.sqlite_version}")
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, content='')")
        except sqlite3.OperationalError as error:
            fault = f"SQLite has no FTS5 ({error}); use a Python whose SQLite has it"
            yield Finding("versions", "fault", fault)
    extras = [extra for extra, package in _EXTRAS.items() if _is_installed(package)]
    yield Finding("versions", "fine", f"extras: {', '.join(extras) or 'none'}")


def settings_in_force() -> Iterator[Finding]:
    """What is set, and where."""
    settings = load_settings()
    other = [row.name for row in SETTINGS if getattr(settings, row.name) != row.default]
    path = settings_file()
    file = f"{path}" if path.exists() else f"no file at {path}"
    yield Finding("settings", "fine", f"{file}; set: {', '.join(other) or 'nothing'}")


def places(settings: Settings) -> Iterator[Finding]:
    """Where files are written, whether they can be, and how much room there is."""
    for name, folder in _folders(settings).items():
        if folder is None:
            yield Finding("disk", "note", f"{name}: there is no home to keep it in")
            continue
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(there, os.W_OK):
            yield Finding("disk", "note", f"{name}: {there} cannot be written to by this user")
            continue
        room = shutil.disk_usage(there).free
        told = f"{name}: {folder}, {room // 2**20:,} MiB free"
        if room < _ROOM:
            yield Finding("disk", "fault", f"{told}; make room for {_ROOM // 2**20} MiB")
        else:
            yield Finding("disk", "fine", told)


def _folders(settings: Settings) -> dict[str, Path | None]:
    found = {
        "cache": settings.cache_folder,
        "state": state_folder(),
        "votes": settings.feedback_file.parent,
    }
    return found | ({"log": settings.log_file.parent} if settings.log_file else {})


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True
