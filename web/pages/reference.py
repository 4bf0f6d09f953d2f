"""The reference of the API as its page shows it, from the OpenAPI description alone."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from entrywise.web.texts.catalogue import Texts

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body, or a parameter of an address."""

    name: str
    kind: str
    description: str
    required: bool
    default: Any = None


@dataclass(frozen=True, slots=True)
class Route:
    """A route: what it takes, what it answers with, and a command that tries it."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]
    returned: tuple[Field, ...]
    command: str


def routes(api: Json, base: str, texts: Texts) -> Iterator[Route]:
    """The routes of an OpenAPI description, in its order.

    Args:
        base: the address of the server, without a slash at its end.
        texts: say what kinds of values there are.
    """
    schemas: Json = api["components"]["schemas"]
    for path, methods in api["paths"].items():
        for method, route in methods.items():
            body = _schema(route.get("requestBody", {}), schemas)
            parameters = route.get("parameters", [])
            yield Route(
                id=route["operationId"],
                title=f"{method.upper()} {path}",
                paragraphs=tuple(route["description"].split("\n\n")),
                fields=(*(_parameter(one, texts) for one in parameters), *_fields(body, texts)),
                answers=tuple((s, r["description"]) for s, r in route["responses"].items()),
                returned=tuple(_fields(_schema(route["responses"].get("200", {}), schemas), texts)),
                command=_command(base + path, parameters, body, schemas),
            )


def _schema(holder: Json, schemas: Json) -> Json:
    """The object in a JSON body; of several shapes the first."""
    content = holder.get("content", {}).get("application/json", {})
    return _resolved(content.get("schema", {}), schemas)


def _resolved(shape: Json, schemas: Json) -> Json:
    shape = next(iter(shape.get("oneOf") or shape.get("anyOf") or [shape]))
    return schemas[shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape


def _fields(schema: Json, texts: Texts) -> Iterator[Field]:
    required = schema.get("required", [])
    for name, shape in schema.get("properties", {}).items():
        is_required = name in required
        kind = _kind(shape, texts)
        yield Field(name, kind, shape["description"], is_required, shape.get("default"))


def _parameter(parameter: Json, texts: Texts) -> Field:
    shape = parameter["schema"]
    return Field(
        parameter["name"],
        texts(f"api.{parameter['in']}", kind=_kind(shape, texts)),
        parameter["description"],
        parameter["required"],
        shape.get("default"),
    )


def _kind(shape: Json, texts: Texts) -> str:
    """The kind of a value in a few words: `list of CitationBody`, `text or null`."""
    if "$ref" in shape:
        return str(shape["$ref"].rpartition("/")[2].removesuffix("Body").lower())
    if options := shape.get("anyOf") or shape.get("oneOf"):
        return _one_of(dict.fromkeys(_kind(one, texts) for one in options), texts)
    if "const" in shape:
        return json.dumps(shape["const"])
    if "enum" in shape:
        return _one_of(map(str, shape["enum"]), texts)
    kind = shape.get("type", "object")
    if kind == "array":
        return texts("api.array", kind=_kind(shape.get("items", {}), texts))
    return "null" if kind == "null" else texts(f"api.{kind}")


def _one_of(kinds: Iterable[str], texts: Texts) -> str:
    return f" {texts('api.or')} ".join(kinds)


def _command(address: str, parameters: list[Json], body: Json, schemas: Json) -> str:
    """A command with examples for all that is required."""
    examples = {one["name"]: one["schema"]["examples"][0] for one in parameters if one["required"]}
    for name in [one["name"] for one in parameters if one["in"] == "path"]:
        address = address.replace(f"{{{name}}}", quote(str(examples.pop(name))))
    if examples:
        address += f"?{urlencode(examples)}"
    command = f"curl {shlex.quote(address)}"
    if body:
        shapes = {name: body["properties"][name] for name in body.get("required", ())}
        sent = {name: _example(shape, schemas) for name, shape in shapes.items()}
        command += f" --json {shlex.quote(json.dumps(sent, ensure_ascii=False))}"
    return command


def _example(shape: Json, schemas: Json) -> Any:
    return shape["examples"][0] if "examples" in shape else _resolved(shape, schemas)["enum"][0]
