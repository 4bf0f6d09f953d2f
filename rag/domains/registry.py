"""Opens the domain that a knowledge base names: one that is shipped, or one that a package
registers. Nobody else imports a domain by its module."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from entrywise.data.errors import DomainMissing
from entrywise.rag.domains.base import GENERAL, Domain

GROUP = "entrywise.domains"
LANGUAGE_MODELS = "language_models"


def open_domain(name: str) -> Domain:
    """The domain of this name; that of no subject for an empty one.

    Raises:
        DomainMissing: no package that is installed registers it, or its package cannot be loaded.
    """
    if not name:
        return GENERAL
    if name == LANGUAGE_MODELS:
        from entrywise.rag.domains.language_models.domain import DOMAIN

        return DOMAIN
    for point in _registered(name):
        try:
            domain = point.load()
        except (ImportError, AttributeError) as error:
            raise DomainMissing(
                f"the domain {name!r} cannot be loaded ({error}); install its package again"
            ) from error
        if not isinstance(domain, Domain):
            raise DomainMissing(
                f"the domain {name!r} ({point.value}) is no entrywise.rag.domains.base.Domain; "
                "mend its package"
            )
        return domain
    raise DomainMissing(
        f"the knowledge base names the domain {name!r}, which no installed package registers; "
        "install that package, or build the index again without `domain` in its entrywise.toml"
    )


def _registered(name: str) -> Iterator[EntryPoint]:
    yield from entry_points(group=GROUP, name=name)
