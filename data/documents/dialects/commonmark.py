"""Dialects: what site generators add to Markdown, taken back to CommonMark line by line.

    !!! note "Before you start"        **Before you start**
                                  ─▶
        Charge the battery.            Charge the battery.

Each line knows the characters that it is of, so that a place in what comes out is one in the
source. Known are admonitions (`!!! note`, `??? tip`, `::: warning`, `/// note | Title`,
`> [!NOTE]`), tabs (`=== "Linux"`, `/// tab | Linux`), lists of definitions, HTML, components of MDX
and of Nuxt, what MDX imports and exports, and MyST's roles (`{class}`) and its directives for code.
"""

from __future__ import annotations

import re
from functools import lru_cache

from entrywise.data.documents.anchors import target
from entrywise.data.documents.dialects import tags
from entrywise.data.documents.dialects.admonitions import INDENTED, STEP, depth_of, opened, title
from entrywise.data.documents.dialects.attributes import without_attributes
from entrywise.data.documents.dialects.components import (
    Components,
    module_lines,
    without_elements,
    without_expressions,
)
from entrywise.data.documents.dialects.definitions import Definitions
from entrywise.data.documents.dialects.fences import LONGEST, Directives, IndentedCode
from entrywise.data.documents.dialects.footnotes import ends_note, is_note, with_raised_numbers
from entrywise.data.documents.dialects.lines import Line
from entrywise.data.documents.dialects.mkdocs import from_mkdocs, unread_lines
from entrywise.data.documents.dialects.shortcodes import (
    closed_names,
    with_fences,
    with_tags_in_a_line,
    without_shortcodes,
)
from entrywise.data.documents.dialects.sphinx import shown
from entrywise.data.documents.dialects.wiki import comment_lines, from_wiki
from entrywise.data.documents.markup.mdc import from_mdc
from entrywise.data.documents.markup.regions import regions
from entrywise.data.documents.markup.tab_titles import with_titles
from entrywise.data.documents.markup.tree import TAG
from entrywise.data.documents.markup.writer import Writer
from entrywise.data.documents.parsing.formulas import displayed, outside_formulas, with_dollars
from entrywise.data.documents.parsing.tables import whole_rule
from entrywise.data.documents.plain_text import margin, outdented
from entrywise.data.documents.run_in_titles import with_closed_title

# "## Using Hooks {/*using-hooks*/}", "{/* #using-hooks */}"
_COMMENTED_ANCHOR = re.compile(
    r"(?P<heading>[ ]{0,3}#{1,6}[ \t].*\S)[ \t]*\{/\*[ ]*#?(?P<id>[\w-]+)[ ]*\*/\}[ \t]*$"
)
_TAG = re.compile(rf"</?[A-Za-z][\w.-]*(?::[\w.-]+)*(?:{tags.ATTRIBUTES}|(?=[\s/>])[^<>]*>)")
_TAG_LINE = re.compile(rf"[ \t]*{_TAG.pattern}")
_SUMMARY = re.compile(r"<summary>\s*([^<>\n]+?)\s*</summary>[ \t]*")
_AS_TEXT = 3  # Blanks before a line that make no code of it.
_COMPONENT = re.compile(r"[ \t]*</?[A-Z]")
"""What begins so is no sample of HTML: components stand as deep as their authors like."""
# "• gloves", as people type it who know no Markdown
_BULLET = re.compile(r"^([ \t>]*)([•◦‣▪●∙☐☑☒])[ \t]+(?=\S)")
_BOXES = {"☐": "[ ] ", "☑": "[x] ", "☒": "[x] "}
# A break that nothing follows; "C:\boats\" ends in none.
_LAST_BREAK = re.compile(r"(?:(?<=\s)|^)(?P<word>[^\s\\]*)\\$")
# A role, or code, in which none is.
_ROLE = re.compile(
    r"(?<![`\\])(?:\{(?P<role>[A-Za-z][\w:.+-]*)\}`(?P<text>[^`]+)`(?!`)|"
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
)


def to_commonmark(text: str, *, is_mdx: bool = False) -> str:
    """The same text in CommonMark.

    >>> to_commonmark("??? tip\\n    Rest the dough.")
    '\\nRest the dough.'
    """
    return "\n".join(line.text for line in commonmark_lines(text, is_mdx=is_mdx))


@lru_cache(maxsize=64)
def commonmark_lines(text: str, *, is_mdx: bool = False) -> tuple[Line, ...]:
    """The lines of a text in CommonMark, in the order of their places."""
    return tuple(_Conversion(text, is_mdx=is_mdx).lines())


class _Conversion:
    """Reads the lines of a text one after the other."""

    def __init__(self, text: str, *, is_mdx: bool) -> None:
        self._is_mdx = is_mdx
        self._written = text.split("\n")
        text = with_titles(without_elements(text)) if is_mdx else from_mdc(text)
        text = with_tags_in_a_line(with_fences(text))
        self._source = source = text.split("\n")
        self._closed = closed_names(text)
        self._fences = Directives(source)
        self._definitions = Definitions(source)
        self._indented = IndentedCode()
        self._comments = tags.Comments(text)
        self._tags = tags.Tags(text)
        self._regions = regions(source, is_mdx=is_mdx)
        self._formulas = displayed(source)
        self._unread = unread_lines(source) | comment_lines(source)
        if is_mdx:
            self._unread |= module_lines(source)
        self._components = Components(TAG, text) if is_mdx else None
        self._writer = Writer(self._prose)
        self._open_at: list[int] = []
        """The indentations of the admonitions, tabs, notes and definitions that are open."""
        self._lines: list[Line] = []
        self._is_note = False

    def lines(self) -> list[Line]:
        """All of them."""
        place = until = 0
        is_behind = False
        for number, line in enumerate(self._written):
            start, end = place, place + len(line)
            place = end + 1
            if number < until:
                self._pass(number)
                continue
            if number in self._unread:
                self._pass(number)
                self._lines.append(Line("", start, end))
                continue
            said, is_code = self._read(number)
            if number in self._formulas and said and not (is_code or self._comments.is_open):
                until, formula = self._formulas[number]
                whole = "\n".join(self._written[number:until])
                self._lines.append(
                    Line(self._margin(said) + formula.lstrip(), start, start + len(whole))
                )
                continue
            if number in self._regions and said and not (is_code or self._comments.is_open):
                until = self._regions[number]
                html = "\n".join(self._written[number:until])
                self._apart(start)
                self._lines += self._writer.lines(html, start, self._margin(said))
                is_behind = True
                continue
            if is_behind and line.strip():
                self._apart(start)
                is_behind = False
            self._end_note(line, start, is_code=is_code)
            if not (is_code or self._fences.is_open) and _opening(line):
                self._apart(start)
            *labels, behind = self._shown(said, number, is_code=is_code).split("\n")
            if labels or self._tags.is_label:
                self._apart(start)
            if labels and (tag := _TAG_LINE.match(line)):
                # What is behind the label of a component stands in the same row.
                self._lines.append(Line(labels[0], start, start + tag.end()))
                start += tag.end()
                self._lines += (Line(one, start, start) for one in labels[1:])
            self._lines.append(Line(behind, start, end))
        return self._lines

    def _pass(self, number: int) -> None:
        """Pass a line that is read elsewhere, or by nobody."""
        line = self._source[number]
        self._tags.shown(line, is_code=True)
        self._inner(line, is_code=True)

    def _read(self, number: int) -> tuple[str | None, bool]:
        """A line as it stands in its component, None where it is of a tag that says nothing; and
        whether it is code."""
        line = self._source[number]
        is_code = self._fences.is_open
        inner = self._inner(line, is_code=is_code)
        if not (is_code or self._comments.is_open or _COMPONENT.match(line)):
            dedented = outdented(inner, STEP * depth_of(self._open_at, inner))
            is_code = self._indented.read(dedented) and not self._is_mdx
        said = self._tags.shown(line, is_code=is_code)
        if said is None and self._is_mdx and not is_code and inner.lstrip().startswith("<"):
            said = inner
        if said is None or number in self._regions:
            return inner, is_code
        most = self._indented.margin + _AS_TEXT if self._is_mdx else None
        return (f"{margin(inner)[:most]}{said.lstrip()}" if said else None), is_code

    def _inner(self, line: str, *, is_code: bool) -> str:
        """A line without the indentation of its component."""
        if not self._components:
            return line
        most = self._indented.margin + _AS_TEXT
        return self._components.dedented(line, is_code=is_code, most=most)

    def _end_note(self, line: str, place: int, *, is_code: bool) -> None:
        """A note goes on until another begins, or where a link leads is said."""
        if is_code or self._fences.is_open or not line.strip():
            self._is_note = False
            return
        begins = is_note(line)
        if begins or (self._is_note and ends_note(line)):
            self._apart(place)
        self._is_note = begins or (self._is_note and not ends_note(line))

    def _apart(self, place: int) -> None:
        """An empty line, where none stands before what begins at a place."""
        if self._lines and self._lines[-1].text.strip():
            self._lines.append(Line("", place, place))

    def _margin(self, line: str) -> str:
        """The indentation of the list that HTML stands in, which begins with a line."""
        del self._open_at[depth_of(self._open_at, line) :]
        line = outdented(line, STEP * len(self._open_at))
        return " " * min(len(margin(line)), self._indented.margin)

    def _shown(self, line: str | None, number: int, *, is_code: bool) -> str:
        """What a line is in CommonMark."""
        if line is None:
            return ""
        if not is_code:
            if line.endswith("*/}") and (commented := _COMMENTED_ANCHOR.match(line)):
                line = f"{commented['heading']} {{#{commented['id']}}}"
            line = self._comments.without(line, number)
        if not self._fences.is_open and line.strip():
            del self._open_at[depth_of(self._open_at, line) :]
        line = outdented(line, STEP * len(self._open_at))
        if (converted := self._fences.converted(line, number)) is not None:
            return converted
        if is_code:
            return line
        if opening := _opening(line):
            self._open_at.append(len(opening["indent"]))
            return f"{opening['indent']}{title(opening['title'])}"
        if is_note(line):
            self._open_at.append(0)
        if self._definitions.has(number):
            self._open_at.append(0)
        line = self._definitions.shown(line, number)
        below = self._source[number + 1] if number + 1 < len(self._source) else ""
        line = whole_rule(line, self._source[number - 1] if number else "", below)
        line = without_attributes(with_dollars(line), below, is_mdx=self._is_mdx)
        if (said := tags.heading(line)) and any(one.text.strip() for one in self._lines):
            return said
        if line.endswith("\\") and (not below.strip() or _BULLET.match(below)):
            line = _LAST_BREAK.sub(r"\g<word>", line)
        return self._prose(_line(with_closed_title(line)))

    def _prose(self, text: str) -> str:
        """A text outside code without what is left of dialects in it."""
        return outside_formulas(with_dollars(text), self._words)

    def _words(self, text: str) -> str:
        if self._is_mdx:
            text = without_expressions(text)
        text = without_shortcodes(_with_roles(text) if not self._is_mdx else text, self._closed)
        return from_wiki(with_raised_numbers(from_mkdocs(text)))


def _opening(line: str) -> re.Match[str] | None:
    """What opens an admonition or a tab of MkDocs."""
    found = INDENTED.match(line)
    return found if found and (found["kind"] or found["title"]) else None


def _line(line: str) -> str:
    """A line outside code that stands by itself."""
    if (said := opened(line)) is not None:
        return said
    if target(line):
        return ""
    line = _BULLET.sub(
        lambda found: f"{found[1]}- {_BOXES.get(found[2], '')}",
        tags.with_words(tags.with_pictures(line)),
    )
    return _without_tags(line) if _TAG_LINE.match(line) else line


def _without_tags(line: str) -> str:
    """A line that begins with a tag without its tags; a label stands above what it is for."""
    opening = _TAG_LINE.match(line)
    said = tags.label(opening.group().lstrip()) if opening else ""
    rest = _TAG.sub("", _SUMMARY.sub(lambda found: f"{title(found[1])}\n", line)).rstrip("\n")
    if not said or not rest.strip():
        return said or rest
    before = margin(rest)
    # A heading has rows of its own.
    gap = " " if rest.lstrip().startswith("#") else f"\n{before}"
    return f"{before}{said}{gap}{rest.lstrip()}"


def _with_roles(line: str) -> str:
    return _ROLE.sub(_role, line) if "}`" in line and len(line) <= LONGEST else line


def _role(found: re.Match[str]) -> str:
    """What readers see of a role; code stays as it is."""
    if not found["role"]:
        return found.group()
    if found["role"] == "math":
        return f"${found['text']}$"
    text, is_code = shown(found["role"], found["text"])
    return f"`{text}`" if is_code and text else text
