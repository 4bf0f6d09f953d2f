from __future__ import annotations

import json

from entrywise.data.entries import Entry, Section
from entrywise.web.schemas.entries import EntryBody, entry_record


def test_an_entry_says_what_its_text_tells_from_where_on() -> None:
    section = Section("explanation", "It grates. Cooks use it.", tells=((11, "use"),))
    record = json.dumps(entry_record(Entry("grater", "Grater", "tools", (section,))))
    body = EntryBody.model_validate_json(record)
    assert [(one.start, one.aspect) for one in body.sections[0].tells] == [(11, "use")]


def test_a_document_says_where_labels_of_its_links_lead() -> None:
    section = Section("text", "See [the map].", is_markdown=True, links=(("the map", "a.md"),))
    record = json.dumps(entry_record(Entry("walks", "Walks", "trips", (section,))))
    body = EntryBody.model_validate_json(record)
    assert [(one.label, one.address) for one in body.sections[0].links] == [("the map", "a.md")]
