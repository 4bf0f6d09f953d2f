"""Whether a claim puts a name or a number of the quotes where they have another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from entrywise.rag.llm.checks.clauses import Clause

# Chosen on the dev claims, of which these cost one supported claim; of 16 misplaced names and
# numbers in `claims.fresh.jsonl` they catch six. A margin of 1 costs one more.
_MARGIN = 2
_LISTED = 2


def misplacement(
    claim: Sequence[Clause],
    quotes: Sequence[Clause],
    *,
    names: Collection[str],
    titles: Collection[str],
) -> tuple[str, str] | None:
    """A thing of the claim, and the one in its place in the quotes: some clause of theirs has more
    of the claim's clause than any that the thing stands in, and another name or number instead.

    "Laymen score 65 percent on it", where the quotes say "laymen score only 34 percent on it, while
    experts reach 65 percent".

    Args:
        names: the things that claim and quotes write as names.
        titles: those in the names of the quoted entries: whatever the quotes say, they say of them.
    """
    given = list(_with_lists(quotes, names))
    said = {thing for clause in claim for thing in clause.things}
    for clause in claim:
        about = frozenset(clause.things)
        for thing in about - {*titles}:
            is_number = _is_number(thing)
            own = [len(about & there) - 1 for there in given if thing in there]
            if not own or not (is_number or thing in names):
                continue
            for there in given:
                if thing not in there and len(about & there) >= max(own) + _MARGIN:
                    rivals = [other for other in there - said if _is_number(other) == is_number]
                    if rival := next((r for r in rivals if is_number or r in names), None):
                        return thing, rival
    return None


def _with_lists(quotes: Sequence[Clause], names: Collection[str]) -> Iterator[frozenset[str]]:
    """The things of each clause. One or two names or numbers that a comma or "and" cuts off belong
    to the clause before."""
    things: frozenset[str] = frozenset()
    sentence = -1
    for clause in quotes:
        goes_on = (
            clause.sentence == sentence
            and len(clause.things) <= _LISTED
            and all(_is_number(thing) or thing in names for thing in clause.things)
        )
        if things and not goes_on:
            yield things
        things = things.union(clause.things) if goes_on else frozenset(clause.things)
        sentence = clause.sentence
    if things:
        yield things


def _is_number(thing: str) -> bool:
    return thing[0].isdigit()
