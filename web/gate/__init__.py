"""The layers that every request passes, from outside in.

request ─ connections ─ request_log ─ guard ─ middleware ─ guard ─ hosts ─▶ a router ─▶ response
          deadlines,    an id,        counts  headers,     refuses names    or problems: a page,
          how many      a line,       it      the size             that it  or RFC 9457 for programs
          are open      metrics               of bodies            has

event_loop.py accepts connections one at a time.
guard ─ credentials, a key and an address ─ limiter, two budgets ─ counts, an SQLite database
"""
