from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

PATHS = ["/api/entries", "/api/entries/gqa", "/entry/gqa.md", "/llms.txt"]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_state_gets_no_second_copy(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == first.headers["vary"] == "Accept-Encoding"
    changed = client.get(path, headers={"If-None-Match": '"other"'})
    assert (changed.status_code, changed.content) == (200, first.content)


def test_other_states_have_other_tags(client: TestClient) -> None:
    tags = {client.get(f"/api/entries/{entry}").headers["etag"] for entry in ("gqa", "mla")}
    assert len(tags) == 2


def test_an_entry_that_is_not_there_has_no_tag(client: TestClient) -> None:
    response = client.get("/api/entries/nope", headers={"If-None-Match": "*"})
    assert response.status_code == 404
    assert "etag" not in response.headers
