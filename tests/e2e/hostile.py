"""A knowledge base in which every field tries to be more than text."""

from __future__ import annotations

from entrywise.data.entries import Category, Entry, KnowledgeBase, Paper, Resource, Section
from entrywise.data.identity import Identity

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 1234 * 4321 }} {% raw %} <b>b</b>"
)

CALCULATED = "5332114"
"""What a template would make of it, were it one."""

# Formulas that no typesetter can read, one that asks for a link, and dollars that do not pair.
BROKEN = r"$\frac{1}{$ and $\unknown{x}$ and $\href{javascript:alert(3)}{x}$ and $}{$ and 5$"

SCRIPT_LINK = "javascript:alert(4)"

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(6)">
<script>alert(7)</script><image href="https://elsewhere.example/x.png"/>
<a href="javascript:alert(8)"><rect width="9" height="9" style="fill: rgb(1, 2, 3)"/></a>
</svg>"""


def hostile_knowledge_base() -> KnowledgeBase:
    """Two entries, so that they can be compared; their ids need quoting in an address."""
    names = ("Zorbital", "Quuxform")
    ids = tuple(f"{name.lower()}/a b?#<i>" for name in names)
    entries = tuple(_entry(entry_id, name, ids) for entry_id, name in zip(ids, names, strict=True))
    return KnowledgeBase(entries, (Category("<u>kinds", f"Kinds {MARKUP}", 0),), _identity())


def _identity() -> Identity:
    """As no reader lets it through: an index may be another's."""
    return Identity(
        title=f"All {MARKUP}",
        description=MARKUP,
        tagline=MARKUP,
        examples=(MARKUP,),
        contact=SCRIPT_LINK,
        base_url=SCRIPT_LINK,
        language=f'"{MARKUP}',
    )


def _entry(entry_id: str, name: str, ids: tuple[str, ...]) -> Entry:
    return Entry(
        id=entry_id,
        name=f"{name} {MARKUP}",
        expansion=f"{name} {MARKUP}",
        category="<u>kinds",
        sections=(
            Section("oneliner", f"A {name} is a device that reads {MARKUP}."),
            Section("explanation", f"The {name} works with {BROKEN}. It stores {MARKUP} too."),
            Section(f"section {MARKUP}", f"{MARKUP} is what the {name} costs."),
            Section("cost", f"The {name} takes $O($N^2$)$ steps for {MARKUP}."),
        ),
        aliases=(name, f"the {name} {MARKUP}"),
        questions=(f"what is a {name} {MARKUP}",),
        related=ids,
        seen_in=(MARKUP,),
        papers=(Paper(MARKUP, MARKUP, MARKUP, '"><script>alert(5)</script>'),),
        sources=(SCRIPT_LINK, MARKUP),
        resources=(Resource("Home", SCRIPT_LINK), Resource(MARKUP, "data:text/html,<script>")),
        confidence=MARKUP,
        verified_date=MARKUP,
        url=SCRIPT_LINK,
    )
