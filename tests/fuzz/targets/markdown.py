"""Markdown that leaves the program: whatever a knowledge base holds, it does no harm."""

from __future__ import annotations

from harm import harm
from hypothesis import strategies as st

from entrywise.rag.render.safe_markdown import safe_addition, safe_markdown
from fuzz.mutation import mutations, texts
from fuzz.target import Case, insist, within

_PAGE = b"""# A

Use `<b>` or <b onclick=x>, [see](javascript:y) | [this](https://a.b) <javascript:z>.

| a `<i> | b` | c |
|---|---|
| <u> | ![d](data:e) |

- ```
  <s>
  ```
> [f]: vbscript:g

[f] <!-- h -->
"""
_PIECES = st.one_of(texts(), mutations([_PAGE, b"`<a>` ``<b", b"~~~\n<c>\n~~~\n", b"[a]:\n b:c"]))


class Markdown:
    """Neither a whole text nor one that grows brings an element or an odd link."""

    name = "markdown"
    strategy = st.lists(_PIECES, max_size=3)

    def check(self, case: Case) -> None:
        """Make one harmless."""
        text = "\n".join(case)
        with within(2):
            safe = safe_markdown(text)
        insist(not harm(safe), f"as a whole: {harm(safe)[:1]}")
        grown = ""
        for number, piece in enumerate(case):
            grown += safe_addition(grown, piece) + f" [{number}]"
            insist(not harm(grown), f"grown: {harm(grown)[:1]}")
