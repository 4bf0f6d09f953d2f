"""`entrywise serve` and `entrywise mcp`: processes that stay, and answer people and agents."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from entrywise.data.errors import SettingsError
from entrywise.data.readers.walk import is_index
from entrywise.rag.commands.options import overridden
from entrywise.rag.commands.terminal import DONE, FAULT, say
from entrywise.rag.log.opening import open_assistant
from entrywise.rag.settings import PREFIX, Settings, load_settings
from entrywise.web.address import check_address
from entrywise.web.watcher import watch


def serve(options: argparse.Namespace) -> int:
    """Answer over HTTP until the process is ended: from a source, whose index is built or updated
    in the cache first, from an index, or from what the settings name."""
    settings = overridden(load_settings(), options, "index")
    # Before an index is built, which may take minutes.
    check_address(options.host, options.port)
    source: Path | None = options.source
    if source and options.index:
        raise SettingsError("both a source and --index are named; name one of the two")
    if source and is_index(source):
        settings, source = replace(settings, index=str(source)), None
    if options.watch and not source:
        raise SettingsError("--watch needs a source whose changes are to be followed; name one")
    if options.columns and not source:
        raise SettingsError("--columns names columns of a source; name one")
    if options.watch and not options.reload:
        raise SettingsError("--watch updates what --reload takes up; leave out --no-reload")
    if not source:
        # A missing index is built, or reported in one line, before a server is up.
        return _build_apart(settings) or _serve(options, settings)
    folder = source_index(source, settings.cache_folder)
    build = _building(source, folder, options.columns or {})
    if status := _run(build):
        return status
    following = watch(source, lambda: _run(build)) if options.watch else nullcontext()
    with following:
        return _serve(options, replace(settings, index=str(folder)))


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    if options.workers > 1:
        return _serve_with_workers(options, settings)
    import uvicorn

    from entrywise.web.app import create_app, settled

    # What is wrong with the index is said in one line; the application opens it by itself, and
    # lets it go for a newer one.
    open_assistant(settings=settings).close()
    app = settled(create_app(settings=settings, reload=options.reload))
    uvicorn.run(app, **_how(options))
    return DONE


def _serve_with_workers(options: argparse.Namespace, settings: Settings) -> int:
    from entrywise.web.workers import serve_with_workers

    # What is wrong with the index is said once, and not by each of them.
    if settings.index and (status := _run(["search", "entrywise"], index=settings.index)):
        return status
    return serve_with_workers(settings, options.workers, _how(options), reload=options.reload)


def _how(options: argparse.Namespace) -> dict[str, Any]:
    from entrywise.web.gate.connections import SERVING
    from entrywise.web.gate.request_log import LOGGING

    return {
        **SERVING,
        "host": options.host,
        "port": options.port,
        "access_log": False,
        "log_config": LOGGING,
    }


def source_index(source: Path, cache: Path) -> Path:
    """Where the index of a source is kept, below a cache: a folder for each place of a source."""
    import hashlib

    name = hashlib.sha256(str(source.resolve()).encode()).hexdigest()[:16]
    return cache / f"source-{name}"


def mcp(options: argparse.Namespace) -> int:
    """Answer an agent over stdin and stdout until it leaves."""
    settings = overridden(load_settings(), options, "index")
    if status := _build_apart(settings):
        return status
    from entrywise.web.mcp.stdio import serve_stdio

    serve_stdio(settings)
    return DONE


def _build_apart(settings: Settings) -> int:
    """Build the glossary's index, where that is wanted and missing, in a process of its own: what
    builds it would stay in this one, a gigabyte.

    Returns:
        the exit code of that process, which has said what is wrong; 0 where all is well.
    """
    from entrywise.index.cache import shipped_index

    if settings.index_named or shipped_index(settings.cache_folder).is_dir():
        return DONE
    return _run(["search", "--limit", "1", "entrywise"])


def _building(source: Path, folder: Path, columns: Mapping[str, str]) -> list[str]:
    named = ",".join(f"{name}={column}" for name, column in columns.items())
    return ["index", "build", str(source), "--out", str(folder), "--columns", named]


def _run(arguments: list[str], *, index: str = "") -> int:
    """Run `entrywise` in a process of its own; its exit code, that of a fault where it was killed,
    which is said for it.

    Args:
        index: the one that it answers from, unless it has the same settings: told by its
            environment, as an address may hold a password, and everyone sees command lines.
    """
    command = [sys.executable, "-m", "entrywise", *arguments]
    told = {**os.environ, f"{PREFIX}INDEX": index} if index else None
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=told)
    if done.returncode >= 0:
        return done.returncode
    killed = f"the process that prepares the index was killed (signal {-done.returncode})"
    say(f"entrywise: {killed}; if the memory ran out, end other programs, then run it again")
    return FAULT
