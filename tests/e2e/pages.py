"""The pages that are looked at as a whole: by the checks, and by those who make the pictures."""

from __future__ import annotations

from typing import Literal

PAGES = {
    "home": "/",
    "definition": "/?q=what+is+GQA%3F",
    "comparison": "/?q=difference+between+GQA+and+MLA",
    "model-name": "/?q=Mistral-7B-Instruct-v0.2.Q4_K_M.gguf",
    "further": "/?q=how+can+you+increase+the+context+length+of+an+LLM%3F",
    "formulas": "/?q=what+is+the+formula+of+perplexity%3F",
    "list": "/?q=which+quantization+formats+are+there%3F",
    "abstention": "/?q=how+does+RLOO+align+a+model%3F",
    "far-off": "/?q=best+pizza+in+Rome",
    "conversation": "/?q=and+MLA%3F&history=what+is+GQA%3F",
    "entry": "/entry/gqa",
    "browse": "/browse",
    "browse-none": "/browse?q=zebra",
    "compare": "/compare",
    "compare-wrong": "/compare?a=gqa&b=gropued+query",
    "compared": "/compare?a=gqa&b=mla&c=mqa",
    "map": "/map",
    "map-lit": "/map?view=meaning&lit=gqa,mla",
    "api": "/docs",
    "unreachable": "/unreachable",
}
"""Names, and paths with the shipped glossary."""

REFUSALS = {
    "unknown-entry": "/entry/nothing",
    "unknown-address": "/nowhere",
    "no-question": "/?q=%E2%80%8B&history=what+is+GQA%3F",
}
"""Pages that say what is wrong with their address. The browser logs the status of each."""

HANDBOOK = {
    "home": "/",
    "answer": "/?q=how+much+vacation+do+we+get%3F",
    "table": "/?q=what+do+I+get+for+a+hotel%3F",
    "abstention": "/?q=who+won+the+world+cup%3F",
    "entry": "/entry/time-away/holiday",
    "browse": "/browse",
    "map": "/map",
}
"""Names, and paths with the handbook of `tests/documents`."""

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")
