"""What a pronoun stands for: something of its own question, or what was spoken of before.

how much memory does it need?                       what was spoken of before
what is GraphRAG, and when would I use it?          GraphRAG
why does Muon orthogonalise a matrix of its own?    Muon
"""

from __future__ import annotations

import re

from entrywise.data.languages import DEFAULT
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.follow_up.phrases import Phrases

_OF_A_QUESTION = 2
"""Keywords that may stand before a pronoun for what was spoken of before: "which models use it"."""


def has_antecedent(before: str, phrases: Phrases, language: str = DEFAULT) -> bool:
    """Whether what stands before a pronoun in its question says enough to be what that stands for:
    a clause with a keyword, or more than two keywords.

    Args:
        language: that of the knowledge base, without its region.

    >>> from entrywise.rag.understand.follow_up.phrases import ENGLISH
    >>> has_antecedent("what is GraphRAG, and when would I use ", ENGLISH)
    True
    >>> has_antecedent("how much memory does ", ENGLISH)
    False
    """
    words = [*keywords(before, None, language)]
    clauses = [*re.finditer(rf"(?:[,.;:?!–]|\band|\bund)\s+(?:{phrases.asks})", before, re.I)]
    in_clause = bool(clauses and words) and words[0].end() <= clauses[-1].start()
    return in_clause or len(words) > _OF_A_QUESTION
