"""The knowledge base for agents: a server of the Model Context Protocol.

tools.py ── what agents may call ──▶ server.py ──▶ stdio.py: `entrywise mcp`
results.py  what they get                     └──▶ http.py: streamable HTTP at /mcp
arguments.py refuses what is no argument; wording.py describes the knowledge base.

Nothing here is imported before an agent asks for it: the SDK takes most of a second.
"""
