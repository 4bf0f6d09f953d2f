"""The address of an index in a database: libpq's, and the index within the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from entrywise.data.addresses import without_secrets
from entrywise.data.errors import IndexMissing

SCHEMA = "entrywise"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_DEFAULTS = {"connect_timeout": "10", "application_name": "entrywise"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is; as text without passwords.

    >>> str(Address.of("postgresql://me:secret@db.example/notes?schema=handbook"))
    'postgresql://(set)@db.example/notes?schema=handbook'
    """

    shown: str
    conninfo: str
    """What libpq connects to."""
    schema: str
    """What the index is called within the database: one may hold several."""
    pinned: int | None
    """The number of the one generation that is meant, whatever is published later."""

    @classmethod
    def of(cls, text: str) -> Address:
        """Read an address: `postgresql://…`, with `?schema=NAME` and `#GENERATION` where given.

        Raises:
            IndexMissing: the name is none.
        """
        parts = urlsplit(text)
        query = _DEFAULTS | dict(parse_qsl(parts.query, keep_blank_values=True))
        schema = query.pop("schema", SCHEMA)
        if not _NAME.fullmatch(schema) or not (parts.fragment or "0").isdecimal():
            raise IndexMissing(
                f"{without_secrets(text)}: schema is to be a name of small letters, digits and _, "
                "and what stands behind # a number; correct the address"
            )
        conninfo = parts._replace(query=urlencode(query), fragment="").geturl()
        pinned = int(parts.fragment) if parts.fragment else None
        return cls(without_secrets(text), conninfo, schema, pinned)

    def __str__(self) -> str:
        return self.shown
