"""Lines of pages of HTML."""

from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.hypertext import from_html


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        (
            "https://www.google.com/url?q=https://a.b/c%3Fd%3De&amp;sa=D&amp;usg=x",
            "https://a.b/c?d=e",
        ),
        ("https://www.google.com/search?q=cheese", "https://www.google.com/search?q=cheese"),
        ("https://www.google.com/url?sa=D", "https://www.google.com/url?sa=D"),
    ],
)
def test_a_link_that_is_sent_around_leads_where_it_ends(target: str, leads_to: str) -> None:
    assert from_html(f'<main><a href="{target}">us</a></main>').markdown == f"[us]({leads_to})"


@pytest.mark.parametrize(
    ("text", "said"), [("⚠️", ""), ("*", "\\*"), ("⚠️ Hot", "⚠️ Hot"), ("奶", "奶")]
)
def test_a_sign_alone_is_no_paragraph(text: str, said: str) -> None:
    assert from_html(f"<main><p>{text}</p></main>").markdown == said
