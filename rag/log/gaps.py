"""What people asked in vain: the unanswered questions of a log, grouped by what they ask for.

Every question that was withheld or answered in part is asked again of the index at hand; what that
answers by now is left out, and what was said to the assistant itself is no question of it. The rest
is grouped in two steps that a reader can redo by hand:

1. Questions with the same missing name, however it is written, are one group.
2. Of the others, those of which every two are near enough to each other are one group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from entrywise.data.words import joined
from entrywise.index.progress import Progress, no_progress
from entrywise.rag.assistant import Assistant
from entrywise.rag.compose.shapes.abstention import is_aside
from entrywise.rag.judge.selection import least_near
from entrywise.rag.log.clustering import clustered
from entrywise.rag.log.questions import LoggedQuestion
from entrywise.rag.log.wishes import Wish
from entrywise.rag.understand.detail import topic

# The least cosine of any two questions of a group, for all-MiniLM-L6-v2. Of 34 wishes in three
# wordings each, many of them neighbours (`tests/wordings.jsonl`), 73 % of the pairs that it joins
# belong together, and 61 % of the pairs that do are joined; at 0.45 it is 67 and 64 %, at 0.55 80
# and 46 % (`tests/rag/log/test_gaps.py`; rounding in the encoder moves each by up to 5). A missed
# join is two lines in a report; a wrong one hides a wish, but its wordings are listed.
SAME = 0.475

# All pairs are compared: 5,000 questions take 1 s and 0.2 GB, twice as many four times that.
_MOST_COMPARED = 5_000

_NEAREST = 3
_OTHERS = 3
# Shorter names ("US") are ordinary words in lower case, and longer ones than four words are rare.
_NAME_LETTERS = 4
_NAME_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:[^\w\s]+[^\W_]+)*[+#]*")


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask for the same and are not answered.

    `count` is how often they were asked, `last_asked` when, in UTC (ISO 8601), `question` the
    wording that was used most, `others` up to three more. `missing` is the name that no entry
    owns, if that is what they share. `nearest` are ids of entries, best first; none where
    none is near. `wishes` is how many told the maintainers, and `comments` what they said, the
    newest first.
    """

    count: int
    last_asked: str
    question: str
    others: tuple[str, ...]
    missing: str | None
    nearest: tuple[str, ...]
    wishes: int = 0
    comments: tuple[str, ...] = ()

    def topic(self, language: str) -> str:
        """What is missing, in few words: of "what is a retnet?" "retnet".

        Args:
            language: that of the knowledge base, without its region.
        """
        return self.missing or topic(self.question, language) or self.question


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps, those that most wished for first, then those that were asked for most, then latest.

    `unanswered` is how many of the logged questions were not answered, or in part only;
    `answered_by_now` is how many of these the index answers today.
    """

    unanswered: int
    answered_by_now: int
    groups: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """One text that was asked: how often, when last, and what the index has on it today."""

    text: str
    count: int
    last_asked: str
    answered: bool
    unknown: tuple[str, ...]
    nearest: tuple[str, ...]
    comments: tuple[str, ...]
    """What each who wished for it said, the newest first; often nothing."""


def find_gaps(
    logged: Iterable[LoggedQuestion],
    assistant: Assistant,
    progress: Progress = no_progress,
    wishes: Iterable[Wish] = (),
) -> Gaps:
    """Group the questions of a log that its index does not answer.

    A question with two missing names counts for both. What was wished for is asked for, whether it
    is still in the log or not.
    """
    asked: dict[str, list[str]] = {}
    for question in logged:
        if question.status != "answered":
            asked.setdefault(question.completed, []).append(question.asked_at)
    wished: dict[str, list[str]] = {}
    in_log = asked.keys() | ()
    for wish in wishes:
        # Who wished for it had asked it.
        if wish.question not in in_log:
            asked.setdefault(wish.question, []).append(wish.wished_at)
        wished.setdefault(wish.question, []).insert(0, wish.comment)
    wordings = [*_asked_again(asked, wished, assistant, progress)]
    still = sorted((wording for wording in wordings if not wording.answered), key=_rank)
    named, rest = _by_name(still)
    groups = [_gap(group, name) for name, group in named.items()]
    groups += [_gap(group, None) for group in _by_meaning(rest, assistant)]
    groups.sort(key=lambda gap: gap.last_asked, reverse=True)
    groups.sort(key=lambda gap: (gap.wishes, gap.count), reverse=True)
    unanswered = sum(wording.count for wording in wordings)
    remaining = sum(wording.count for wording in still)
    return Gaps(unanswered, unanswered - remaining, tuple(groups))


def _asked_again(
    asked: Mapping[str, Sequence[str]],
    wished: Mapping[str, Sequence[str]],
    assistant: Assistant,
    progress: Progress,
) -> Iterator[_Wording]:
    progress(0, len(asked))
    least = least_near(assistant.index)
    for done, (text, times) in enumerate(asked.items(), start=1):
        answer = assistant.ask(text, llm=False)
        progress(done, len(asked))
        if any(map(is_aside, answer.parts)):
            continue
        near = (hit for hit in answer.retrieved[:_NEAREST] if hit.why["vectors"] >= least)
        yield _Wording(
            text=text,
            count=len(times),
            last_asked=max(times),
            answered=answer.status == "answered",
            unknown=answer.subjects.unknown,
            nearest=tuple(hit.entry for hit in near),
            comments=tuple(wished.get(text, ())),
        )


def _rank(wording: _Wording) -> tuple[int, int, str]:
    """The most frequent first, then the shortest: it has the least beside the point."""
    return -wording.count, len(wording.text), wording.text


def _by_name(wordings: Sequence[_Wording]) -> tuple[dict[str, list[_Wording]], list[_Wording]]:
    """{missing name: questions that have it}, and the questions that have none.

    A name in lower case looks like any word; it is known by the questions that write it as a name.
    """
    spellings: dict[str, Counter[str]] = {}
    for wording in wordings:
        for name in wording.unknown:
            spellings.setdefault(joined(name), Counter())[name] += wording.count
    groups: dict[str, list[_Wording]] = {key: [] for key in spellings}
    rest = []
    for wording in wordings:
        keys = {joined(name) for name in wording.unknown}
        keys = keys or _runs_of_words(wording.text) & groups.keys()
        for key in sorted(keys):
            groups[key].append(wording)
        if not keys:
            rest.append(wording)
    return {spellings[key].most_common(1)[0][0]: group for key, group in groups.items()}, rest


def _runs_of_words(text: str) -> set[str]:
    """The keys of all runs of up to four words that are long enough to be a name."""
    words = [joined(word) for word in _WORD.findall(text)]
    lengths = range(1, _NAME_WORDS + 1)
    runs = ("".join(words[at : at + length]) for at in range(len(words)) for length in lengths)
    return {run for run in runs if len(run) >= _NAME_LETTERS}


def _by_meaning(wordings: Sequence[_Wording], assistant: Assistant) -> list[list[_Wording]]:
    """Groups of which every two questions are near to each other (complete linkage).

    Those that were asked least stand alone where there are too many to be compared.
    """
    compared, alone = wordings[:_MOST_COMPARED], wordings[_MOST_COMPARED:]
    encoder = assistant.index.encoder
    vectors = [encoder.encode_query(wording.text).vector for wording in compared]
    groups: dict[int, list[_Wording]] = {}
    for label, wording in zip(clustered(vectors, SAME), compared, strict=True):
        groups.setdefault(label, []).append(wording)
    return [*groups.values(), *([wording] for wording in alone)]


def _gap(wordings: Sequence[_Wording], missing: str | None) -> Gap:
    """One group, from its wordings, the most frequent first."""
    first = wordings[0]
    different: dict[str, str] = {}
    for wording in wordings:
        different.setdefault(joined(wording.text), wording.text)
    return Gap(
        count=sum(wording.count for wording in wordings),
        last_asked=max(wording.last_asked for wording in wordings),
        question=first.text,
        others=tuple(different.values())[1 : _OTHERS + 1],
        missing=missing,
        nearest=first.nearest,
        wishes=sum(len(wording.comments) for wording in wordings),
        comments=tuple(one for wording in wordings for one in wording.comments if one),
    )
