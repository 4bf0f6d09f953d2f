from __future__ import annotations

from entrywise.data.documents.sections import read_page
from entrywise.rag.render.documents.plain_text import plain

TEXT = "Write to <mailto:ana@pier.example>, or see <https://pier.example>."


def test_an_address_of_mail_is_shown_without_its_scheme() -> None:
    shown = "Write to ana@pier.example, or see https://pier.example."
    (section,) = read_page(f"# Pier\n\n{TEXT}").sections
    assert section.text == TEXT
    assert [one.plain for one in section.blocks] == [shown]
    assert plain(TEXT) == shown
