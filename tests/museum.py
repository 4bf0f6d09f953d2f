"""A few documents on a museum, one of them hostile."""

from __future__ import annotations

from dataclasses import replace

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.data.identity import Identity

VISIT = """# Visiting the museum

The museum is open *every day* but Monday.

## Tickets

| Visitor | Price |
|---|---|
| Adult | 12 EUR |
| Child | 4 EUR |

### Booking a guided tour

Book a guided tour of the museum so:

1. Choose a day in the [calendar](rooms/index.md#opening-hours).
2. Write to <tours@museum.example>, see [the rules](https://museum.example/rules).
3. Run `tour --book` on the [terminal](#nowhere) in the hall:

    ```console
    $ tour --book <day>
    ```

!!! note "Groups"

    Groups of *more than ten* need two guides.

## Food

### The café

It is closed in [winter](rooms/missing.md).

### The kiosk

It sells water ![a bottle](bottle.png).
"""

ROOMS = """# Rooms

## Opening hours

Rooms of the museum open at nine, see [visiting](../visit.md) and [food](/visit#the-kiosk).
"""

HOSTILE = """# <script>alert(1)</script>

A zorbital is <script>alert(2)</script> {{ 7 * 7 }} [a link](javascript:alert(3)).

## <img src=x onerror=alert(4)>

- ![an image](http://evil.example/x.png)
- [another](//evil.example) <b onclick="alert(5)">word</b>

| <script>alert(6)</script> | "><svg onload=alert(7)> |
|---|---|
| `</code><script>alert(8)</script>` | x |

```"><script>
</code></pre><script>alert(9)</script>
"""


def _document(entry_id: str, text: str) -> Entry:
    """A document as a reader gives it."""
    page = read_page(text)
    return Entry(entry_id, page.title, "museum", page.sections)


def museum_knowledge_base() -> KnowledgeBase:
    """The documents, as readers give them."""
    texts = {"visit": VISIT, "rooms/index": ROOMS, "hostile": HOSTILE}
    first, *others = (_document(entry_id, text) for entry_id, text in texts.items())
    entries = (replace(first, edit_url="https://museum.example/edit/visit.md"), *others)
    return KnowledgeBase(entries, (Category("museum", "Museum", 0),), Identity(title="A museum"))
