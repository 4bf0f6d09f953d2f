"""The command `entrywise`: the commands of rag/, and those of web/, which serve.

It stands above all packages, so that each of them knows only those below it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from entrywise.rag.commands.entrywise import Servers, run_toolbox


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `entrywise`; its exit code."""
    return run_toolbox(arguments, SERVERS)


def _serve(options: argparse.Namespace) -> int:
    # Here, as the other commands have no use for a server, and would wait for it.
    from entrywise.web.commands import serve

    return serve(options)


def _mcp(options: argparse.Namespace) -> int:
    from entrywise.web.commands import mcp

    return mcp(options)


SERVERS = Servers(_serve, _mcp)
"""What stays and answers."""


if __name__ == "__main__":
    sys.exit(main())
