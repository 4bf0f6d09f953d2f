"""Finds the element that holds the main content of a page of HTML, its title and its address.

<title>Refunds – Acme Help</title>
<article><h1>Refunds</h1>Dana, 3 March
<div class="article-body"><h1>How</h1>…</div> ─▶  the inner element, "Refunds"
Related articles …</article>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from entrywise.data.addresses import is_web_address
from entrywise.data.documents.conversion import elements, writing
from entrywise.data.documents.conversion.web_page import tables
from entrywise.data.documents.plain_text import one_blank

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAIN = tuple(f"{one}#main-content,{one}#maincontent" for one in ("div", "section"))
"""What generators call the element that they give no tag of its own, Confluence's export among
them."""
_BODIES = (
    '[itemprop~="articleBody"]',
    *".e-content .entry-content .article-body .article_body .page-body".split(),
    *".mw-parser-output #mw-content-text".split(),
)
"""What holds the text of an article, less its author, its date, votes, comments and what else is
there to read: as schema.org, microformats, help centres, Notion and MediaWiki call it."""
_MOST = 50
"""Elements before a paragraph that are looked at."""
_AROUND = "header,[role=banner]"
_FIRST_LEVEL = "# "


def content(tree: LexborHTMLParser) -> tuple[LexborNode | None, bool]:
    """The element that holds what the page is about, and whether the page says so."""
    found, is_main = _main(tree)
    for selector in _BODIES if found else ():
        bodies = found.css(selector) if found else []
        if len(bodies) == 1 and elements.bare(bodies[0]).strip():
            return bodies[0], True
    return found, is_main


def _main(tree: LexborHTMLParser) -> tuple[LexborNode | None, bool]:
    for selector in ("main", '[role="main"]', *_MAIN):
        if (main := tree.css_first(selector)) and elements.bare(main).strip():
            articles = main.css("article")
            return (articles[0] if len(articles) == 1 else main), True
    articles = tree.css("article")
    if len(articles) == 1:
        return articles[0], True
    return tree.body, False


def address(tree: LexborHTMLParser) -> str:
    """The address that a page gives itself; empty where it gives none on the web."""
    link = tree.css_first('link[rel="canonical"]')
    told = (link.attributes.get("href") or "") if link else ""
    return told if is_web_address(told) else ""


def opening(
    tree: LexborHTMLParser, held: LexborNode, said: str, blocks: Sequence[str]
) -> Iterator[str]:
    """What stands above the content, as Markdown: the title, and what a table there says.

    Args:
        held: the content.
        said: the title of the page.
        blocks: the content as Markdown.
    """
    of_several = said if _heads_several(said, blocks) else ""
    if title := _title_above(tree, held, said) or of_several:
        yield writing.heading(1, writing.escaped(title))
        if told := [f"{name}: {value}" for name, value in _told_above(held) if value]:
            yield writing.lines(told)


def _title_above(tree: LexborHTMLParser, held: LexborNode, said: str) -> str:
    """The last of the headings above that the title of the page says; empty where none is."""
    within = {one.mem_id for one in held.css("h1")}
    texts = [elements.line(one) for one in tree.css("h1") if one.mem_id not in within]
    # What heads all pages of a site is called by the site alone.
    of_site = {elements.line(one) for header in _site_headers(tree) for one in header.css("h1")}
    found = [text for text in texts if text and text in said and text not in of_site]
    return found[-1] if found else ""


def _heads_several(title: str, blocks: Sequence[str]) -> bool:
    """Whether a title is a paragraph above several headings of the first level, none of which says
    a part of it."""
    headings = [(place, one) for place, one in enumerate(blocks) if one.startswith(_FIRST_LEVEL)]
    texts = [one.removeprefix(_FIRST_LEVEL).partition(" {#")[0] for _, one in headings]
    if len(headings) < 2 or any(one in title for one in texts):
        return False
    return writing.escaped(title) in blocks[: headings[0][0]]


def _site_headers(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    own = {one.mem_id for part in tree.css("main,article") for one in part.css(_AROUND)}
    yield from (one for one in tree.css(_AROUND) if one.mem_id not in own)


def _told_above(held: LexborNode) -> list[tuple[str, str]]:
    """What the header of an article says in a table, a name and a value in each row: `Owner`,
    `Mia`."""
    header = next((one for one in _before(held) if one.tag == "header"), None)
    table = header.css_first("table") if header else None
    rows = list(tables.rows(table)) if table else []
    cells = [tables.cells(row) for row in rows]
    if not all([cell.tag for cell in row] == ["th", "td"] for row in cells):
        return []
    return [(elements.line(name), _listed(value)) for name, value in cells]


def _before(node: LexborNode) -> Iterator[LexborNode]:
    while previous := node.prev:
        node = previous
        yield node


def _listed(node: LexborNode) -> str:
    """What a cell says, its parts apart by commas."""
    parts = (one_blank(elements.bare(one)) for one in node.iter(include_text=True))
    return ", ".join(filter(None, parts))


def is_title(node: LexborNode) -> bool:
    """Whether a paragraph that opens a page is its title, as Google Docs and Word write it."""
    classes = (node.attributes.get("class") or "").lower().split()
    is_called = "msotitle" in classes or (
        "title" in classes and elements.parent_tag(node) == "body"
    )
    return (
        node.tag == "p"
        and is_called
        and not any(elements.bare(one).strip() for one in islice(_before(node), _MOST))
    )
