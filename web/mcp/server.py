"""The MCP server: tools, entries as resources, a prompt."""

from __future__ import annotations

from itertools import islice
from urllib.parse import quote

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.server.mcpserver.resources import FunctionResource

from entrywise import __version__
from entrywise.data.entries import Entry
from entrywise.rag.answer import Citation
from entrywise.rag.render.formulas import readable
from entrywise.rag.settings import Settings
from entrywise.web.mcp.arguments import StrictServer
from entrywise.web.mcp.tools import Links as AnyLinks
from entrywise.web.mcp.tools import Tools
from entrywise.web.mcp.wording import instructions, prompt_description
from entrywise.web.served.links import Links
from entrywise.web.served.served import Served

SCHEME = "entrywise://entries/"
_MARKDOWN = "text/markdown"

# A list of more entries than this is no list that a host shows: the template reaches all of them.
_MOST_LISTED = 1_000


class ResourceLinks:
    """Addresses of resources of this server, where there are no pages."""

    def entry(self, entry_id: str) -> str:
        """The resource of an entry."""
        return f"{SCHEME}{quote(entry_id)}"

    def quote(self, citation: Citation) -> str:
        """The resource of its entry; the place in it stands beside the address."""
        return self.entry(citation.entry)


class OwnLinks(ResourceLinks):
    """Addresses of the documents on their own site, where they have such."""

    def __init__(self, served: Served) -> None:
        """Addresses of what is served."""
        self._served = served

    def entry(self, entry_id: str) -> str:
        """The page of a document."""
        return self._served.knowledge_base[entry_id].url or super().entry(entry_id)

    def quote(self, citation: Citation) -> str:
        """The page of a document, at what is quoted."""
        return citation.url or self.entry(citation.entry)


def open_server(served: Served, links: AnyLinks) -> MCPServer:
    """The server over what is served."""
    tools = Tools(served, links)
    server = StrictServer(
        "entrywise",
        title=served.knowledge_base.title,
        version=__version__,
        instructions=instructions(served),
        tools=tools.listed(),
        log_level="WARNING",
    )
    for entry in islice(served.knowledge_base.entries, _MOST_LISTED):
        server.add_resource(_resource(entry, tools))

    @server.resource(
        f"{SCHEME}{{+entry_id}}",
        name="entry",
        title="An entry",
        description="An entry with all its text, by its id.",
        mime_type=_MARKDOWN,
    )
    def read(entry_id: str) -> str:
        entry = served.knowledge_base.entry(entry_id)
        if entry is None:
            raise ResourceNotFoundError(f"no entry has the id {entry_id!r}")
        return tools.markdown(entry)

    @server.prompt(
        title="Explain from the knowledge base",
        description=prompt_description(served.assistant.domain.decoder),
    )
    def explain(topic: str) -> str:
        return (
            f"Explain {topic}. Ask the knowledge base with ask_question first, and use only what "
            "it says. Keep the marks of its quotes, list its sources at the end, and say what it "
            "does not hold."
        )

    return server


def links_without_server(served: Served, settings: Settings) -> AnyLinks:
    """Where pages are for who is not answered over HTTP: on the server that the settings name, else
    where the identity says, documents on their own site; resources where there is neither."""
    if settings.public_url:
        return Links(settings.public_url)
    if served.assistant.index.holds_documents:
        return OwnLinks(served)
    base = served.knowledge_base.identity.base_url
    return Links(base) if base else ResourceLinks()


def _resource(entry: Entry, tools: Tools) -> FunctionResource:
    return FunctionResource.from_function(
        lambda: tools.markdown(entry),
        uri=ResourceLinks().entry(entry.id),
        name=entry.id,
        title=entry.name,
        description=readable(entry.oneliner),
        mime_type=_MARKDOWN,
    )
