"""The pages that are looked at as a whole: by the checks, and by those who make the pictures."""

from __future__ import annotations

from typing import Literal

PAGES = {
    "home": "/",
    "definition": "/?q=what+is+GQA%3F",
    "comparison": "/?q=difference+between+GQA+and+MLA",
    "model-name": "/?q=Mistral-7B-Instruct-v0.2.Q4_K_M.gguf",
    "formulas": "/?q=how+much+memory+does+the+KV+cache+need%3F",
    "abstention": "/?q=what+is+DeBERTa",
    "conversation": "/?q=and+MLA%3F&history=what+is+GQA%3F",
    "entry": "/entry/gqa",
    "browse": "/browse",
    "compare": "/compare",
    "compared": "/compare?a=gqa&b=mla&c=mqa",
    "map": "/map",
    "map-lit": "/map?view=meaning&lit=gqa,mla",
    "api": "/docs",
}
"""Names, and paths with the shipped glossary."""

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")
