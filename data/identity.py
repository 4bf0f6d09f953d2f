"""The identity of a knowledge base: what it is called, and how it presents itself.

It is read from `entrywise.toml` when an index is built (`readers/identity.py`), and kept in the
index.
"""

from __future__ import annotations

from dataclasses import dataclass

UNTITLED = "knowledge base"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a knowledge base says of itself; what is not said is empty.

    `accent` is a colour as `#rrggbb`; `logo` is the path of a picture, from the folder of the file;
    `examples` are questions to begin with; `contact` is an address for people, of the web or of
    e-mail; `base_url` is where its pages are on the web, `edit_url` where its files can be changed;
    `language` is a tag as `en`, told
    from its texts when an index is built where it is empty; `domain` is
    the name of its domain (`rag/domains`); `include` and `exclude` are patterns of paths in a
    folder, e.g. `guides/**`; `details` are names of sections that hold technical notes.
    """

    title: str = UNTITLED
    description: str = ""
    tagline: str = ""
    logo: str = ""
    accent: str = ""
    examples: tuple[str, ...] = ()
    contact: str = ""
    base_url: str = ""
    edit_url: str = ""
    language: str = ""
    domain: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


ANONYMOUS = Identity()
"""The identity of a knowledge base that has no `entrywise.toml`."""
