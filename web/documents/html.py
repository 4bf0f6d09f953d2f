"""Documents as HTML for pages: whole sections, quotes in answers, quotes where they stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from entrywise.data.documents.dialects.lines import within
from entrywise.data.documents.linked_documents import EntriesById
from entrywise.data.documents.links import with_labels_read
from entrywise.data.documents.pictures import place
from entrywise.data.documents.remarks import URGENT
from entrywise.data.documents.stretches import lines_of, remarks_of
from entrywise.data.entries import KnowledgeBase, Section
from entrywise.data.pictures import NO_PICTURES, Pictures
from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.groups import Group, groups, source_of
from entrywise.rag.render.documents.html import Form, Picture, html_of
from entrywise.rag.render.documents.tree import (
    Block,
    Node,
    marked,
    parsed,
    with_remarks,
)
from entrywise.web.documents.highlight import NO_MARKING, Marking
from entrywise.web.documents.left_out import items_left_out, rows_left_out
from entrywise.web.documents.links import Leads, picture_path
from entrywise.web.documents.nearby import near
from entrywise.web.pages.formulas import typeset
from entrywise.web.served.links import quote_path
from entrywise.web.terms.terms import NO_LINKS, NO_TERMS, Linked, Terms

if TYPE_CHECKING:
    from entrywise.web.served.served import Served

_NONE = KnowledgeBase(())
_NO_LANGUAGES = {"none", "plain", "plaintext", "text", "txt"}
"""What stands for a language where code is in none."""
_CODE = re.compile(r"(<pre[^>]*>)?<code>([^<]*)</code>")
_SHORT = 24
"""Characters of code in a line, or of a word in it, that fit into the line of a phone."""
_WORD = re.compile(rf"(?<!\S)(?=\S*[^\w\s])\S{{2,{_SHORT}}}(?!\S)")
"""One of code that could break at a sign: `--refresh-package`."""
_WHOLE = r'<span class="whole">\g<0></span>'
_BEYOND = Markup('<p class="beyond"><a href="{}">{}</a></p>')
_KIND = Markup('<p class="{}">{}</p>')
_HEAD = Markup(
    '<p class="head"><span>{}</span>'
    '<button type="button" class="quiet" data-action="copy-code">{}</button></p>'
)


@dataclass(frozen=True, slots=True)
class Documents:
    """Shows the Markdown of a knowledge base's documents, with links to its other documents."""

    knowledge_base: EntriesById = _NONE
    pictures: Pictures = NO_PICTURES
    """Those that can be shown."""
    terms: Terms = NO_TERMS
    """The names in texts that lead to their entries."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What kinds of remarks are called."""
    copy: str = ""
    """What the button that copies code says; none without."""
    more_rows: Callable[[int], str] = str
    """What leads to so many more rows of a table."""
    more_items: Callable[[int], str] = str
    """What leads to so many more items of a list."""

    @classmethod
    def of(cls, served: Served) -> Documents:
        """Those of a knowledge base that is served."""
        texts = served.texts
        kinds, copy = texts.labels("remark"), texts("answer.copy")

        def rows(count: int) -> str:
            return texts("answer.more_rows", count=count)

        def items(count: int) -> str:
            return texts("answer.more_items", count=count)

        return cls(served.knowledge_base, served.pictures, served.terms, kinds, copy, rows, items)

    def excerpt(self, cited: Sequence[Citation], mark: Callable[[int], str]) -> Markup:
        """Quotes of a part of an answer, each with its mark, which `mark` makes; what answers by
        itself is marked in them."""
        linked = self.terms.of((one.entry, one.section) for one in cited)
        shown = []
        for group in groups(cited):
            marking = self._highlight(group)
            blocks = marking.of(self._marked(group))
            entry = group.citations[0].entry
            shown.append(self._html(blocks, entry, mark, marking.attributes, linked))
            path = quote_path(group.citations[0])
            shown += (_BEYOND.format(path, said) for said in self._more(group))
        return Markup("").join(shown)

    def section(self, entry: str, section: Section, start: int = 0, end: int = 0) -> Markup:
        """A whole section; the characters from `start` to `end` are marked, and the first block
        that has some of them has the id `quote`."""
        linked = self.terms.of([(entry, section.name)])
        marking = Marking(section, start, end, "quote")
        blocks = marking.of(_blocks(section))
        return self._html(blocks, entry, attributes=marking.attributes, linked=linked)

    def around(
        self, citation: Citation, *, is_evidence: bool = True, is_read: bool = False
    ) -> Markup:
        """A quote where it stands: its blocks, it marked where it `is_evidence`, and those near.

        Args:
            is_read: whether it is shown elsewhere, too; the middle of a long one is left out.
        """
        section = self._section(citation)
        start, end = citation.start, citation.end
        marking = Marking(section, start, end if is_evidence else start)
        blocks = marking.of(_blocks(section))
        shown = near(blocks, section, citation, has_gaps=is_read)
        return self._html(shown, citation.entry, attributes=marking.attributes)

    def _section(self, citation: Citation) -> Section:
        sections = self.knowledge_base[citation.entry].sections
        return next(one for one in sections if one.name == citation.section)

    def _highlight(self, group: Group) -> Marking:
        """Marks what answers by itself in the quotes of a group, if something does."""
        lines = 0
        for one in group.citations:
            if one.highlight and one.entry in self.knowledge_base:
                section = self._section(one)
                above = within(lines_of(section), one.start, one.end).start - lines
                return Marking(section, *one.highlight, above=above)
            lines += source_of(one).count("\n") + 1
        return NO_MARKING

    def _more(self, group: Group) -> Iterable[str]:
        """What the tables and lists of which a group quotes a part have besides."""
        first = group.citations[0]
        if first.entry not in self.knowledge_base or not first.is_markdown:
            return
        blocks = self._section(first).blocks
        if rows := rows_left_out(blocks, group.citations):
            yield self.more_rows(rows)
        if items := items_left_out(blocks, group.citations):
            yield self.more_items(items)

    def _marked(self, group: Group) -> tuple[Block, ...]:
        """The blocks of quotes with their marks; what their document sets apart is set apart."""
        first, *others = group.citations
        is_told = bool(others) or not first.is_markdown or first.source is not None
        if is_told or first.entry not in self.knowledge_base:
            return group.marked
        section = self._section(first)
        above = within(lines_of(section), first.start, first.end).start
        inside = [one.below(above) for one in remarks_of(section) if one.lines.stop > above]
        return marked(with_remarks(group.blocks, inside), [first.number])

    def _html(
        self,
        blocks: Sequence[Block],
        entry: str,
        mark: Callable[[int], str] = str,
        attributes: Callable[[Node], str] = lambda node: "",
        linked: Linked = NO_LINKS,
    ) -> Markup:
        text = partial(typeset, shown_as=linked)
        lead = Leads(entry, self.knowledge_base).path
        picture = partial(self._picture, entry=entry)
        # The form escapes all that is not its own.
        form = Form(mark, text, typeset, lead, attributes, picture, self._kind, self._head)
        return Markup(_CODE.sub(_held, html_of(blocks, form)))

    def _kind(self, kind: str) -> str:
        """What is above a remark; nothing where its kind is the author's own."""
        look = "kind urgent" if kind in URGENT else "kind"
        return _KIND.format(look, self.kinds[kind]) if kind in self.kinds else ""

    def _head(self, language: str) -> str:
        """What is above code."""
        named = "" if language.lower() in _NO_LANGUAGES else language
        return _HEAD.format(named, self.copy) if self.copy else ""

    def path(self, entry: str, address: str) -> str | None:
        """The path of the page or picture to which a link of an entry leads; None of others."""
        if picture := self._picture(address, entry):
            return picture.address
        if entry not in self.knowledge_base:
            return None
        return Leads(entry, self.knowledge_base).path(address)

    def _picture(self, address: str, entry: str) -> Picture | None:
        name = place(address, posixpath.dirname(entry))
        if not name or name not in self.pictures.names:
            return None
        return Picture(picture_path(name), *(self.pictures.size(name) or ()))


NO_DOCUMENTS = Documents()
"""Shows quotes of documents, without links between them."""


def _blocks(section: Section) -> tuple[Block, ...]:
    source = "\n".join(line.text for line in lines_of(section))
    blocks = parsed(with_labels_read(source, section.links))
    return with_remarks(blocks, remarks_of(section))


def _held(code: re.Match[str]) -> str:
    """Code in a line: whole where it is short, else it breaks between its words."""
    block, said = code.groups()
    if block or said.isalnum():
        return code[0]
    if len(said) <= _SHORT:
        return f'<code class="whole">{said}</code>'
    return f"<code>{_WORD.sub(_WHOLE, said)}</code>"
