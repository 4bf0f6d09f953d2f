"""Directives and roles that docutils does not know, most of them Sphinx's, read for what they say.

.. versionadded:: 3.8 Also takes bytes.      *Added in version 3.8.* Also takes bytes.
:ref:`the guide <guide>`                     the guide
:class:`~json.JSONEncoder`                   `JSONEncoder`
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, languages, roles
from docutils.statemachine import StringList
from docutils.utils import new_document

from entrywise.data.documents.conversion.restructured import section_directives
from entrywise.data.documents.conversion.restructured.outline import NAMES
from entrywise.data.documents.conversion.writing import KINDS
from entrywise.data.documents.dialects.sphinx import (
    CODE,
    DOCUMENTED,
    HIDDEN,
    NAMED_TARGET,
    OBJECTS,
    bare,
    shown,
)

_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:.+-]+)[ \t]*::", re.MULTILINE)
_ROLE = re.compile(r":([A-Za-z][\w:.+-]*):`|`:([A-Za-z][\w:.+-]*):")

_VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "versionremoved": "Removed in version",
    "version-added": "Added in version",
    "version-changed": "Changed in version",
    "version-deprecated": "Deprecated since version",
    "version-removed": "Removed in version",
}
_REMARKS = {"seealso": "See also", "todo": ""} | dict.fromkeys(KINDS - {"info"}, "")
"""The directives of remarks that docutils and Sphinx know, and what stands above each of them."""
_TOLD = ("type", "default", "value", "required", "choices")
"""Options that Sphinx and its extensions show below what they say it of."""
_ATTRIBUTES = frozenset("attribute data property var member".split())
_TITLED = re.compile(r"tab|card|dropdown|details|collapse|toggle|topic|admonition|sidebar|rubric")
"""In the names of directives whose arguments are titles, in whatever words."""
_WORDS = re.compile(r"(?=[^:]*[^\W\d_])(?!\S*://)(?:[^\W\d_a-z]|.*\s.*[^\W\d_])", re.DOTALL)
_NUMBERED = {
    "pep": ("PEP", "https://peps.python.org/pep-{:0>4}"),
    "rfc": ("RFC", "https://datatracker.ietf.org/doc/html/rfc{}"),
}


class _Lenient(Directive):  # type: ignore[misc]  # docutils tells no types
    """A directive that takes any argument, options and content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    # Of an empty one docutils asks nothing.
    option_spec: ClassVar[dict[str, Any] | None] = defaultdict(
        lambda: directives.unchanged, name=directives.unchanged
    )

    @property
    def kind(self) -> str:
        return bare(self.name)

    @property
    def argument(self) -> str:
        return str(self.arguments[0]) if self.arguments else ""

    def parsed(self, lines: Any = None, *, with_headings: bool = False) -> list[nodes.Node]:
        """What its content says, or some lines of it; headings have levels of their own in it."""
        inner = nodes.Element()
        lines = self.content if lines is None else lines
        memo = self.state.memo
        outside = memo.title_styles, memo.section_level
        memo.title_styles, memo.section_level = [], 0
        self.state.nested_parse(lines, self.content_offset, inner, match_titles=with_headings)
        memo.title_styles, memo.section_level = outside
        return list(inner.children)

    def line(self, text: str) -> list[nodes.Node]:
        """What a line says."""
        found, _ = self.state.inline_text(text, self.lineno)
        return list(found)


class _Code(_Lenient):
    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        block = nodes.literal_block(text, text, classes=["code", self.argument])
        caption = self.options.get("caption")
        return [*([_title(self.line(caption))] if caption else []), block]


class _Hidden(_Lenient):
    # Its options say nothing, whatever they are called: `:title lang=en: Oars`.
    option_spec = None

    def run(self) -> list[nodes.Node]:
        return []


class _Version(_Lenient):
    def run(self) -> list[nodes.Node]:
        version, rest = [*self.argument.split(None, 1), "", ""][:2]
        told = nodes.emphasis("", f"{_VERSIONS[self.kind]} {version}.")
        found = nodes.paragraph("", "", told, nodes.Text(" "), *self.line(rest.strip()))
        return [found, *self.parsed()]


class _Glossary(_Lenient):
    """Terms, of which several may share what stands below them; long ones are sections."""

    def run(self) -> list[nodes.Node]:
        lines: list[str] = []
        for line in self.content:
            is_term = bool(line.strip()) and not line.startswith((" ", "\t", ".."))
            if is_term:
                line = line.partition(" : ")[0]
            is_below_term = bool(lines and lines[-1]) and not lines[-1].startswith(
                (" ", "\t", "..")
            )
            if is_term and is_below_term:
                lines[-1] += f", {line.strip()}"
            elif line.strip() or not is_below_term:
                # To Sphinx an empty line below a term is none.
                lines.append(line)
        found = self.parsed(StringList(lines, source="glossary"))
        return (
            section_directives.terms(found)
            if section_directives.may_have_sections(self.state.parent)
            else found
        )


class _Object(_Lenient):
    """What documents a function, a class, an option: its signatures, what options say of it, and
    what it does. Sphinx shows the type and the value of an attribute in its signature."""

    def run(self) -> list[nodes.Node]:
        told = {name: self.options.get(name) or "" for name in _TOLD}
        behind = ""
        if self.kind in _ATTRIBUTES:
            kind, value = told.pop("type"), told.pop("value")
            behind = (f": {kind}" if kind else "") + (f" = {value}" if value else "")
        found: list[nodes.rubric] = []
        for line in self.argument.split("\n"):
            if signature := line.strip().rstrip("\\").strip():
                found.append(_title([nodes.literal("", f"{signature}{behind}")]))
        fields = [self._field(name, text) for name, text in told.items() if text]
        below = [nodes.field_list("", *fields)] if fields else []
        below += self.parsed(with_headings=True)
        if not below:
            for title in found:
                title[NAMES] = True
        return [*found, *below]

    def _field(self, name: str, text: str) -> nodes.Node:
        body = nodes.field_body("", nodes.paragraph("", "", *self.line(text)))
        return nodes.field("", nodes.field_name("", name.capitalize()), body)


class _Documented(_Object):
    """What Sphinx documents from a program, which is not read: what is said besides, below its
    name; of a module there is none to see."""

    def run(self) -> list[nodes.Node]:
        if self.kind.endswith("module"):
            return self.parsed(with_headings=True)
        found = super().run()
        is_bare = all(isinstance(one, nodes.rubric) and one.get(NAMES) for one in found)
        return _remark(self) if is_bare else found


class _Remark(_Lenient):
    """A remark that begins right behind the name of its kind."""

    def run(self) -> list[nodes.Node]:
        title = _REMARKS[self.kind]
        first = nodes.paragraph("", "", *self.line(self.argument))
        above = [_title([nodes.Text(title)])] if title else []
        inside = [*above, *([first] if self.argument else []), *self.parsed()]
        remark = getattr(nodes, self.kind, None)
        return [remark("", *inside)] if remark else inside


class _Other(_Lenient):
    """Anything else: its title, where something stands below it, and that. What is no words, a
    number of columns or a name for a program, is none. Without anything below, it is a remark if it
    has words, or names what a program would put there. What is no reStructuredText, as
    docutils says, is code: examples that a project runs. What tells of a version is a section."""

    def run(self) -> list[nodes.Node]:
        is_part = self.name in ("only", "ifconfig")
        below = self.parsed(with_headings=is_part)
        if any(isinstance(node, nodes.system_message) for node in below):
            text = "\n".join(self.content)
            below[:] = [nodes.literal_block(text, text, classes=["code"])]
        version = "" if self.argument else self.options.get("version")
        if version and below and section_directives.may_have_sections(self.state.parent):
            return [section_directives.section(version, [*self._released(), *below], "change")]
        if is_part or not self.argument:
            return below
        if below:
            is_title = _TITLED.search(self.kind) or _WORDS.match(self.argument)
            return [_title(self.line(self.argument)), *below] if is_title else below
        return _remark(self)

    def _released(self) -> list[nodes.Node]:
        day = self.options.get("released")
        return [nodes.paragraph("", "", nodes.Text(day))] if day else []


def _remark(directive: _Lenient) -> list[nodes.Node]:
    """The argument of a directive without more, where it has words."""
    is_remark = len(directive.argument.split()) > 1
    return [nodes.paragraph("", "", *directive.line(directive.argument))] if is_remark else []


def _title(children: list[nodes.Node]) -> nodes.rubric:
    return nodes.rubric("", "", *children)


_OWN: tuple[tuple[Container[str], type[_Lenient]], ...] = (
    (CODE, _Code),
    (HIDDEN, _Hidden),
    (_VERSIONS, _Version),
    (_REMARKS, _Remark),
    ({"glossary"}, _Glossary),
    (OBJECTS, _Object),
    (DOCUMENTED, _Documented),
)


def register(text: str) -> None:
    """Have docutils read every directive and role of a text."""
    # Stubs of docutils, where there are any, know two kinds of what is one.
    english: Any = languages.get_language("en")
    role: Any = _role
    document = new_document("")
    for name in set(_DIRECTIVE.findall(text)):
        known = next((one for kinds, one in _OWN if bare(name) in kinds), None)
        if known or directives.directive(name, english, document)[0] is None:
            directives.register_directive(name, known or _Other)
    for name in set(_roles(text)):
        # Its own know no title beside a number.
        if name in _NUMBERED or roles.role(name, english, 0, document.reporter)[0] is None:
            roles.register_local_role(name, role)


def _roles(text: str) -> Iterator[str]:
    for before, behind in _ROLE.findall(text):
        yield before or behind


def _role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Any,
    options: Any = None,
    content: Any = (),
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """A role as what it shows: a link to a document, code, or its text."""
    kind = bare(name)
    text = text.replace("\0", "")
    named = NAMED_TARGET.fullmatch(text)
    target = named["target"] if named else text
    said, is_code = shown(name, text)
    if kind == "doc":
        label = said if named else ""
        return [nodes.reference(rawtext, label, refuri=f"{target}.rst", is_document=True)], []
    if kind == "ref":
        return [nodes.inline(rawtext, said, label=target.lower(), is_named=bool(named))], []
    if kind in _NUMBERED:
        label, address = _NUMBERED[kind]
        number, _, place = target.partition("#")
        uri = address.format(number.strip()) + (f"#{place}" if place else "")
        return [nodes.reference(rawtext, said if named else f"{label} {number}", refuri=uri)], []
    return [(nodes.literal if is_code else nodes.inline)(rawtext, said)], []
