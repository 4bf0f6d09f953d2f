from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from entrywise.web.gate.middleware import MAX_BODY_BYTES


@pytest.mark.parametrize("path", ["/", "/api/entries", "/static/css/base.css", "/nowhere", "/docs"])
def test_every_response_forbids_inline_scripts_frames_and_sniffing(
    client: TestClient, path: str
) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "font-src 'self'; img-src 'self' data:; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_body_of_unknown_length_is_read_up_to_the_limit(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 4 * MAX_BODY_BYTES:
            sent += 2**16
            yield b" " * 2**16

    response = client.post(
        "/api/ask", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 413
    assert response.json()["detail"] == "the body has more than 262,144 bytes; send less"


def test_a_body_of_exactly_the_limit_is_read(client: TestClient) -> None:
    body = b'{"question": "what is GQA?"}'.ljust(MAX_BODY_BYTES)
    headers = {"Content-Type": "application/json"}
    assert client.post("/api/ask", content=body, headers=headers).status_code == 200
    assert client.post("/api/ask", content=body + b" ", headers=headers).status_code == 413


@pytest.mark.parametrize("path", ["/", "/health", "/entry/gqa", "/api/entries/gqa", "/nowhere"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-length"] == whole.headers["content-length"]
