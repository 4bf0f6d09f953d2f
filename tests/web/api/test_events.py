from __future__ import annotations

import json

from entrywise.web.api.events import event


def test_an_event_is_one_line_to_whoever_splits_lines() -> None:
    said = {"text": "a\u2028b\u2029c\u0085d\ne é"}
    named, data, *end = event("part", said).splitlines()
    assert (named, end) == ("event: part", [""])
    assert json.loads(data.removeprefix("data: ")) == said
    assert "é" in data
