"""The accent of a knowledge base as colours of its pages, readable on light and on dark paper.

    accent ─ darker, until it can be read on light paper ─▶ accent, tint   light
           └ lighter, until it can be read on dark paper ─▶ accent, tint   dark

Colours are texts as `#rrggbb`. Contrast is that of WCAG 2.2: https://www.w3.org/TR/WCAG22/
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass

READABLE = 4.5
"""The contrast of text with what it stands on, at least (WCAG 2.2, 1.4.3)."""

# What stands below text, and so below the accent: --paper, --raised and --sunk of base.css.
LIGHT_PAPERS = ("#fbfaf7", "#ffffff", "#f2f0e9")
DARK_PAPERS = ("#14171a", "#1c2024", "#22272b")

# How much of the accent is in its tint: as much as of the own accent in base.css.
_LIGHT_SHARE = 0.11
_DARK_SHARE = 0.15

_STEPS = 255


@dataclass(frozen=True, slots=True)
class Scheme:
    """An accent, what is written on it, and its tint, on which it can be read as well."""

    accent: str
    on_accent: str
    tint: str


def light_scheme(accent: str) -> Scheme:
    """The colours on light paper, of an accent as `#rrggbb` or `#rgb`."""
    found = readable(accent, LIGHT_PAPERS, _LIGHT_SHARE)
    return Scheme(found, "#ffffff", mixed(found, LIGHT_PAPERS[0], _LIGHT_SHARE))


def dark_scheme(accent: str) -> Scheme:
    """The colours on dark paper, of an accent as `#rrggbb` or `#rgb`."""
    found = readable(accent, DARK_PAPERS, _DARK_SHARE)
    return Scheme(found, DARK_PAPERS[0], mixed(found, DARK_PAPERS[0], _DARK_SHARE))


def readable(colour: str, papers: Sequence[str], share: float = 0.0) -> str:
    """A colour, as little darker or lighter as it takes to read it on all of some papers, and on
    the first of them tinted with so much of it.

    >>> readable("#0a6847", LIGHT_PAPERS), readable("#0a6847", DARK_PAPERS)
    ('#0a6847', '#0fa16e')
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    end, last = (0.0, "#000000") if luminance(papers[0]) > 0.5 else (1.0, "#ffffff")
    levels = (lightness + (end - lightness) * step / _STEPS for step in range(_STEPS))
    colours = (_written(colorsys.hls_to_rgb(hue, level, saturation)) for level in levels)
    return next((one for one in colours if _is_readable(one, papers, share)), last)


def _is_readable(colour: str, papers: Sequence[str], share: float) -> bool:
    below = (*papers, mixed(colour, papers[0], share))
    return min(contrast(colour, one) for one in below) >= READABLE


def contrast(one: str, other: str) -> float:
    """How well two colours are told apart, from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1."""
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, paper: str, share: float) -> str:
    """A paper with so much of a colour in it, from 0 to 1.

    >>> mixed("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    red, green, blue = (share * ink + (1 - share) * below for ink, below in pairs)
    return _written((red, green, blue))


def _channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)


def _linear(channel: float) -> float:
    """A channel of sRGB in linear light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
