"""Opens the domain that a knowledge base names: one that is shipped, or one that a package
registers. Nobody else imports a domain by its module."""

from __future__ import annotations

from entrywise.data.errors import DomainMissing
from entrywise.data.plugins import load, plugins
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
    for plugin in plugins(GROUP):
        if plugin.name == name:
            domain = load(plugin, "domain", DomainMissing)
            if isinstance(domain, Domain):
                return domain
            raise DomainMissing(
                f"the domain {name!r} ({plugin.value}) is no entrywise.rag.domains.base.Domain; "
                "mend its package"
            )
    raise DomainMissing(
        f"the knowledge base names the domain {name!r}, which no installed package registers; "
        "install one, or remove `domain` from its entrywise.toml and build the index again"
    )
