"""The journey of a written answer: sentences as they come, each checked, or the quotes instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property, partial
from time import monotonic

from entrywise.data.errors import BackendError
from entrywise.index.index import Index
from entrywise.rag.answer import Part, Usage, Writing
from entrywise.rag.compose.composition import compose, name_what_is_missing
from entrywise.rag.compose.draft import Draft
from entrywise.rag.domains.base import Domain
from entrywise.rag.judge.evidence import Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.llm.attribution import Attribution
from entrywise.rag.llm.backends.base import Backend, too_slow
from entrywise.rag.llm.backends.registry import open_backend
from entrywise.rag.llm.checks.units import EVERYDAY, Units
from entrywise.rag.llm.checks.verifier import Checker
from entrywise.rag.llm.claims import Claim, claims
from entrywise.rag.llm.passages import passages
from entrywise.rag.llm.prompt import MOST_SENTENCES, NO_ANSWER, messages
from entrywise.rag.settings import Settings

# A model that writes the same for the third time writes nothing else.
_A_LOOP = 3

CHECKED = "checked"
"""The aspect of the part that says how many sentences were checked."""
FALLBACK = "fallback"
"""The aspect of the part that says why quotes are given instead."""


@dataclass(frozen=True, eq=False)
class Writer:
    """Lets an LLM write answers on what was found in one index. Safe to share between threads."""

    backend: Backend
    index: Index
    seconds: float
    """The time that the backend has for one answer."""
    units: Units = EVERYDAY
    """Those that texts of the index name."""
    mark: bool = False
    """Keep the sentences that their quotes do not support, marked, instead of dropping them."""
    required: bool = False
    """Raise an error where quotes would be given instead."""

    @classmethod
    def of(
        cls, settings: Settings, index: Index, domain: Domain, *, required: bool = False
    ) -> Writer | None:
        """The writer that the settings ask for, or None.

        Raises:
            BackendError: a package that it needs is missing.
        """
        if not settings.llm:
            return None
        return cls(
            open_backend(settings.llm, settings),
            index,
            seconds=settings.llm_timeout,
            units=Units(domain.units),
            mark=settings.llm_unsupported == "mark",
            required=required,
        )

    def over(self, index: Index, domain: Domain) -> Writer:
        """A writer with the same backend for another index; close one of the two."""
        return replace(self, index=index, units=Units(domain.units))

    @cached_property
    def checker(self) -> Checker:
        """Checks what is written."""
        return Checker(self.index, self.units)

    def reply(self, findings: Findings, evidence: Evidence, quotes: Draft) -> Reply:
        """A reply on what was found; `quotes` are given where it fails."""
        return Reply(self, findings, evidence, quotes)

    def explanation(self, findings: Findings, evidence: Evidence, quotes: Draft) -> Iterator[str]:
        """Line by line, what is sent for a question."""
        yield f"sent to {self.backend.name}, and nothing else:"
        given = passages(findings, evidence, quotes)
        for message in messages(findings.question.text, given, evidence.entries):
            yield from (f"  {message['role']}: {line}" for line in message["content"].splitlines())

    def close(self) -> None:
        """Release what the backend holds."""
        self.backend.close()


class Reply:
    """One reply, while it is written."""

    def __init__(
        self, writer: Writer, findings: Findings, evidence: Evidence, quotes: Draft
    ) -> None:
        self._writer = writer
        self._findings = findings
        self._evidence = evidence
        self._quotes = quotes
        self._passages = passages(findings, evidence, quotes)
        self._attribution = Attribution(writer.checker, self._passages)
        self.draft = Draft(evidence.entries, language=evidence.language)
        """What is written so far, or the quotes in its place."""
        self.record = Writing(writer.backend.name)
        """What became of the sentences so far."""
        # Alone they are no answer, so marked sentences wait for one that holds.
        self._waiting: list[tuple[Claim, Sequence[Sentence]]] = []

    def parts(self) -> Generator[Part | None, None, None]:
        """Each part when it is there, and None while the LLM keeps it waiting; closing the
        generator breaks the reply off.

        Raises:
            BackendError: the writer is required, and wrote nothing that holds, or broke off.
        """
        try:
            yield from self._written()
        except BackendError as error:
            if self._writer.required:
                raise
            yield from self._fall_back(str(error))

    def _written(self) -> Iterator[Part | None]:
        """What is written, then what the quotes say is missing, and how the check went."""
        if not self._passages:
            raise BackendError("there is no sentence that an LLM may write from")
        seen: Counter[str] = Counter()
        with closing(claims(self._pieces())) as made:
            for claim in made:
                if claim is None:
                    yield None
                    continue
                seen[claim.text] += 1
                if seen[claim.text] == 1:
                    yield from self._take(claim)
                if len(seen) == MOST_SENTENCES or seen[claim.text] == _A_LOOP:
                    break
        if not self.record.supported:
            raise BackendError(self._nothing_holds())
        yield from self._missing()
        yield self._add(Part("notice", self._checked(), aspect=CHECKED))

    def _fall_back(self, why: str) -> Iterator[Part]:
        """The reason, and the quotes; behind what was written already, if anything was."""
        self.record = replace(self.record, fallback=why)
        what = "The rest is quoted" if self.draft.parts else "Quoted instead of written"
        yield self._add(Part("notice", f"{what}: {why}.", aspect=FALLBACK))
        said = len(self.draft.citations)
        quotes = compose(self._findings, self._evidence, said + 1) if said else self._quotes
        self.draft.citations += quotes.citations
        for part in quotes.parts:
            yield self._add(part)

    def _pieces(self) -> Iterator[str]:
        """The pieces of the reply, which has its time."""
        writer = self._writer
        asked = messages(self._findings.question.text, self._passages, self._evidence.entries)
        until = monotonic() + writer.seconds
        with closing(writer.backend.stream(asked, seconds=writer.seconds)) as pieces:
            for piece in pieces:
                if isinstance(piece, Usage):
                    self.record = replace(self.record, usage=piece)
                elif monotonic() > until:
                    raise too_slow(writer.backend.name, writer.seconds)
                else:
                    yield piece

    def _take(self, claim: Claim) -> Iterator[Part]:
        """Check a claim, and add it if it is kept."""
        if claim.text.strip(" .!") == NO_ANSWER:
            raise BackendError(f"{self.record.model} finds no answer in the quotes")
        invalid = [number for number in claim.cited if not 0 < number <= len(self._passages)]
        given = [self._passages[number - 1] for number in claim.cited if number not in invalid]
        attempts = [given] if given else self._attribution.attempts(claim.text)
        cited = self._support(claim, attempts, cited=bool(given))
        self._attribution.heard(claim.text, [quote.entry for quote in cited])
        holds = bool(cited)
        self.record = replace(
            self.record,
            sentences=self.record.sentences + 1,
            supported=self.record.supported + holds,
            invalid_citations=self.record.invalid_citations + len(invalid),
        )
        if holds or self._writer.mark:
            self._waiting.append((claim, cited))
        if self.record.supported:
            yield from self._release()

    def _support(
        self, claim: Claim, attempts: Sequence[Sequence[Sentence]], *, cited: bool
    ) -> Sequence[Sentence]:
        """The first of some sets of quotes that supports a claim; nothing if none does."""
        check = partial(
            self._writer.checker.fault,
            claim.text,
            cited=cited,
            written=claim.written,
            subjects=self._findings.question.subjects,
        )
        return next((quotes for quotes in attempts if check(quotes) is None), ())

    def _release(self) -> Iterator[Part]:
        for claim, cited in self._waiting:
            self.draft.write(claim.text, cited, supported=bool(cited))
            yield self.draft.parts[-1]
        self._waiting.clear()

    def _missing(self) -> Iterator[Part]:
        """What the quotes say is missing; names without a column, too, since there are none."""
        said = len(self.draft.parts)
        name_what_is_missing(self._findings.question, self.draft)
        yield from self.draft.parts[said:]
        for part in self._quotes.parts:
            if part.kind == "notice" and part not in self.draft.parts:
                yield self._add(part)

    def _add(self, part: Part) -> Part:
        self.draft.parts.append(part)
        return part

    def _nothing_holds(self) -> str:
        model = self.record.model
        if not self.record.sentences:
            return f"{model} wrote nothing"
        return f"no sentence that {model} wrote is supported by the quotes"

    def _checked(self) -> str:
        record = self.record
        fell = "marked" if self._writer.mark else "dropped"
        rest = f", {record.unsupported} {fell}" if record.unsupported else ""
        removed = record.invalid_citations
        gone = f"; {removed} of its citations led nowhere" if removed else ""
        return (
            f"Written by {record.model}; {_counted(record.sentences)} checked against the quotes: "
            f"{record.supported} supported{rest}{gone}.{_cost(record.usage)}"
        )


def _cost(usage: Usage | None) -> str:
    """What the server reported, as a sentence."""
    if usage is None:
        return ""
    cost = "" if usage.cost is None else f", at a cost of {usage.cost:.4g}"
    return f" {usage.prompt_tokens:,} tokens read and {usage.completion_tokens:,} written{cost}."


def _counted(sentences: int) -> str:
    return f"{sentences} sentence{'s' if sentences > 1 else ''}"
