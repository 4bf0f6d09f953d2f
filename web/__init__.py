"""How people and programs reach the assistant: over HTTP, and as agents do.

app.py ─ gate/ ─▶ api/      for programs          schemas/   what goes in and out
                  pages/    for people            served/    what all of them answer from
                  palette/, terms/  beside them   static/, templates/
                  mcp/      for agents
"""
