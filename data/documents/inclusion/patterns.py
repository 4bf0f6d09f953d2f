"""The patterns of includes: how each dialect writes them."""

from __future__ import annotations

import re

SNIPPET = re.compile(
    r"(?P<indent>[ \t]*)-{1,}8<-{1,}[ \t]+(?P<mark>[\"'])(?P<path>.+?)(?P=mark)\s*$"
)
BLOCK = re.compile(r"(?P<indent>[ \t]*)-{1,}8<-{1,}\s*$")
CODE = re.compile(r"(?P<indent>[ \t]*)\{\*[ \t]*(?P<path>\S+)(?P<options>[^}]*)\*\}\s*$")
TEXT = re.compile(r"(?P<indent>[ \t]*)\{!>?[ \t]*(?P<path>[^\s!]+)[ \t]*!\}\s*$")
OF_MDBOOK = re.compile(
    r"(?P<indent>[ \t]*)\{\{[ \t]*#(?P<kind>include|rustdoc_include|playground)[ \t]+"
    r"(?P<path>[^\s{}:]+)(?::(?P<part>[^\s{}]*))?[^{}]*\}\}\s*$"
)
ONE_LINE = re.compile(r"[0-9]+")
OF_MYST = re.compile(
    r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*"
    r"\{(?P<kind>include|literalinclude)\}[ \t]*(?P<path>\S.*?)\s*$"
)
LINES = re.compile(r"\bln\[(?P<lines>[^\]]*)\]")
DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\.[ \t]+(?P<kind>include|literalinclude)::[ \t]+(?P<path>\S.*?)\s*$"
)
ANNOUNCES_CODE = re.compile(
    r"[ \t]*(?:\.\.[ \t]+(?:code-block|sourcecode|code|parsed-literal|prompt)::"
    r"|(?!\.\.[ \t]).*::[ \t]*$)"
)
