"""Plugins: what other distributions add to Entrywise, found by their entry points.

An extension point is a folder: one `Protocol` in its `base.py`, one entry-point group, and a
`registry.py` that knows the implementations of Entrywise itself and asks here for the others:

    for plugin in plugins("entrywise.readers"):
        factory = load(plugin, "reader", KnowledgeBaseError)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrywise.data.errors import EntrywiseError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


def plugins(group: str) -> list[EntryPoint]:
    """The entry points of a group in all installed distributions, by name; nothing is loaded."""
    # Imported here, as it takes 10 ms, and most knowledge bases need no plugin.
    from importlib.metadata import entry_points

    return sorted(entry_points(group=group))


def load(plugin: EntryPoint, kind: str, error: type[EntrywiseError]) -> Any:
    """Import what an entry point names; `kind` says in a message what it was to be.

    Raises:
        error: it cannot be imported; the message names the distribution to install again.
    """
    try:
        return plugin.load()
    except (ImportError, AttributeError) as fault:
        # Only an entry point that was made by hand has no distribution.
        distribution = plugin.dist.name if plugin.dist else plugin.module
        raise error(
            f"the {kind} {plugin.name!r} cannot be loaded ({fault}); install {distribution} again"
        ) from fault
