"""Follow-ups: a question that leans on the ones before it is completed from them.

    what is GQA?           and MLA?                     what is MLA?
    what is GQA?           how does it compare to MQA?  how does GQA compare to MQA?
    what is LoRA?          tell me more                 what was not shown yet
    what is LoRA?          2                            the second of the suggestions

A question that names its subject and has no pronoun before it stands on its own. What earlier
answers showed is looked up where it is needed only: for "tell me more", for a number, for the
subject of a question that names none, and for a short question about documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrywise.index.index import Index
from entrywise.rag.domains.base import Domain
from entrywise.rag.understand.follow_up.documents import OnDocuments
from entrywise.rag.understand.follow_up.german import GERMAN
from entrywise.rag.understand.follow_up.phrases import ENGLISH, OTHERS, Phrases
from entrywise.rag.understand.follow_up.subjects import Subjects
from entrywise.rag.understand.follow_up.terms import OnTerms
from entrywise.rag.understand.follow_up.values import Earlier, Reading, State, forgotten

# Of an earlier question so many characters are read for its names: fifty long ones would take as
# long as fifty answers.
_READ_OF_EARLIER = 1_000
_PHRASES: Mapping[str, Phrases] = {"en": ENGLISH, "de": GERMAN}
_ALONE = 2
"""Questions that stand on their own, from the last one back, from which on a conversation is read:
"compare them" leans on two."""


def resolve(
    question: str,
    history: Sequence[str],
    index: Index,
    domain: Domain,
    earlier: Earlier = forgotten,
) -> Reading:
    """How a question is read.

    Args:
        history: the questions before it as they were asked, oldest first.
        earlier: tells what the answers to them showed.
    """
    if not history:
        return Reading.of(question)
    phrases = _PHRASES.get(index.language, OTHERS)
    reader: OnTerms | OnDocuments
    if index.holds_documents:
        reader = OnDocuments(phrases, index, earlier)
    else:
        reader = OnTerms(Subjects(index, domain), earlier, phrases)
    asked = [one[:_READ_OF_EARLIER] for one in history]
    state = State()
    for one in asked[_beginning(asked, reader) :]:
        state = reader.read(one, state)[1]
    return reader.read(question, state)[0]


def _beginning(asked: Sequence[str], reader: OnTerms | OnDocuments) -> int:
    """The first question that the next one may lean on, so that a long conversation costs no more
    than a short one."""
    left = _ALONE
    for place in range(len(asked) - 1, 0, -1):
        left -= reader.stands_alone(asked[place])
        if not left:
            return place
    return 0
