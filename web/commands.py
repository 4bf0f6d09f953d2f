"""`entrywise serve` and `entrywise mcp`: processes that stay, and answer people and agents."""

from __future__ import annotations

import argparse
import subprocess
import sys

from entrywise.rag.commands.options import overridden
from entrywise.rag.commands.terminal import DONE
from entrywise.rag.log.logger import open_assistant
from entrywise.rag.settings import Settings, load_settings


def serve(options: argparse.Namespace) -> int:
    """Answer over HTTP until the process is ended."""
    settings = load_settings()
    # A missing index is built, or reported in one line, before a server is up.
    if status := _build_apart(settings):
        return status
    with open_assistant(settings=settings) as assistant:
        import uvicorn

        from entrywise.web.app import create_app
        from entrywise.web.gate.request_log import LOGGING

        uvicorn.run(
            create_app(assistant, settings=settings),
            host=options.host,
            port=options.port,
            access_log=False,
            log_config=LOGGING,
        )
    return DONE


def mcp(options: argparse.Namespace) -> int:
    """Answer an agent over stdin and stdout until it leaves."""
    settings = overridden(load_settings(), options, "index")
    if status := _build_apart(settings):
        return status
    with open_assistant(settings=settings) as assistant:
        from entrywise.web.mcp.server import serve_stdio

        serve_stdio(assistant, settings)
    return DONE


def _build_apart(settings: Settings) -> int:
    """Build the glossary's index, where that is wanted and missing, in a process of its own: what
    builds it would stay in this one, a gigabyte.

    Returns:
        the exit code of that process, which has said what is wrong; 0 where all is well, or where
        this one has to try by itself.
    """
    from entrywise.index.cache import shipped_index

    if settings.index_folder or shipped_index(settings.cache_folder).is_dir():
        return DONE
    command = [sys.executable, "-m", "entrywise", "search", "--limit", "1", "entrywise"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return max(done.returncode, DONE)
