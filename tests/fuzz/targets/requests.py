"""Requests, as HTTP lets clients send them: sense, nearly sense, and nonsense."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from fuzz.mutation import mutations, texts

_POSTED = (
    *("/api/ask", "/api/ask", "/api/search", "/api/feedback", "/v1/chat/completions", "/mcp"),
    *("/mcp", "/chat", "/"),
)
_GOT = (
    *(
        "/",
        "/api/search",
        "/api/entries",
        "/api/entries/gqa",
        "/api/entries/index",
        "/map",
        "/chat",
    ),
    *("/v1/models", "/v1/models/entrywise", "/entry/gqa", "/entry/gqa.md", "/entry/index.md"),
    *("/browse", "/compare", "/docs", "/suggest", "/health", "/health/ready", "/metrics", "//x"),
    *("/openapi.json", "/llms.txt", "/widget.js", "/static/css/base.css", "/static/../app.py"),
    *("/static/%00", "/opensearch.xml", "/logo", "/entry/index", "/theme.css"),
)
_ASKED = {"question": "what is GQA?", "history": ["what is MLA?"], "top": 3, "formulas": "text"}
_COMPLETED = {"model": "entrywise", "messages": [{"role": "user", "content": "GQA or MLA?"}]}
_VOTE = {"question": "x", "vote": "up", "answer_status": "answered", "entries": ["gqa"], "id": "a"}
_CLIENT = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "f", "version": "1"},
}


def _rpc(method: str, **params: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def _tool(name: str, **arguments: object) -> dict[str, object]:
    return _rpc("tools/call", name=name, arguments=arguments)


_EXCHANGES: tuple[tuple[str, object], ...] = (
    ("/api/ask", _ASKED),
    ("/api/ask", [_ASKED, {"question": "leave"}]),
    ("/chat", _ASKED),
    ("/api/search", {"query": "cache", "limit": 3}),
    ("/api/feedback", _VOTE),
    ("/v1/chat/completions", _COMPLETED),
    ("/v1/chat/completions", {**_COMPLETED, "stream": True, "sources": False}),
    ("/mcp", _rpc("initialize", **_CLIENT)),
    ("/mcp", _rpc("tools/list")),
    ("/mcp", _tool("ask_question", question="what is GQA?", history=["x"])),
    ("/mcp", _tool("search_entries", query="cache", limit=2)),
    ("/mcp", _tool("compare_entries", entries=["gqa", "mla"])),
    ("/mcp", _tool("fetch", id="gqa")),
)
_SEEDS = [json.dumps(body).encode() for _, body in _EXCHANGES]
_ACCEPTED = ("*/*", "application/json, text/event-stream", "text/event-stream", "text/html", "")
_VALUES = st.one_of(
    st.sampled_from(
        [
            *(
                "application/json",
                "text/event-stream",
                "text/html",
                "application/x-www-form-urlencoded",
            ),
            *(
                "*/*",
                "multipart/form-data; boundary=x",
                "Bearer k",
                "Basic \u00e9",
                "Basic Og==",
                "Basic ==",
            ),
            *(
                "localhost",
                "a.b",
                "[::1]:x",
                "1.2.3.4, x",
                "0",
                "-1",
                "9" * 30,
                "gzip",
                "chunked",
                "W/x",
            ),
            *(
                "application/json, text/event-stream",
                "bytes=0-1",
                "null",
                "https://a.b",
                "q=\0",
                "x;q=z",
            ),
        ]
    ),
    st.text(st.characters(max_codepoint=255), max_size=12),
)
_HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *(
                    "accept",
                    "content-type",
                    "authorization",
                    "x-api-key",
                    "host",
                    "origin",
                    "range",
                ),
                *(
                    "content-length",
                    "if-none-match",
                    "x-forwarded-for",
                    "x-forwarded-proto",
                    "cookie",
                ),
                *(
                    "x-request-id",
                    "accept-encoding",
                    "mcp-protocol-version",
                    "mcp-session-id",
                    "expect",
                ),
                *(
                    "access-control-request-method",
                    "if-modified-since",
                    "x\u00e9",
                    "transfer-encoding",
                ),
            ]
        ),
        _VALUES,
    ),
    max_size=5,
)
_QUERIES = st.one_of(
    st.sampled_from(
        ["", "q=what+is+GQA", "q=GQA&limit=3", "limit=-1", "a=gqa&b=mla", "q=%ff", "page=9"]
    ),
    st.lists(st.sampled_from([*"qab&=%+", "limit", "page", "%00", "%E2%80%A8", "by=links"])).map(
        "".join
    ),
)
_STRANGE_BODY = texts().map(lambda text: json.dumps({"question": text, "query": text}))
_BODY = st.one_of(mutations(_SEEDS), st.just(""), _STRANGE_BODY)


def _exchange(path: str, body: object) -> st.SearchStrategy[tuple[str, str, str]]:
    sent = st.one_of(st.just(json.dumps(body)), mutations([json.dumps(body).encode()]))
    return st.tuples(st.just("POST"), st.just(path), sent)


_METHODS = st.sampled_from(
    [*("GET", "POST", "HEAD", "OPTIONS", "DELETE"), *("PUT", "PATCH", "get", "X")]
)
_STRANGE = texts().map(lambda text: f"/{text}"[:200])

REQUESTS = st.fixed_dictionaries(
    {
        "of": st.sampled_from(["terms", "documents", "locked"]),
        # Twice as often what may be answered as what cannot.
        "sent": st.one_of(
            st.sampled_from(_EXCHANGES).flatmap(lambda pair: _exchange(*pair)),
            st.tuples(st.just("GET"), st.sampled_from(_GOT), st.just("")),
            st.tuples(_METHODS, st.one_of(st.sampled_from((*_POSTED, *_GOT)), _STRANGE), _BODY),
        ),
        "accept": st.sampled_from(_ACCEPTED),
        "has_key": st.booleans(),
        "query": _QUERIES,
        "headers": st.one_of(st.just([]), _HEADERS),
        "json": st.booleans(),
        "pieces": st.integers(1, 3),
    }
)
