"""What Sphinx adds to reStructuredText, and MyST to Markdown: the names of directives and roles,
what readers see of a role, and substitutions that its settings define.

>>> shown("class", "~json.JSONEncoder"), shown("ref", "the guide <guide>"), shown("func", "open")
(('JSONEncoder', True), ('the guide', False), ('open()', True))
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMED_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>\s*", re.DOTALL)
"""What a role shows, and what it leads to."""

CODE = frozenset(
    "code code-block code-cell sourcecode prompt ipython doctest testcode jupyter-execute".split()
)
"""Directives whose content is code."""
HIDDEN = frozenset(
    "toctree index highlight highlightlang currentmodule module sectionauthor codeauthor "
    "moduleauthor testsetup testcleanup testoutput tabularcolumns meta contents sectnum "
    "title-reference raw include builtin py:module py:currentmodule js:module default-domain "
    "inheritance-diagram graphviz mermaid uml todolist bibliography autosummary rst-class "
    "changelog_imports".split()
)
"""Directives of which readers see nothing, or nothing that can be read."""
HOLDERS = frozenset(
    "note tip hint important seealso warning caution attention danger error todo admonition aside "
    "dropdown details topic sidebar margin epigraph pull-quote card grid grid-item grid-item-card "
    "tab-set tabs tab-item tab container div figure image list-table table glossary exercise "
    "solution proof".split()
)
"""Directives whose content is Markdown in MyST; behind most stands a title."""
METADATA = frozenset("orphan tocdepth nocomments no-comments nosearch no-search".split())
"""Fields that tell Sphinx how a document is shown."""
PICTURES = frozenset(("figure", "image"))
UNTITLED = frozenset("grid grid-item tab-set tabs container div glossary".split())
"""Those of `HOLDERS` behind which stands how they look."""
OBJECTS = frozenset(
    "function class method attribute data exception describe object option cmdoption envvar "
    "property decorator classmethod staticmethod decoratormethod confval setting program macro "
    "member type struct enum enumerator var opcode pdbcommand".split()
)
"""Directives that document a function, a class, an option; roles of the same names refer to it."""
DOCUMENTED = frozenset(f"auto{name}" for name in (*OBJECTS, "module"))
"""Directives that have Sphinx document them from a program."""
_CODE_ROLES = OBJECTS | frozenset(
    "class func meth mod attr data exc obj const macro member type option envvar file program "
    "command samp kbd makevar regexp token keyword confval setting django-admin".split()
)
_USED = re.compile(r"\|(?=([^|\s][^|\n]{0,100})\|)")
_DEFINED = re.compile(r"^[ \t]*\.\.[ \t]+\|([^|\n]+)\|", re.MULTILINE)
_DEFINITION = re.compile(r"^\.\. \|([^|\n]+)\| .*(?:\n+[ \t]+\S.*)*", re.MULTILINE)
_RAW = re.compile(r"^\.\. \|(?P<name>[^|\n]+)\| raw::.*(?:\n+[ \t]+\S.*)*", re.MULTILINE)
_MARKUP = re.compile(r"[\\*`_|]")


_TOCTREE = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+toctree::[^\n]*\n"
    r"(?P<lines>(?:(?P=indent)[ \t]+\S[^\n]*(?:\n|\Z)|[ \t]*\n)*)",
    re.MULTILINE,
)
_TOCTREE_OF_MYST = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|:{3,})\{toctree\}[^\n]*\n"
    r"(?P<lines>(?:[^\n]*\n){0,500}?)[ \t]*(?P=fence)",
    re.MULTILINE,
)
_SUFFIX = re.compile(r"\.(?:md|rst)$")
_NO_PAGES = re.compile(r":[\w-]+:|.*[*?\[\]]|(?:self|genindex|modindex|search)$|.*://")


def toctrees(text: str) -> list[str]:
    """The documents that the tables of contents of one in reStructuredText or MyST lead to, as they
    are named there, without those that are no names of one.

    >>> toctrees(".. toctree::\\n   :glob:\\n\\n   install\\n   The API <api/index>\\n   notes/*")
    ['install', 'api/index']
    >>> toctrees("```{toctree}\\n:hidden:\\n\\ninstall.md\\n```")
    ['install']
    """
    if "toctree" not in text:
        return []
    trees = (*_TOCTREE.finditer(text), *_TOCTREE_OF_MYST.finditer(text))
    named = (line.strip() for tree in trees for line in tree["lines"].split("\n") if line.strip())
    names = (found["target"] if (found := NAMED_TARGET.fullmatch(one)) else one for one in named)
    pages = (one for one in names if not _NO_PAGES.match(one) and " " not in one)
    return list(dict.fromkeys(_SUFFIX.sub("", one) for one in pages))


def definitions_in(text: str) -> dict[str, str]:
    """The definitions of substitutions in a text, by their names."""
    return {found[1]: found[0] for found in _DEFINITION.finditer(text)}


def definition(name: str, value: str) -> str:
    """That of a name which stands for a text; without one for nothing, nor for the blank before it.

    >>> print(definition("version", "2.1*"))
    .. |version| replace:: 2.1\\*
    """
    if not value:
        # The character of no text: docutils takes it out.
        return f".. |{name}| unicode:: 0x0\n   :ltrim:"
    escaped = _MARKUP.sub(lambda found: f"\\{found[0]}", value)
    return f".. |{name}| replace:: {escaped}"


def with_definitions(text: str, definitions: Mapping[str, str]) -> str:
    """A document with what defines the names in it that it does not define. A name in a definition
    that nothing defines, at which docutils fails, stands for itself, and one of another format's
    markup for nothing, as for a break of a line."""
    own = set(_DEFINED.findall(text))
    missing = definitions.keys() - own if definitions else frozenset()
    if missing.isdisjoint(_USED.findall(text) if missing else ()):
        missing = frozenset()
    # One may name another.
    added = [definitions[name] for name in definitions if name in missing]
    within = {name for one in definitions_in(text).values() for name in _USED.findall(one)}
    known = {name.lower() for name in (*own, *definitions)}
    added += [definition(name, f"|{name}|") for name in sorted(within) if name.lower() not in known]
    return _RAW.sub(_nothing, "\n\n".join([text, *added]))


def _nothing(raw: re.Match[str]) -> str:
    """A definition that stands for nothing, in as many lines."""
    short = definition(raw["name"], "")
    return short + "\n" * (raw[0].count("\n") - short.count("\n"))


def bare(name: str) -> str:
    """A directive or a role without its domain.

    >>> bare("py:class"), bare("Note")
    ('class', 'note')
    """
    return name.rpartition(":")[2].lower()


def shown(role: str, text: str) -> tuple[str, bool]:
    """What readers see of a text in a role, and whether it is code.

    Args:
        role: its name, with that of its domain, if it has one (`py:class`).
    """
    named = NAMED_TARGET.fullmatch(text)
    said = named["text"] if named else text.lstrip("!")
    if bare(role) not in _CODE_ROLES:
        return said, False
    if not named:
        said = said[1:].rpartition(".")[2] if said.startswith("~") else said
        said = said.lstrip(".")
    is_call = bare(role) in ("func", "meth") and not said.endswith(")")
    return f"{said}()" if is_call else said, True
