"""How people and programs reach the assistant: over HTTP, and as agents do.

app.py ─ gate/ ─▶ api/      for programs          schemas/   what goes in and out
                  pages/    for people            served/    what all of them answer from
                  palette/, terms/, gaps/, site/  beside them
                  mcp/      for agents
documents/, copies/   what pages and copies make of answers; typesetter.py: formulas
static/, templates/, texts/   what pages are made of, and their words in each language

commands.py   `entrywise serve` and `mcp`: address.py, watcher.py (a source that changes),
              workers.py (several processes, forked from preload.py)
"""
