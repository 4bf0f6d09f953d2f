r"""Formulas, drawn before a page is sent.

    draw(r"\frac{a}{b}")     '<span class="katex">…</span>'

KaTeX draws them, the one that browsers get (`static/katex`), in QuickJS, which is loaded with the
first formula. A browser that has to run it shows a page with formulas more than a second later on a
slow phone (`benchmarks/paint.py`). What is not drawn here, a browser draws: where QuickJS is not
installed, as there is none for some machines, or where a formula takes too long.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

_KATEX = Path(__file__).parent / "static" / "katex" / "katex.min.js"

OPTIONS = '{ strict: "ignore", maxSize: 20, maxExpand: 200 }'
"""Those of `static/js/formulas.js`."""

_PROGRAM = """
function drawn(tex) {
  try {
    return JSON.stringify(katex.renderToString(tex, OPTIONS));
  } catch (error) {
    return '""';
  }
}
"""
_LONGEST = 2_000
"""Characters of a formula that is drawn here."""
_SECONDS = 0.5
"""That a formula may take; one of the glossary takes 0.0004, the longest 0.01."""
_BYTES = 2**26


def draw(tex: str) -> str | None:
    """A formula as HTML; "" where KaTeX cannot read it, None where it is left to browsers."""
    if len(tex) > _LONGEST:
        return None
    try:
        return _html(tex)
    except Exception:  # its errors have no common class: it took too long, or too much memory
        return None


@lru_cache(maxsize=2_048)
def _html(tex: str) -> str | None:
    function = _function()
    if function is None:
        return None
    html: str = json.loads(function(tex))
    return html


@cache
def _function() -> Callable[[str], str] | None:
    """KaTeX, on a thread of its own; None where QuickJS is not installed."""
    try:
        from quickjs import Function
    except ImportError:
        return None
    code = _KATEX.read_text("utf-8") + _PROGRAM.replace("OPTIONS", OPTIONS)
    function = Function("drawn", code, own_executor=True)
    function.set_time_limit(_SECONDS)
    function.set_memory_limit(_BYTES)
    return lambda tex: str(function(tex, run_gc=False))
