"""The files of texts, one for each language, as their tests read them."""

from __future__ import annotations

import tomllib
from pathlib import Path


def flat(folder: Path, language: str) -> dict[str, list[str]]:
    """{group.name: texts} of a language; two texts are for one of something and for several."""
    groups = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
    return {
        f"{group}.{name}": [text] if isinstance(text, str) else text
        for group, texts in groups.items()
        for name, text in texts.items()
    }
