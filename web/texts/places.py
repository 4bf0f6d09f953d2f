"""What the place of a quote is called."""

from __future__ import annotations

from entrywise.rag.answer import Citation


def section_name(name: str) -> str:
    """The name of a section as a heading.

    >>> section_name("oneliner"), section_name("training-details")
    ('In one line', 'Training details')
    """
    return "In one line" if name == "oneliner" else name.replace("-", " ").capitalize()


def place(citation: Citation) -> str:
    """The section of a citation in words: of a document the headings above it."""
    if citation.is_markdown:
        return citation.heading or "Introduction"
    return section_name(citation.section)
