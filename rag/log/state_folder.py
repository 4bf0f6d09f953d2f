"""The folder that keeps what belongs to one user and to no knowledge base."""

from __future__ import annotations

from pathlib import Path


def state_folder() -> Path | None:
    """The folder, which need not exist; None of a user without a home: it would be one below the
    folder that one is in."""
    from platformdirs import user_state_path

    folder = user_state_path("entrywise", appauthor=False)
    return folder if folder.is_absolute() else None
