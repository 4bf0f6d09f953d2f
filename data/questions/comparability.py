"""Whether two entries set side by side say something of the same.

two terms                                         yes: each is told what it is
Leek soup (Ingredients, Method, Storing) and
Pea soup (Ingredients, Method)                    yes: most headings are the same
Kettle 1 (Price, Volume) and Kettle 2 (Price, …)  yes: a table says the same of both
"How do I return it?" and "Where is the shop?"    no: either is answered by itself
two pages of a paragraph                          no: nothing tells that they are of one kind
"""

from __future__ import annotations

from entrywise.data.entries import DETAILS, Entry
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.questions.examples import headed


def are_comparable(one: Entry, other: Entry) -> bool:
    """Whether two entries set side by side say something of the same: terms do, and documents where
    at least half of the headings and fields of the one that has fewer, and several, are the
    other's, too, as of pages of a reference, recipes, or rows of a table. One heading in common, as
    "Next steps", says nothing of what they are about. What is called by a question is not compared.
    """
    if one.name.endswith(QUESTION_MARKS) or other.name.endswith(QUESTION_MARKS):
        return False
    if not (one.is_document or other.is_document):
        return True
    ours, theirs = _told(one), _told(other)
    shared = len(ours & theirs)
    return shared > 1 and 2 * shared >= min(len(ours), len(theirs))


def fields(entry: Entry) -> dict[str, str]:
    """What a table, or the properties of a page, say of an entry beside its text, by their names.

    >>> from entrywise.data.entries import Section
    >>> fields(Entry("1", "Kettle", "c", (Section(DETAILS, "Price: 12.99; Colour: red; blue"),)))
    {'Price': '12.99', 'Colour': 'red; blue'}
    """
    found: dict[str, str] = {}
    name = ""
    for section in entry.sections:
        if section.name != DETAILS or section.path:
            continue
        for paragraph in [one.plain for one in section.blocks] or section.text.split("\n\n"):
            for piece in paragraph.split("; "):
                label, colon, value = piece.partition(": ")
                if colon:
                    name = label
                    found[name] = value
                else:
                    found[name] = f"{found[name]}; {piece}" if name in found else piece
    return found


def _told(entry: Entry) -> set[str]:
    return {section.name for section in headed(entry)} | {f"{name}:" for name in fields(entry)}
