"""The tools for agents: questions, search, entries, comparisons, and compound names where the
domain has such.

Every tool reads and none changes anything. `search` and `fetch` have the shape that connectors
expect (a list of documents by id, and one document); the others say more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Protocol

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from entrywise.data.entries import Entry
from entrywise.data.errors import EntrywiseError
from entrywise.rag.answer import Citation
from entrywise.rag.domains.base import Decoder
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.escape import one_line
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.marked_text import MarkedText
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.web.mcp.arguments import StrictTool
from entrywise.web.mcp.results import (
    AskResult,
    ConnectorHit,
    ConnectorHits,
    DecodeResult,
    Document,
    FoundEntry,
    NamePart,
    SearchResult,
    Source,
)
from entrywise.web.mcp.wording import article, tool_description, tool_name
from entrywise.web.pages.parts import strip
from entrywise.web.schemas.base import Body
from entrywise.web.schemas.bodies import LONGEST_HISTORY, MOST_HITS
from entrywise.web.schemas.entries import EntryBody, entry_record
from entrywise.web.schemas.sample import filled
from entrywise.web.served.api_sample import sample_of
from entrywise.web.served.markdown import entry_markdown
from entrywise.web.served.served import Served

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_SIDES = 4
_CONNECTOR_HITS = 10
_HINTS = 3

Question = Annotated[str, Field(description="A question in plain words.")]
Named = Annotated[str, Field(description="The id of an entry, or one of its names.")]
Query = Annotated[str, Field(description="What to look for.")]


class Links(Protocol):
    """The addresses at which agents and their readers find what is cited."""

    def entry(self, entry_id: str) -> str:
        """The address of an entry."""
        ...

    def quote(self, citation: Citation) -> str:
        """The address of a quote where it stands."""
        ...


class Tools:
    """The tools over what is served."""

    def __init__(self, served: Served, links: Links) -> None:
        self._served = served
        self._links = links

    def listed(self) -> list[Tool]:
        """The tools that are offered, with examples of what is served."""
        sample = sample_of(self._served)
        tools = list(self._tools())
        for tool in tools:
            described = tool.fn_metadata
            described.output_schema = filled(described.output_schema, sample)
        return tools

    def _tools(self) -> Iterator[Tool]:
        yield _tool(self.ask_question, "Ask a question")
        yield _tool(self.search_entries, "Search entries")
        yield _tool(self.get_entry, "Read an entry")
        yield _tool(self.compare_entries, "Compare entries")
        if decoder := self._served.assistant.domain.decoder:
            yield self._decoding(decoder)
        yield _tool(self.search, "Search")
        yield _tool(self.fetch, "Fetch")

    def ask_question(
        self,
        question: Question,
        history: Annotated[
            list[str],
            Field(
                max_length=LONGEST_HISTORY,
                description="The questions asked before in this conversation, oldest first.",
            ),
        ] = [],  # noqa: B006 (read only; its schema says what it is)
    ) -> Annotated[CallToolResult, AskResult]:
        """Answer a question with verbatim, cited quotes from the knowledge base.

        Says so when the knowledge base does not hold the answer. Cite the quotes by their marks.
        """
        return self._asked(question, history)

    def search_entries(
        self,
        query: Query,
        limit: Annotated[int, Field(ge=1, le=MOST_HITS, description="How many at most.")] = 10,
    ) -> Annotated[CallToolResult, SearchResult]:
        """The entries that fit a query, best first, each with what it is in one line."""
        found = [self._found(entry, score) for entry, score in self._search(query, limit)]
        lines = (f"- {one.title} ({one.entry}): {one.oneliner}" for one in found)
        text = safe_markdown("\n".join(map(one_line, lines)))
        return _result(SearchResult(entries=found), text or "No entry fits.")

    def get_entry(self, entry: Named) -> Annotated[CallToolResult, EntryBody]:
        """An entry with all its text and fields."""
        found = self._entry(entry)
        body = EntryBody.model_validate_json(json.dumps(entry_record(found)))
        return _result(body, self.markdown(found))

    def compare_entries(
        self,
        entries: Annotated[
            list[str],
            Field(min_length=2, max_length=_SIDES, description="Their ids or names, two to four."),
        ],
    ) -> Annotated[CallToolResult, AskResult]:
        """Two to four entries side by side: a table of quotes, aspect by aspect."""
        found = {entry.id: entry for entry in map(self._entry, entries)}
        if len(found) < 2:
            raise ToolError(f"all of these name {next(iter(found))!r}; give two entries or more")
        names = list(map(self._served.own_name, found.values()))
        return self._asked(f"difference between {', '.join(names[:-1])} and {names[-1]}")

    def _decoding(self, decoder: Decoder) -> Tool:
        """The tool that takes the names of the subject apart, called as the subject calls them."""

        def decode(name: str) -> Annotated[CallToolResult, DecodeResult]:
            return self._decoded(name, decoder)

        tool = _tool(decode, f"Take {article(decoder.noun)} apart", tool_name(decoder))
        tool.description = tool_description(decoder)
        tool.parameters["properties"]["name"]["description"] = f"E.g. {decoder.example}"
        return tool

    def _decoded(self, name: str, decoder: Decoder) -> CallToolResult:
        answer = self._answer(name)
        tables = [part for part in answer.parts if part.kind == "table" and not any(part.columns)]
        parts = [
            NamePart(
                text=piece.text,
                kind=piece.kind,
                meaning=piece.citation.quote if piece.citation else None,
                entry=piece.citation.entry if piece.citation else None,
            )
            for table in tables[:1]
            for piece in strip(answer, table, decoder)
        ]
        if not parts:
            such = f"{article(decoder.noun)} such as {decoder.example}"
            raise ToolError(f"{name!r} cannot be taken apart; give {such}")
        result = DecodeResult(parts=parts, sources=self._sources(answer.citations))
        return _result(result, self._text(answer))

    def search(self, query: Query) -> Annotated[CallToolResult, ConnectorHits]:
        """Documents that fit a query, by id; `fetch` reads one."""
        hits = [
            ConnectorHit(id=entry.id, title=entry.name, url=self._links.entry(entry.id))
            for entry, _ in self._search(query, _CONNECTOR_HITS)
        ]
        return _json_result(ConnectorHits(results=hits))

    def fetch(
        self, id: Annotated[str, Field(description="The id of a document, from `search`.")]
    ) -> Annotated[CallToolResult, Document]:
        """A whole document, by the id that `search` gave."""
        entry = self._entry(id)
        document = Document(
            id=entry.id,
            title=entry.name,
            text=self.markdown(entry),
            url=self._links.entry(entry.id),
            metadata={"category": self._served.knowledge_base.group(entry.category).category.label},
        )
        return _json_result(document)

    def _asked(self, question: str, history: Iterable[str] = ()) -> CallToolResult:
        answer = self._answer(question, history)
        text = self._text(answer)
        result = AskResult(
            status=answer.status,
            confidence=answer.confidence,
            answer=text,
            sources=self._sources(answer.citations),
            unknown=list(answer.subjects.unknown),
            suggestions=list(answer.suggestions),
        )
        return _result(result, text)

    def _answer(self, question: str, history: Iterable[str] = ()) -> Answer:
        try:
            return self._served.assistant.ask(question, history=[*history], llm=False)
        except EntrywiseError as error:
            raise ToolError(str(error)) from error

    def _search(self, query: str, limit: int) -> list[tuple[Entry, float]]:
        try:
            hits = self._served.assistant.search(query, limit)
        except EntrywiseError as error:
            raise ToolError(str(error)) from error
        return [(self._served.knowledge_base[hit.entry], hit.score) for hit in hits]

    def _found(self, entry: Entry, score: float) -> FoundEntry:
        return FoundEntry(
            entry=entry.id,
            title=entry.name,
            oneliner=readable(entry.oneliner),
            score=score,
            url=self._links.entry(entry.id),
        )

    def _entry(self, named: str) -> Entry:
        entry = self._served.named(named)
        if entry is None:
            near = [one.id for one in self._served.completed(named, _HINTS)]
            hint = f"did you mean {', '.join(near)}?" if near else "search_entries finds entries"
            raise ToolError(f"no entry has the id or the name {named!r}; {hint}")
        return entry

    def markdown(self, entry: Entry) -> str:
        """An entry as Markdown."""
        related = self._served.related(entry)
        return entry_markdown(entry, related, lambda other: self._links.entry(other.id))

    def _text(self, answer: Answer) -> str:
        text = MarkedText(self._links.quote)
        for part in answer.parts:
            text.add(part, answer.citations)
        text.add_sources_of(answer.citations)
        return text.text

    def _sources(self, citations: Sequence[Citation]) -> list[Source]:
        return [
            Source(
                number=one.number,
                entry=one.entry,
                title=one.title,
                section=one.section,
                start=one.start,
                end=one.end,
                quote=one.quote,
                url=self._links.quote(one),
            )
            for one in citations
        ]


def _tool(function: Callable[..., CallToolResult], title: str, name: str | None = None) -> Tool:
    return StrictTool.from_function(function, name=name, title=title, annotations=_READS)


def _result(body: Body, text: str) -> CallToolResult:
    """Structured content for programs, and text for the model that called."""
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=body.model_dump()
    )


def _json_result(body: Body) -> CallToolResult:
    """What connectors read: the structured content, as JSON in the text too."""
    return _result(body, body.model_dump_json())
