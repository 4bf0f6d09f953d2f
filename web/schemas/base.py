"""The base of all bodies of the API."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

_NO_EXAMPLE = object()


class Body(BaseModel):
    """A JSON object in which nothing is converted and nothing unknown is let through."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def described(
    description: str, example: Any = _NO_EXAMPLE, default: Any = ..., **limits: Any
) -> Any:
    """A field with what it means and an example, whose `{places}` a `Sample` fills; that of an
    object is made of its fields'."""
    examples = None if example is _NO_EXAMPLE else [example]
    return Field(default, description=description, examples=examples, **limits)
