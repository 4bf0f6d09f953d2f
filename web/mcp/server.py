"""The MCP server: tools, entries as resources, a prompt; over stdio here, over HTTP in http.py."""

from __future__ import annotations

from urllib.parse import quote

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.server.mcpserver.resources import FunctionResource

from entrywise import __version__
from entrywise.data.entries import Entry
from entrywise.rag.answer import Citation
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.formulas import readable
from entrywise.rag.settings import Settings
from entrywise.web.mcp.tools import Links as AnyLinks
from entrywise.web.mcp.tools import Tools
from entrywise.web.served.links import Links
from entrywise.web.served.served import Served

SCHEME = "entrywise://entries/"
_MARKDOWN = "text/markdown"

# A list of more entries than this is no list that a host shows: the template reaches all of them.
_MOST_LISTED = 1_000

_INSTRUCTIONS = (
    "A curated knowledge base ({title}, {count} entries). ask_question answers in verbatim quotes "
    "with marks such as [1]; cite them, and say so where the status is abstained: the knowledge "
    "base does not hold it then. decode_model_name takes names such as "
    "Mistral-7B-Instruct-v0.2.Q4_K_M.gguf apart."
)


class ResourceLinks:
    """Addresses of resources of this server, where there are no pages."""

    def entry(self, entry_id: str) -> str:
        """The resource of an entry."""
        return f"{SCHEME}{quote(entry_id)}"

    def quote(self, citation: Citation) -> str:
        """The resource of its entry; the place in it stands beside the address."""
        return self.entry(citation.entry)


def open_server(served: Served, links: AnyLinks) -> MCPServer:
    """The server over what is served."""
    title = served.knowledge_base.title
    server = MCPServer(
        "entrywise",
        title=f"Entrywise: {title}",
        version=__version__,
        instructions=_INSTRUCTIONS.format(title=title, count=len(served.knowledge_base)),
        log_level="WARNING",
    )
    tools = Tools(served, links)
    tools.add_to(server)
    for entry in served.knowledge_base.entries[:_MOST_LISTED]:
        server.add_resource(_resource(entry, tools))

    @server.resource(
        f"{SCHEME}{{+entry_id}}",
        name="entry",
        title="An entry",
        description="An entry with all its text, by its id.",
        mime_type=_MARKDOWN,
    )
    def read(entry_id: str) -> str:
        entry = served.entry(entry_id)
        if entry is None:
            raise ResourceNotFoundError(f"no entry has the id {entry_id!r}")
        return tools.markdown(entry)

    @server.prompt(title="Explain from the knowledge base")
    def explain(topic: str) -> str:
        """Explain a term, a comparison or a model's name, with cited quotes."""
        return (
            f"Explain {topic}. Ask the knowledge base with ask_question first, and use only what "
            "it says. Keep the marks of its quotes, list its sources at the end, and say what it "
            "does not hold."
        )

    return server


def serve_stdio(assistant: Assistant, settings: Settings) -> None:
    """Serve one host over stdin and stdout, until it closes them."""
    links = Links(settings.public_url) if settings.public_url else ResourceLinks()
    open_server(Served.by(assistant), links).run("stdio")


def _resource(entry: Entry, tools: Tools) -> FunctionResource:
    return FunctionResource.from_function(
        lambda: tools.markdown(entry),
        uri=ResourceLinks().entry(entry.id),
        name=entry.id,
        title=entry.name,
        description=readable(entry.oneliner),
        mime_type=_MARKDOWN,
    )
