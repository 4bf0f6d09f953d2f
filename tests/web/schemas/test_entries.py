from __future__ import annotations

import json

from entrywise.data.entries import Entry, Section
from entrywise.web.schemas.entries import EntryBody, entry_record


def test_an_entry_says_what_its_text_tells_from_where_on() -> None:
    section = Section("explanation", "It grates. Cooks use it.", tells=((11, "use"),))
    record = json.dumps(entry_record(Entry("grater", "Grater", "tools", (section,))))
    body = EntryBody.model_validate_json(record)
    assert [(one.start, one.aspect) for one in body.sections[0].tells] == [(11, "use")]
