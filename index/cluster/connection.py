"""Starts Ray on this machine, or connects to a cluster, and leaves it as it was."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from entrywise.data.errors import ClusterError
from entrywise.data.system_errors import reason

LOCAL, AUTO = "local", "auto"
"""Ray on this machine, for as long as it is needed; the cluster that this machine belongs to."""

_PATIENCE = 5.0
"""Seconds for a machine to answer. Ray itself waits for two minutes, and repeats what it misses."""

_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    # What became of workers, which is said in other words, if it matters.
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
}
"""Ray reports nothing to its makers, and tells nothing on the terminal."""


def library() -> ModuleType:
    """Ray, which is imported where it is asked for: that takes 0.4 s.

    Raises:
        ClusterError: it is not installed.
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise ClusterError(
            f"embedding on a cluster takes what is not installed ({error}): "
            "pip install 'entrywise[ray]'"
        ) from error
    return ray


def check_address(address: str) -> None:
    """See that an address is one, that Ray is installed, and that the cluster's machine answers.

    Args:
        address: `local`, `auto` or HOST:PORT.

    Raises:
        ClusterError: one of these is not so.
    """
    library()
    if address == AUTO:
        # What Ray takes it from, and what is set where a job is submitted to a cluster.
        address = os.environ.get("RAY_ADDRESS") or AUTO
    if address in (LOCAL, AUTO):
        return
    if not (parts := re.fullmatch(r"\[?([^/\s\[\]]+)\]?:(\d{1,5})", address)):
        raise ClusterError(
            f"{address!r} is no address of a Ray cluster; give `local`, `auto` on a machine of the "
            "cluster, or HOST:PORT of its head"
        )
    try:
        socket.create_connection((parts[1], int(parts[2])), _PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise ClusterError(
            f"no Ray cluster answers at {address} ({reason(error)}); correct the address, start "
            "the cluster there with `ray start --head`, or give `local`"
        ) from error


@contextmanager
def connected(address: str) -> Iterator[ModuleType]:
    """Ray, connected to a cluster; a program that is connected already stays so.

    Args:
        address: one that was checked.

    Raises:
        ClusterError: Ray cannot be started here, or the cluster takes no connection.
    """
    ray = library()
    if ray.is_initialized():
        yield ray
        return
    with _own_folder() if address == LOCAL else nullcontext() as folder:
        own = {"include_dashboard": False, "_temp_dir": folder} if folder else {}
        try:
            ray.init(address, log_to_driver=False, logging_level="ERROR", **own)
        # Ray raises whatever its parts raise.
        except Exception as error:
            ray.shutdown()
            raise ClusterError(_refused(address, error)) from error
        try:
            yield ray
        finally:
            ray.shutdown()


def _own_folder() -> TemporaryDirectory[str]:
    """Where Ray may leave its logs and sockets. It adds 70 characters to the names of these, which
    may have 103, so that long folders for temporary files do not do."""
    short = Path("/tmp")
    return TemporaryDirectory(
        prefix="ray-", dir=short if short.is_dir() else None, ignore_cleanup_errors=True
    )


def _refused(address: str, error: Exception) -> str:
    if address == LOCAL:
        return f"Ray cannot be started on this machine ({reason(error)}); build without it"
    if address == AUTO and isinstance(error, ConnectionError):
        return (
            "this machine belongs to no Ray cluster that runs; run `ray start --address HOST:PORT` "
            "on it, or give `local`"
        )
    return (
        f"the Ray cluster at {address} takes no connection ({reason(error)}); run the build on a "
        "machine that belongs to it, with the same Ray, Python and RAY_AUTH_MODE"
    )
