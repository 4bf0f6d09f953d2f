"""Texts of AsciiDoc as Markdown: bold, code, links, references, footnotes.

See *xref:tides.adoc[Tides]* and `row_fast`.  ─▶  See **[Tides](tides.adoc)** and `row_fast`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from entrywise.data.documents.conversion import writing
from entrywise.data.documents.conversion.asciidoc import antora
from entrywise.data.documents.conversion.asciidoc.lines import REFERENCE, resolved

_BEFORE, _BEHIND = r"(?<![\w\\])", r"(?!\w)"
_INSIDE = r"\S(?:.{0,1000}?\S)?"
_LABEL = r"\[(?P<{}>(?:\\[\[\]]|\[[^\[\]\n]{{0,500}}\]|[^\[\]]){{0,2000}})\]"
_TARGET = r"[^\s\[\]]{1,1000}"
_ROLES = r"(?:\[[^\[\]\n]{1,200}\])?"
_PARTS = re.compile(
    "|".join(
        (
            rf"(?P<break>[ \t]\+(?:\n|$))|(?P<reference>{REFERENCE})",
            # What is not to be read.
            r"\\(?P<escaped>[`*_#+^~\[<{(\\]|https?:)",
            r"\+\+\+(?P<raw>.{1,1000}?)\+\+\+|pass:(?P<how>[\w,]*)\[(?P<passed>(?:\\\]|[^\]]){0,2000})\]",
            r"\+\+(?P<plain>[^+]+?)\+\+|(?<![\w+])\+(?P<word>\S(?:[^+]*?\S)?)\+(?![\w+])",
            _ROLES
            + r"(?:``(?P<code>.{1,1000}?)``|(?<![\w`])`(?P<span>[^\s`](?:[^`]*[^\s`])?)`(?![\w`]))",
            # Quotation marks.
            r"\"`(?P<quoted>.{1,1000}?)`\"|(?<!\w)'`(?P<single>.{1,1000}?)`'",
            # Macros.
            rf"(?:link:|(?=mailto:))(?P<link>{_TARGET})" + _LABEL.format("linked"),
            rf"xref:(?P<xref>{_TARGET})" + _LABEL.format("referred"),
            r"<<(?P<target>[^<>,\n]+)(?:,[ \t]*(?P<called>[^<>]*?))?>>",
            r"(?P<address>(?:https?|ftp|irc)://[^\s\[\]<>`]*[^\s\[\]<>`.,;:!?)'\"*_])(?:"
            + _LABEL.format("labelled")
            + ")?",
            r"(?P<unknown>(?:\{[\w-]{1,100}\}[^\s\[\]{}]{0,500}){1,8})" + _LABEL.format("unlinked"),
            rf"image:(?!:)(?P<image>{_TARGET})" + _LABEL.format("described"),
            r"footnote:(?P<noted>[\w-]{0,100})" + _LABEL.format("note"),
            r"(?:kbd|btn):" + _LABEL.format("key"),
            r"menu:(?P<menu>[^\s\[\]][^\[\]\n]*)" + _LABEL.format("items"),
            r"(?:stem|latexmath|asciimath):" + _LABEL.format("formula"),
            r"(?P<nothing>\[\[[\w:.-]+(?:,[^\]]*)?\]\]|anchor:[^\s\[\]]+\[[^\]]*\]|\(\(\([^()]+\)\)\)"
            r"|indexterm:\[[^\]]*\])",
            r"\(\((?P<index>[^()]+)\)\)|indexterm2:" + _LABEL.format("term"),
            # Marks.
            _ROLES + r"(?:"
            r"\*\*(?P<bold>.{1,1000}?)\*\*"
            rf"|{_BEFORE}\*(?P<strong>{_INSIDE})\*{_BEHIND}"
            r"|__(?P<slanted>.{1,1000}?)__"
            rf"|{_BEFORE}_(?P<emphasis>{_INSIDE})_{_BEHIND}"
            r"|##(?P<marked>.{1,1000}?)##"
            rf"|{_BEFORE}#(?P<mark>{_INSIDE})#{_BEHIND})",
            r"\^(?P<above>[^\s^]+)\^|~(?P<below>[^\s~]+)~",
            r"(?P<dash>(?<=\w)--(?=\w)|(?<=[ \t])--(?=[ \t]))",
            r"\((?P<sign>C|R|TM)\)",
        )
    ),
    re.DOTALL,
)
_PASSED = re.compile(r"pass:\w*(?:,\w+)*\[(?P<text>[^\]]*)\]")
_MARKS = [
    *(re.compile(rf"{one}{one}({_INSIDE}){one}{one}") for one in (r"\*", "_", "#")),
    *(re.compile(rf"{_BEFORE}{one}({_INSIDE}){one}{_BEHIND}") for one in (r"\*", "_", "#")),
]
_SIGNS = {"C": "©", "R": "®", "TM": "™"}
_ROLE = re.compile(r",?\s*(?:role|window|id|title|opts|subs)=(?:\"[^\"]*\"|[^,]*)|\^$")
_WORDS = re.compile(r"[-_]+")
_DEEPEST = 8
"""Marks within each other."""


def unmarked(text: str) -> str:
    """Code without the marks of bold and slanted that are read in it, too.

    >>> unmarked("mask.with._length_.chars of **x**y, not a_b_c")
    'mask.with.length.chars of xy, not a_b_c'
    """
    for mark in _MARKS:
        text = mark.sub(r"\1", text)
    return text


class Inline:
    """Writes the texts of one document.

    Args:
        titles: of its own sections, by their anchors.
    """

    def __init__(self, document: Path, titles: Mapping[str, str]) -> None:
        self._document = document
        self._titles = titles
        self._notes: dict[str, str] = {}
        """The footnotes that have names, which may be referred to again."""
        self._depth = 0

    def __call__(self, text: str) -> str:
        """A text as Markdown."""
        if self._depth >= _DEEPEST:
            return writing.escaped(text)
        self._depth += 1
        try:
            return self._written(text)
        finally:
            self._depth -= 1

    def _written(self, text: str) -> str:
        written: list[str] = []
        end = 0
        for found in _PARTS.finditer(text):
            written += (writing.escaped(text[end : found.start()]), self._part(found))
            end = found.end()
        return "".join((*written, writing.escaped(text[end:])))

    def _part(self, found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        for names, write in self._KINDS.items():
            for name in names.split():
                if found[name] is not None:
                    return write(self, found[name], found)
        return writing.escaped(found[0]) if kind else ""

    def _verbatim(self, text: str, found: re.Match[str]) -> str:
        return writing.escaped(text.replace("\\]", "]"))

    def _break(self, text: str, found: re.Match[str]) -> str:
        return writing.BREAK if found.end() < len(found.string) else ""

    def _character(self, text: str, found: re.Match[str]) -> str:
        return writing.escaped(resolved(text))

    def _passed_on(self, text: str, found: re.Match[str]) -> str:
        is_marked = not {"q", "n", "quotes", "normal"}.isdisjoint({*found["how"].split(",")})
        return self(text) if is_marked else self._verbatim(text, found)

    def _code(self, text: str, found: re.Match[str]) -> str:
        if len(text) > 2 and text[0] == text[-1] == "+":
            return writing.code_span(text[1:-1])
        inner = unmarked(_PASSED.sub(lambda one: one["text"], text))
        return writing.code_span(resolved(inner.replace("\\", "", text.count("\\{"))))

    def _bold(self, text: str, found: re.Match[str]) -> str:
        return writing.marked("**", self(text))

    def _slanted(self, text: str, found: re.Match[str]) -> str:
        return writing.marked("*", self(text))

    def _plain(self, text: str, found: re.Match[str]) -> str:
        return self(text)

    def _in_quotes(self, text: str, found: re.Match[str]) -> str:
        return f"“{self(text)}”"

    def _in_single_quotes(self, text: str, found: re.Match[str]) -> str:
        return f"‘{self(text)}’"

    def _link(self, text: str, found: re.Match[str]) -> str:
        label = self._label(found["linked"]) or writing.escaped(text.removeprefix("mailto:"))
        return writing.link(label, text)

    def _address(self, text: str, found: re.Match[str]) -> str:
        label = self._label(found["labelled"] or "")
        return writing.link(label or writing.escaped(text), text)

    def _unknown(self, text: str, found: re.Match[str]) -> str:
        """Where something leads that only its site knows."""
        return self._label(found["unlinked"]) or writing.escaped(text)

    def _xref(self, text: str, found: re.Match[str]) -> str:
        return self._reference(text, found["referred"])

    def _target(self, text: str, found: re.Match[str]) -> str:
        return self._reference(text, found["called"] or "")

    def _reference(self, target: str, said: str) -> str:
        """A link to a section or a page: without a label by the title of what it leads to."""
        name, mark, anchor = target.strip().partition("#")
        if not mark and "." not in name and "/" not in name and ":" not in name:
            name, anchor = "", name
        label = self._label(said)
        if not name:
            told = self._titles.get(anchor)
            # Asciidoctor finds sections by their titles, too.
            label = label or self(told or anchor)
            return writing.link(label, f"#{anchor}") if told or said else label
        label = label or writing.escaped(_WORDS.sub(" ", Path(name.rpartition(":")[2]).stem))
        path = antora.linked(f"{name}{mark}{anchor}", self._document)
        return writing.link(label, path) if path else label

    def _label(self, said: str) -> str:
        return self(_ROLE.sub("", said.replace("\\]", "]")).strip().strip('"')) if said else ""

    def _image(self, text: str, found: re.Match[str]) -> str:
        return writing.image(found["described"].split(",")[0].strip('"'), text)

    def _note(self, text: str, found: re.Match[str]) -> str:
        name = found["noted"]
        if name and text.strip():
            self._notes[name] = text
        said = text.strip() or self._notes.get(name, "")
        return f" ({self(said)})" if said else ""

    def _menu(self, text: str, found: re.Match[str]) -> str:
        steps = [text, *re.split(r"\s*[>,]\s*", found["items"])]
        return writing.marked("**", writing.escaped(" › ".join(filter(None, steps))))

    def _formula(self, text: str, found: re.Match[str]) -> str:
        return f"${text}$"

    def _index(self, text: str, found: re.Match[str]) -> str:
        return self(text)

    def _nothing(self, text: str, found: re.Match[str]) -> str:
        return ""

    def _dash(self, text: str, found: re.Match[str]) -> str:
        return "—"

    def _sign(self, text: str, found: re.Match[str]) -> str:
        return _SIGNS[text]

    _KINDS: ClassVar[Mapping[str, Callable[..., str]]] = {
        "break": _break,
        "reference": _character,
        "escaped plain word raw": _verbatim,
        "passed": _passed_on,
        "code span": _code,
        "quoted": _in_quotes,
        "single": _in_single_quotes,
        "link": _link,
        "xref": _xref,
        "target": _target,
        "address": _address,
        "unknown": _unknown,
        "image": _image,
        "note": _note,
        "key": _bold,
        "menu": _menu,
        "formula": _formula,
        "nothing": _nothing,
        "index term marked mark above below": _plain,
        "bold strong": _bold,
        "slanted emphasis": _slanted,
        "dash": _dash,
        "sign": _sign,
    }
