"""The application with its OpenAPI description: called as the knowledge base is, with examples that
can be tried on it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from entrywise.data.identity import Identity
from entrywise.web.gate.guard import PROBES
from entrywise.web.schemas.sample import Sample, filled
from entrywise.web.served.api_sample import sample_of
from entrywise.web.served.served import Served

ANSWERS = "Answers made of verbatim, cited quotes from this knowledge base."


class DescribedApp(FastAPI):
    """An application that describes itself by what it serves, which is `state.served` once that is
    open."""

    _described: tuple[str, dict[str, Any]] | None = None
    """The generation that is described: what is served of another one is let go."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once for what is served."""
        served: Served | None = getattr(self.state, "served", None)
        if served is None:
            return self._filled(Sample())
        generation = served.assistant.index.manifest.generation
        if self._described is None or self._described[0] != generation:
            schema = self._filled(sample_of(served))
            schema["info"] |= _info(served.knowledge_base.identity)
            self._described = generation, schema
        return self._described[1]

    def _filled(self, sample: Sample) -> dict[str, Any]:
        schema: dict[str, Any] = filled(super().openapi(), sample)
        return _with_keys(schema) if self.state.settings.keys else schema


def _with_keys(schema: dict[str, Any]) -> dict[str, Any]:
    """The description of a server whose clients send a key."""
    schema["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    schema["security"] = [{"bearer": []}, {"key": []}]
    for path in PROBES:
        for operation in schema["paths"].get(path, {}).values():
            operation["security"] = []
    return schema


def _info(identity: Identity) -> dict[str, Any]:
    """What the description says of the knowledge base."""
    info: dict[str, Any] = {
        "title": identity.title,
        "description": " ".join(filter(None, (identity.description, ANSWERS))),
    }
    if identity.contact:
        _, is_mail, address = identity.contact.partition("mailto:")
        info["contact"] = {"email": address} if is_mail else {"url": identity.contact}
    return info
