from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Generator

from entrywise.web.api.events import event, event_stream


def test_an_event_is_one_line_to_whoever_splits_lines() -> None:
    said = {"text": "a\u2028b\u2029c\u0085d\ne é"}
    named, data, *end = event("part", said).splitlines()
    assert (named, end) == ("event: part", [""])
    assert json.loads(data.removeprefix("data: ")) == said
    assert "é" in data


def test_a_compressed_event_waits_for_no_other() -> None:
    made: list[str] = []

    def events() -> Generator[str, None, None]:
        for name in ("first", "second"):
            made.append(name)
            yield event(name, {"text": name * 50})

    async def read() -> list[str]:
        unpacked, found = zlib.decompressobj(wbits=31), []
        async for chunk in event_stream(events(), accepting="br, gzip").body_iterator:
            assert isinstance(chunk, bytes)
            found.append(unpacked.decompress(chunk).decode())
            if len(found) == 1:
                assert made == ["first"]
        assert unpacked.eof
        return found

    assert asyncio.run(read()) == [event(n, {"text": n * 50}) for n in ("first", "second")] + [""]
    for accepting in ("", "br", "gzip;q=0"):
        assert "content-encoding" not in event_stream(events(), accepting=accepting).headers
