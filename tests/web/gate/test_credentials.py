from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from entrywise.web.gate.credentials import digest, sender, sent_key

HEADER = st.binary(max_size=60)
SCHEMES = (b"Basic ", b"Bearer ", b"basic", b"Digest ", b"", b" ", b"Basic\t")


def scope(*headers: tuple[bytes, bytes], client: str | None = None) -> dict[str, Any]:
    return {"headers": list(headers), "client": client and (client, 1)}


@pytest.mark.parametrize(
    ("header", "value", "key"),
    [
        (b"authorization", b"Bearer k1", "k1"),
        (b"authorization", b"bearer   k1 ", "k1"),
        (b"authorization", "Bearer schlüssel".encode(), "schlüssel"),
        (b"authorization", b"Basic bmFtZTprMQ==", "k1"),
        (b"x-api-key", "schlüssel".encode(), "schlüssel"),
        (b"authorization", "Basic é".encode(), ""),
        (b"authorization", b"Basic \xe9", ""),
        (b"authorization", b"Basic //79", ""),  # base64 of what is no UTF-8
        (b"authorization", b"Basic", ""),
        (b"authorization", b"", ""),
        (b"authorization", b"k1", ""),
        (b"authorization", b"Bearer \xff", "�"),
    ],
)
def test_a_key_is_read_from_whatever_bytes_come(header: bytes, value: bytes, key: str) -> None:
    assert sent_key(scope((header, value))) == key


@settings(max_examples=1000)
@given(scheme=st.sampled_from(SCHEMES), rest=HEADER, key=HEADER)
def test_no_bytes_make_it_fail(scheme: bytes, rest: bytes, key: bytes) -> None:
    sent = sent_key(scope((b"authorization", scheme + rest), (b"x-api-key", key)))
    assert len(digest(sent)) == 64


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(name="Authorization", value="Basic é".encode(), path="/")
@example(name="Host", value=b"[", path="/")
@example(name="Host", value=b"a/health?", path="/api/entries")
@given(
    name=st.sampled_from(
        "Authorization X-API-Key Host X-Forwarded-For X-Forwarded-Proto Accept Origin "
        "X-Request-ID Cookie If-None-Match Range Content-Type".split()
    ),
    value=HEADER,
    path=st.sampled_from(["/", "/health", "/api/entries/gqa", "/suggest", "/mcp", "/v1/models"]),
)
def test_no_header_makes_the_server_fail(
    client: TestClient, name: str, value: bytes, path: str
) -> None:
    assert client.get(path, headers={name: value}).status_code < 500


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        # Who has one address of a network has 2^64 of them.
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("unix:", "unix:"),
        (None, ""),
    ],
)
def test_a_client_is_counted_by_an_address_that_it_cannot_choose(
    host: str | None, counted: str
) -> None:
    assert sender(scope(client=host)) == counted
