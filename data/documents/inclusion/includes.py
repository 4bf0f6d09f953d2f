"""Replaces includes by what they take in from other files.

    --8<-- "docs/install.sh:2:4"            lines 2 to 4 (pymdownx.snippets; also as a block)
    {* ../src/app.py ln[1:9] *}             a block of code (FastAPI's docs)
    {! shared/warning.md !}                 the text (markdown-include)
    {{#include ../src/main.rs:one}}         the text, or a part of it (mdBook)
    .. literalinclude:: app.py              a block of code (Sphinx)
    .. include:: shared/warning.rst         the text (docutils)
    ```{include} shared/warning.md          the text (MyST; `{literalinclude}`: a block of code)
    import Vat from './_vat.mdx'            the text, where it says `<Vat />` (Docusaurus)
    [!INCLUDE [VAT](vat.md)]                the text (DocFX)
    {% include-markdown "shared/vat.md" %}  the text, or what is between marks (MkDocs, Jekyll …)

Where paths are looked for says `inclusion/files.py`. What cannot be taken in is left out and
listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from entrywise.data.documents.dialects.fences import Fences
from entrywise.data.documents.front_matter import split_front_matter
from entrywise.data.documents.inclusion import partials
from entrywise.data.documents.inclusion.files import IncludedFiles, Place
from entrywise.data.documents.inclusion.parts import (
    OPTION,
    Missing,
    chosen,
    code_block,
    fenced,
    is_code,
    language,
    named_part,
    numbered_lines,
    options_of_myst,
    restructured_part,
)
from entrywise.data.documents.inclusion.patterns import (
    ANNOUNCES_CODE,
    BLOCK,
    CODE,
    DIRECTIVE,
    LINES,
    OF_MDBOOK,
    OF_MYST,
    ONE_LINE,
    SNIPPET,
    TEXT,
)
from entrywise.data.documents.inclusion.tags import (
    DOCUMENTS,
    IncludeTag,
    include_tags,
    tagged_part,
)
from entrywise.data.documents.plain_text import margin
from entrywise.data.entries import Unread


class Includes:
    """Takes in what the documents below a folder name."""

    def __init__(self, root: Path, snippets: Sequence[Path] = ()) -> None:
        self._files = IncludedFiles(root, snippets)

    @property
    def unread(self) -> list[Unread]:
        """What it could not take in."""
        return self._files.unread

    @property
    def whole(self) -> frozenset[Path]:
        """The files whose whole text it took in, but as code."""
        return frozenset(self._files.whole)

    def in_markdown(self, text: str, document: Path) -> str:
        """The Markdown of a document with what it includes."""
        marks = ("8<-", "{*", "{!", "{{", "include", "[!INCLUDE")
        if not any(mark in text for mark in marks) and not partials.partials(text):
            return text
        with self._files.opened(document.resolve()):
            return "\n".join(self._markdown_lines(text, document))

    def in_restructured(self, text: str, document: Path) -> str:
        """The reStructuredText of a document with what it includes."""
        if "include::" not in text:
            return text
        with self._files.opened(document.resolve()):
            return "\n".join(self._restructured_lines(text, document))

    def _markdown_lines(self, text: str, document: Path) -> Iterator[str]:
        fences = Fences()
        block_indent: str | None = None
        """The indentation of the block of snippets that is open; None where none is."""
        documents = partials.partials(text)
        tags = include_tags(text)
        numbered = enumerate(text.split("\n"), 1)
        for number, line in numbered:
            place = Place(document, number, fences.is_open)
            if not place.is_code and (of_myst := OF_MYST.match(line)):
                options = options_of_myst(numbered, of_myst["fence"])
                yield from self._directive(of_myst, options, place, in_markdown=True)
                continue
            if tag := tags.get(number):
                written = [line, *(line for _, line in islice(numbered, tag.lines - 1))]
                taken = self._tagged(tag, place)
                yield from written if taken is None else taken
                continue
            fences.read(line)
            place = Place(document, number, fences.is_open)
            if line.lstrip().startswith(";--8<--"):
                yield line.replace(";", "", 1)
            elif block := BLOCK.match(line):
                block_indent = block["indent"] if block_indent is None else None
            elif block_indent is None:
                yield from self._line(line, place, documents)
            elif line.strip() and not line.lstrip().startswith(";"):
                yield from self._snippet(line.strip(), block_indent, place)

    def _line(self, line: str, place: Place, documents: Mapping[str, str]) -> Iterable[str]:
        """What a line takes in; itself where it is no include.

        Args:
            documents: `partials` of the text that it stands in.
        """
        if snippet := SNIPPET.match(line):
            return self._snippet(snippet["path"], snippet["indent"], place)
        if of_mdbook := OF_MDBOOK.match(line):
            return self._mdbook(of_mdbook, place)
        if text := TEXT.match(line):
            # Code without such a file shows what an include looks like.
            path = self._files.find(text["path"], place.document, is_snippet=True)
            if path or not place.is_code:
                return self._snippet(text["path"], text["indent"], place)
        if place.is_code:
            return (line,)
        if partial := partials.shown(line, documents):
            return self._partial(partial, place)
        if code := CODE.match(line):
            return self._code(code, place)
        return (line,)

    def _snippet(self, name: str, indent: str, place: Place) -> Iterator[str]:
        """The lines of `PATH`, `PATH:FIRST:LAST,…` or `PATH:SECTION`."""
        path, colon, part = name.partition(":")
        if path in ("http", "https"):
            self._files.miss(place, name, "is on the web, and only files are included")
            return
        yield from self._taken(path, part if colon else "", indent, place)

    def _taken(self, path: str, part: str, indent: str, place: Place) -> Iterator[str]:
        found = self._files.read(path, place, part, is_snippet=True)
        if found is None:
            return
        file, text = found
        try:
            lines = named_part(text.split("\n"), part)
        except Missing as missing:
            self._files.miss(place, path, str(missing))
            return
        if not (part or place.is_code):
            self._files.whole.add(file)
        yield from self._as_markdown(lines, indent, file, part)

    def _partial(self, partial: partials.Shown, place: Place) -> Iterator[str]:
        """The text of a document that another shows as a component."""
        if found := self._files.read(partial.path, place):
            self._files.whole.add(found[0])
            _, text, _ = split_front_matter(found[1])
            lines = [*partial.filled(text.split("\n"))]
            yield from ("", *self._as_markdown(lines, partial.indent, found[0]), "")

    def _as_markdown(
        self, lines: list[str], indent: str, file: Path, part: str = ""
    ) -> Iterator[str]:
        """Lines of a file, which are a part of it, with what they include."""
        text = "\n".join(lines).strip("\n")
        yield from self._nested(self._markdown_lines, text, indent, (file, part))

    def _nested(
        self,
        read: Callable[[str, Path], Iterator[str]],
        text: str,
        indent: str,
        opened: tuple[Path, str],
    ) -> Iterator[str]:
        with self._files.opened(*opened):
            for line in read(text, opened[0]):
                yield f"{indent}{line}" if line.strip() else line

    def _tagged(self, tag: IncludeTag, place: Place) -> list[str] | None:
        """What a tag takes in; None where it is code that shows one."""
        part = chosen(tag.options)
        path = self._files.find(tag.path, place.document)
        is_template = Path(tag.path).suffix.lower() not in DOCUMENTS
        if path is None and (is_template or not tag.is_quoted):
            path = self._files.find(f"_includes/{tag.path}", place.document)
        if place.is_code and path is None:
            return None
        of_site = path is None or "_includes" in path.parts or not tag.is_quoted
        if of_site and (is_template or (path is None and not tag.is_quoted)):
            reason = "is no document below the folder that is read; its site may know it"
            self._files.miss(place, tag.path, reason, "warning")
        elif tag.path.startswith(("http://", "https://")):
            self._files.miss(place, tag.path, "is on the web, and only files are included")
        elif found := self._files.read(tag.path, place, part, path):
            try:
                lines = tagged_part(*found, tag.options)
            except Missing as missing:
                self._files.miss(place, tag.path, str(missing))
                return []
            if not (part or place.is_code):
                self._files.whole.add(found[0])
            return [*self._as_markdown(lines, tag.indent, found[0], part)]
        return []

    def _mdbook(self, found: re.Match[str], place: Place) -> Iterator[str]:
        """The text of a file; code in a block of its own where it is a playground."""
        path, part, indent = found["path"], found["part"] or "", found["indent"]
        if ONE_LINE.fullmatch(part):
            part = f"{part}:{part}"
        if place.is_code or found["kind"] != "playground":
            yield from self._taken(path, part, indent, place)
        elif taken := list(self._taken(path, part, "", place._replace(is_code=True))):
            yield from fenced(taken, language(Path(path)), indent)

    def _code(self, code: re.Match[str], place: Place) -> Iterator[str]:
        if found := self._files.read(code["path"], place, None):
            file, text = found
            lines = text.rstrip("\n").split("\n")
            if numbers := LINES.search(code["options"]):
                lines = numbered_lines(lines, numbers["lines"])
            yield from fenced(lines, language(file), code["indent"])

    def _restructured_lines(self, text: str, document: Path) -> Iterator[str]:
        lines = text.split("\n")
        number = 0
        code_at = -1
        """The indentation of what announces code, in which nothing is taken in."""
        while number < len(lines):
            line = lines[number]
            indent = len(margin(line))
            if line.strip() and indent <= code_at:
                code_at = -1
            found = DIRECTIVE.match(line) if code_at < 0 else None
            if code_at < 0 and ANNOUNCES_CODE.match(line):
                code_at = indent
            number += 1
            if not found:
                yield line
                continue
            place = Place(document, number)
            options: dict[str, str] = {}
            while number < len(lines) and (option := OPTION.match(lines[number])):
                options[option["name"]] = option["value"]
                number += 1
            yield from self._directive(found, options, place, in_markdown=False)

    def _directive(
        self, found: re.Match[str], options: dict[str, str], place: Place, *, in_markdown: bool
    ) -> Iterator[str]:
        """What a directive of MyST or of reStructuredText takes in."""
        part = chosen(options)
        shows_code = is_code(found, options)
        path = found["path"]
        taken = self._files.read(path, place, None if shows_code else part)
        if taken is None:
            return
        file, text = taken
        try:
            lines = restructured_part(text.rstrip("\n").split("\n"), options)
        except Missing as missing:
            self._files.miss(place, path, str(missing))
            return
        indent = found["indent"]
        if shows_code:
            shown = options.get("language") or options.get("code") or language(file)
            yield from (fenced if in_markdown else code_block)(lines, shown, indent)
            return
        if in_markdown and file.suffix.lower() == ".rst":
            self._files.miss(place, path, "is reStructuredText, in a document of Markdown")
            return
        if not part:
            self._files.whole.add(file)
        if in_markdown:
            yield from self._as_markdown(lines, indent, file, part)
        else:
            # As docutils does: what ends within a line does not run into what follows.
            yield ""
            text = "\n".join(lines)
            yield from self._nested(self._restructured_lines, text, indent, (file, part))
            yield ""
