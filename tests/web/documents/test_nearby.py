from __future__ import annotations

import re

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.rag.answer import Citation
from entrywise.web.documents.html import Documents


def around(text: str, begin: str, end: str, key: str = "") -> str:
    """A quote that is read elsewhere, from some words to others, where it stands; `key` answers."""
    base = KnowledgeBase((Entry("e", "E", "c", (Section("s", text, is_markdown=True),)),))
    start, stop = text.index(begin), text.index(end) + len(end)
    place = text.index(key) if key else 0
    highlight = (place, place + len(key)) if key else None
    cited = Citation(
        1, "e", "E", "s", start, stop, text[start:stop], is_markdown=True, highlight=highlight
    )
    return Documents(base).around(cited, is_read=True)


def fares(count: int) -> str:
    rows = "\n".join(f"| pier {n} | {'x' * 40} |" for n in range(1, count + 1))
    return f"Fares:\n\n| Pier | Fare |\n|---|---|\n{rows}\n\nEnd."


def rows(html: str) -> list[str]:
    return re.findall(r"<tr[^>]*><t[hd][^>]*>(.*?)</t", html)


def test_a_small_table_is_shown_whole() -> None:
    html = around(fares(9), "Fares", "pier 9 |")
    assert rows(html) == ["Pier", *(f"pier {n}" for n in range(1, 10))]
    assert "…" not in html


def test_of_a_long_table_rows_are_left_out_below_one_header() -> None:
    html = around(fares(40), "Fares", "pier 40 |")
    assert rows(html)[:3] == ["Pier", "pier 1", "…"]
    assert rows(html)[-1] == "pier 40"
    assert html.count("<table>") == html.count("…") == 1
    assert html.count("<th ") == html.count("<tr><td>…</td><td></td>") * 2 == 2


def test_the_row_that_answers_is_not_left_out() -> None:
    html = around(fares(40), "Fares", "pier 40 |", key=f"| pier 20 | {'x' * 40} |")
    assert rows(html)[:5] == ["Pier", "pier 1", "…", "pier 20", "…"]
    assert html.count("<table>") == 1


def test_what_answers_is_not_left_out_of_prose() -> None:
    text = "\n\n".join(f"Step {n} {'x' * 60}." for n in range(1, 20))
    html = around(text, "Step 1 ", f"Step 19 {'x' * 60}.", key=f"Step 8 {'x' * 60}.")
    assert re.findall(r"Step (\d+)|(…)", html) == [
        ("1", ""), ("", "…"), ("8", ""), ("", "…"), ("19", ""),
    ]  # fmt: skip


def test_nothing_is_left_out_where_what_answers_joins_both_ends() -> None:
    text = "\n\n".join(f"- step {n} {'x' * 110}" for n in range(1, 4))
    html = around(text, "- step 1", f"step 3 {'x' * 110}", key=f"- step 2 {'x' * 110}")
    assert html.count("<ul>") == 1
    assert "…" not in html


def test_an_item_whose_text_is_far_has_no_bullet() -> None:
    inner = "\n".join(f"    - rope {n} {'x' * 60}" for n in range(1, 20))
    text = f"1. Begin.\n2. Pack:\n\n{inner}\n3. Go."
    html = around(text, "rope 17", "rope 17")
    assert html.startswith("<ul><li>rope 13 ")
    assert html.endswith('</ul><ol start="3"><li><p>Go.</p></li></ol>')
