r"""Formulas on a page: `$…$` becomes an element that holds its source.

    $d_k$ is  ->  <span class="formula" data-tex="d_k">dₖ</span> is

What the element shows by itself is the formula as Unicode text, as a terminal shows it. `drawn`
puts what KaTeX makes of it in its place before a page is sent, and `drawn_piece` before what comes
later is; what is left a browser draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from markupsafe import Markup, escape

from entrywise.data.latex import math_spans
from entrywise.rag.render.formulas import plain_formula, readable
from entrywise.web import typesetter

_CODE = Markup("<code>{}</code>")
# A name with underscores, as programs have them; not a piece of a longer one, as of a file's.
_IDENTIFIER = re.compile(r"(?<![\w/.:@-])([^\W\d_]\w*_\w+)(?![\w/:@]|[.-]\w)")

# What no line may end in: a number, and a unit or a few letters that belong to it, or the number
# that a range goes to; the hyphen that a name begins with, as an option. It is an element, as
# another character would be copied with the text.
_NUMBER = r"\d(?:[\d.,]*\d)?(?:[-–]\d(?:[\d.,]*\d)?)?"
_WHOLE = re.compile(
    rf"(?<![\w#-]){_NUMBER}[ \xa0](?:[^\W\d_]{{1,3}}(?!\w)|[%‰°€$£¥][^\W\d_]?)"
    r"|(?<![\w#-])(?:\d[\d.,]*-[^\W\d_]{1,12}|[^\W\d_]{1,8}-\d[\d.]*\w?)(?![\w-])"
    r"|(?<![\w#-])\d[\d.,]*[-–]\d[\d.,]*(?![\w–-])"
    r"|(?<![\w-])--?[^\W\d_][\w-]{0,22}(?![\w-])"
)
_TAG = re.compile(r"(<[^>]*>)")

_FORMULA = Markup('<span class="formula" data-tex="{}">{}</span>')

_DRAWN = '<span class="formula done" data-tex="{}" data-readable="{}">{}</span>'
_STYLED = re.compile(r'(?: class="([^"]*)")? style="([^"<>{}]*)"')
# With the punctuation behind it, which stays on its line.
_TO_DRAW = re.compile(r'<span class="formula" data-tex="([^"]*)">([^<]*)</span>([.,;:!?)\]]*)')
_SELECTED = ".formula.formula.done.done"
"""What their own style sheet says outdoes what KaTeX's says, as an attribute does."""
_LAST = "</span></span></span>"
"""What ends the last piece of a drawn formula that can be moved."""
_MOST = 300
"""Formulas of a page that are drawn before it is sent: others wait for it."""

_FONTS = ("KaTeX_Main-Regular", "KaTeX_Math-Italic")
"""Those in nearly every formula."""


def _unless_folded(shown: str) -> re.Pattern[str]:
    """Finds what folds up and something else: that is typeset when it is unfolded."""
    return re.compile(rf"<(/?)details\b([^>]*)>|{shown}")


_BOLD = _unless_folded("<strong>")
_ANY_FORMULA = _unless_folded('<span class="formula"')
_SUM, _LARGE = (
    _unless_folded(rf'<span class="formula" data-tex="[^"]*\\(?:{signs})(?![A-Za-z])')
    for signs in ("sum|prod|int", "left")
)


def has_formulas(html: str) -> bool:
    """Whether a page shows formulas before anything on it is unfolded.

    >>> has_formulas('<details><span class="formula" data-tex="x">x</span></details>')
    False
    """
    return _shows(html, _ANY_FORMULA)


def katex_fonts(html: str) -> Iterator[str]:
    r"""The fonts that the formulas which a page shows at first are drawn with: a line moves when
    its letters come late.

    >>> list(katex_fonts(r'<span class="formula" data-tex="\sum_i x_i">Σᵢxᵢ</span>'))
    ['KaTeX_Main-Regular', 'KaTeX_Math-Italic', 'KaTeX_Size1-Regular']
    """
    yield from _FONTS
    if _shows(html, _SUM):
        yield "KaTeX_Size1-Regular"
    if _shows(html, _LARGE):
        yield "KaTeX_Size2-Regular"


def drawn(html: str) -> tuple[Markup, str]:
    """A page with its formulas drawn, and the style sheet of their elements: a page may have no
    style attributes (`web/gate/middleware.py`). What KaTeX cannot read stays as it reads; what is
    not drawn here stays as it is, for a browser to draw."""
    classes: dict[str, str] = {}

    def styled(attributes: re.Match[str]) -> str:
        names, style = attributes.groups()
        name = classes.setdefault(style, f"f{len(classes)}")
        return f' class="{names} {name}"' if names else f' class="{name}"'

    def one(formula: re.Match[str]) -> str:
        return _STYLED.sub(styled, _drawn(*formula.groups()) or formula[0])

    page = Markup(_TO_DRAW.sub(one, html, count=_MOST))
    return page, "".join(f"{_SELECTED} .{name}{{{style}}}" for style, name in classes.items())


def drawn_piece(html: str) -> Markup:
    """A piece of a page, which comes later, with its formulas drawn. Styles of their elements are
    `data-style`: the script that shows it sets them (`static/js/formulas.js`)."""

    def one(formula: re.Match[str]) -> str:
        return (_drawn(*formula.groups()) or formula[0]).replace(' style="', ' data-style="')

    return Markup(_TO_DRAW.sub(one, html, count=_MOST))


def _drawn(tex: str, shown: str, mark: str) -> str | None:
    html = typesetter.draw(unescape(tex))
    if html is None:
        return None
    if not html:
        return _DRAWN.format(tex, shown, shown) + mark
    held = html.removesuffix(_LAST)
    if held == html:
        return _DRAWN.format(tex, shown, html) + mark
    return _DRAWN.format(tex, shown + mark, held + mark + _LAST)


def has_bold(html: str) -> bool:
    """Whether a page shows bold words of documents before anything on it is unfolded."""
    return _shows(html, _BOLD)


def _shows(html: str, wanted: re.Pattern[str]) -> bool:
    folds: list[bool] = []
    for tag in wanted.finditer(html):
        closing, attributes = tag.groups()
        if attributes is None:
            if not any(folds):
                return True
        elif closing:
            del folds[-1:]
        else:
            folds.append("open" not in attributes.split())
    return False


def typeset(text: str, shown_as: Callable[[str], Markup] = escape) -> Markup:
    """A text, escaped, with its formulas as elements; without markup it is `readable(text)`.
    `shown_as` says how what is between formulas looks.

    Names that only programs have, as `n_kv_heads`, are code. Numbers and their units, as `16-bit`
    and `70 %`, stay on one line.

    A single sign, as in `8$\\times$`, needs no typesetting: it is text. Where dollars pair in
    more than one way, as in `$O($N^2$)$`, `readable` knows which is meant: such a text is shown as
    it reads, and nothing in it is typeset.
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for start, after in math_spans(text):
        latex = text[start:after].strip("$")
        shown = plain_formula(latex)
        pieces += [("", readable(text[end:start])), ("" if _is_sign(shown) else latex, shown)]
        end = after
    pieces.append(("", readable(text[end:])))
    whole = readable(text)
    if "".join(shown for _, shown in pieces) != whole:
        return _with_code(whole, shown_as)
    return Markup("").join(
        _FORMULA.format(latex, shown) if latex else _with_code(shown, shown_as)
        for latex, shown in pieces
    )


def _with_code(text: str, shown_as: Callable[[str], Markup]) -> Markup:
    """A text without formulas."""
    # Every second piece is an identifier.
    pieces = enumerate(_IDENTIFIER.split(text))
    return Markup("").join(
        _CODE.format(shown_as(piece)) if number % 2 else _with_whole(shown_as(piece))
        for number, piece in pieces
    )


def _with_whole(html: Markup) -> Markup:
    """Text with links, whose numbers no line parts from their units."""
    # Every second piece is a tag.
    pieces = enumerate(_TAG.split(html))
    return Markup(
        "".join(
            piece if number % 2 else _WHOLE.sub(r'<span class="whole">\g<0></span>', piece)
            for number, piece in pieces
        )
    )


def _is_sign(shown: str) -> bool:
    """Whether a formula is one character that is no letter: `×`, `≈`, `→`."""
    return len(shown) == 1 and not shown.isalpha()
