"""What every request passes, from outside in.

request ─ request_log ─ middleware ─ hosts ─ guard ─▶ a router ─▶ response
          an id, a      headers,     names   keys,                or problems: a page,
          line,         the size     that it rates                or RFC 9457 for programs
          metrics       of bodies    has
"""
