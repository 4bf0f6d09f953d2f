"""Removes what nobody reads (tags on lines of their own, comments, scripts and styles), and keeps
pictures and titles.

<Tab title="Linux">                                        **Linux**
<img src="tide.svg" alt="The tide" width="80%" />    ─▶    ![The tide](tide.svg)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import quote

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE
from entrywise.data.documents.plain_text import margin, without_tags

# What an attribute says may stand on several lines, and hold what looks like a tag.
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,500}\}){0,500}\}"
_VALUE = rf"(?:\"[^\"]{{0,500}}\"|'[^']{{0,500}}'|{_BRACES}|[^\s\"'{{}}<>=`]{{1,500}})"
ATTRIBUTES = rf"(?:\s+[\w:@.-]+(?:\s?=\s?{_VALUE})?){{0,20}}\s*/?>"
"""What stands in a tag behind its name, its end included."""
_WHOLE_TAG = re.compile(
    rf"[ \t]*<(?!(?:script|style)\b)(?P<tag>[A-Za-z][\w.:-]*(?=\s){ATTRIBUTES})[ \t]*$",
    re.MULTILINE,
)
_PICTURE = re.compile(rf"<(?P<tag>img\b{ATTRIBUTES})|{OUTSIDE_CODE}", re.IGNORECASE)
# Also as an expression of JSX that is no more than a text.
_SAID = re.compile(
    r"\s(?P<name>[\w-]+)\s?=\s?(?:(?:\{\s*)?(?:\"([^\"]*)\"|'([^']*)'|`([^`$]*)`)|"
    r"([^\s\"'<>={}`]+))"
)
_CARD = re.compile(rf"<(?P<tag>[A-Z][\w.]*(?=\s){ATTRIBUTES})")
_COMPONENT = re.compile(r"<?(?P<name>[A-Z][\w.]*)(?=\s)")
_LABELS = ("title", "label", "summary", "heading", "question", "q")
_WITHIN = re.compile(rf"<(?P<tag>[A-Z][\w.]*(?=\s){ATTRIBUTES})(?<=/>)|{OUTSIDE_CODE}")
_SHOWN, _MAY_BE_SHOWN = ("label", "title", "text", "keys"), ("name", "path")
"""By what a component within a sentence says its words; the second may be by what its site finds
it, too."""
_OF_KEYS = re.compile(r"\w*(?:key|kbd|shortcut)", re.IGNORECASE)
"""What shows keys to press, which no sentence can do without, whatever it calls them."""
_NO_KEYS = ("id", "class", "classname", "style")
_SEEN = re.compile(r"\w*(?:icon|image|img|picture|video|tube|logo|avatar|emoji)", re.IGNORECASE)
_FOUND_BY = re.compile(r"\S*[/:.]\S*")
_MARKS = re.compile(r"[\[\]<\\`*|]")
_OF_NOTES = "Update"
"""What Mintlify calls what holds the notes of a release, with headings in it: a heading itself."""
_OF_TABS = ("value", "name")
"""What a tab is called that has no label."""
_OF_FIELDS = ("name", "path", "query", "body", "header")
"""What a field of a reference is called, by where it stands, beside its type."""
_REQUIRED = re.compile(r"\srequired(?=[\s/>]|=\{true\})")
_HEADING = re.compile(
    r"[ ]{0,3}<h(?P<level>[2-6])(?P<said>\s[^<>]*)?>(?P<text>.+)</h(?P=level)>\s*", re.IGNORECASE
)
_SPECIAL = re.compile(r"[\[\]<>\\`]")
_KEPT = "/%?#&=+,:;@!$'*~"
"""What may stand in an address beside letters and digits, but for what ends one in Markdown."""
_BEHIND = re.compile(r"[.,;:!?)](?:\s|$)")
_COMMENT = re.compile(r"(?<!\\)<!--")
_UNREAD = (("<script", "</script>"), ("<style", "</style>"))


class Tags:
    """Tags with what they say of themselves, on lines of their own: nobody reads them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0
        self.is_label = False
        """Whether what is read of the last line is the label of what it opens."""

    def shown(self, line: str, *, is_code: bool) -> str | None:
        """What is read of a line of one: nothing, the picture that it shows, or the label of what
        it opens; None of other lines. All lines are asked for, in their order."""
        start = self._start
        self._start += len(line) + 1
        self.is_label = False
        if start < self._end:
            return ""
        if is_code or not line.lstrip().startswith("<"):
            return None
        found = _WHOLE_TAG.match(self._text, start)
        if not found:
            return None
        self._end = found.end()
        shown, named = picture(found["tag"]), label(found["tag"])
        said, self.is_label = shown or named, bool(named)
        return f"{margin(line)}{said}" if said else ""


def with_pictures(line: str) -> str:
    """A line outside code whose tags of pictures are Markdown."""
    if "<img" not in line.lower() or len(line) > LONGEST:
        return line
    return _PICTURE.sub(lambda found: (found["tag"] and picture(found["tag"])) or found[0], line)


def with_words(line: str) -> str:
    """A line outside code whose components that hold nothing are the words that they are given; not
    a heading, whose anchor is made without them, and not where they lead somewhere.

    >>> with_words('Go to <Path path="Oars > Blades" />, press <Key mod="alt" k="x" />.')
    'Go to Oars > Blades, press alt+x.'
    """
    if "/>" not in line or len(line) > LONGEST or line.lstrip().startswith("#"):
        return line
    return _WITHIN.sub(lambda found: (found["tag"] and _words(found["tag"])) or found[0], line)


def _words(tag: str) -> str:
    """What a component says that holds nothing; empty of a picture, and of what leads somewhere."""
    if _SEEN.match(tag) or attribute(tag, "href"):
        return ""
    said = _first(tag, _SHOWN) or (_keys(tag) if _OF_KEYS.match(tag) else "")
    if not said:
        said = next(filter(_are_words, (attribute(tag, one) for one in _MAY_BE_SHOWN)), "")
    return _MARKS.sub("", " ".join(unescape(said).split()))


def _keys(tag: str) -> str:
    """The keys that a component shows, in its order: "ctrl+s"."""
    told = (one for one in _SAID.finditer(tag) if one["name"].lower() not in _NO_KEYS)
    return "+".join(next(filter(None, one.groups()[1:]), "") for one in told).strip("+")


def _are_words(said: str) -> bool:
    """Whether what is said has several words, or one as titles have it, and is no file or key."""
    is_told = any(sign.isspace() or sign.isupper() for sign in said)
    return is_told and not _FOUND_BY.fullmatch(said)


def picture(tag: str) -> str:
    """The picture that a tag shows as Markdown, where its file is among the documents."""
    tag = tag.removeprefix("<")
    address = attribute(tag, "src")
    if tag[:3].lower() != "img" or not address or leads_elsewhere(address) or "\n" in address:
        return ""
    text = " ".join(attribute(tag, "alt").split())
    return f"![{_SPECIAL.sub('', text)}]({quote(address, safe=_KEPT)})"


def heading(line: str) -> str:
    """The heading that a line of HTML is, as Markdown; empty of other lines.

    >>> heading('<h2 id="oars" class="big">Two <b>oars</b></h2>')
    '## Two oars {#oars}'
    """
    found = _HEADING.fullmatch(line) if len(line) <= LONGEST else None
    text = _plain(without_tags(found["text"])) if found else ""
    if not (found and text):
        return ""
    anchor = attribute(found["said"] or "", "id")
    return f"{'#' * int(found['level'])} {text}" + (f" {{#{anchor}}}" if anchor else "")


def with_links(source: str) -> str:
    """A text of Markdown whose components that lead somewhere are links.

    >>> with_links('<Card title="Oars" icon="oar" href="/oars">Two of them.</Card>')
    '[Oars](/oars)Two of them.</Card>'
    """
    if "<" not in source:
        return source
    return _CARD.sub(lambda found: _link(found["tag"]) or found[0], source)


def label(tag: str) -> str:
    """What a component is called that a tag opens, in bold, as a link where it leads to a page, or
    where one leads that holds nothing, as an item; empty where neither is said.

    >>> label('<TabItem value="mac" label="macOS">'), label('<Tab value="mac">'), label("<Tab>")
    ('**macOS**', '**mac**', '')
    >>> label('<Card title="Oars" icon="oar" href="/oars">')
    '**[Oars](/oars)**'
    >>> label('<ParamField query="limit" type="number" default="20" required>')
    '**limit (number, required, default: 20)**'
    >>> label('<LinkCard title="Oars" href="oars/" description="Two of them" />')
    '- [Oars](oars/): Two of them'
    """
    found = _COMPONENT.match(tag)
    if not found:
        return ""
    if tag.rstrip().endswith("/>"):
        return _card(tag)
    names = (*_LABELS, *(_OF_TABS if "Tab" in found["name"] else ()))
    text = _plain(_first(tag, names) or _field(tag))
    if text and found["name"] == _OF_NOTES:
        told = _plain(attribute(tag, "description"))
        return f"# {text} ({told})" if told else f"# {text}"
    return f"**{_link(tag) or text}**" if text else ""


def _card(tag: str) -> str:
    """Where a card leads that holds nothing else, as an item; empty where it does not say so."""
    told = _plain(attribute(tag, "description"))
    link = _link(tag)
    return f"- {link}" + (f": {told}" if told else "") if link else ""


def _link(tag: str) -> str:
    """A tag that has a title and an address as a link; empty of others."""
    text, address = _plain(attribute(tag, "title")), attribute(tag, "href")
    is_link = text and address and "\n" not in address
    return f"[{text}]({quote(address, safe=_KEPT)})" if is_link else ""


def _plain(said: str) -> str:
    """What an attribute says, without what would be marks of Markdown."""
    return _SPECIAL.sub("", " ".join(unescape(said).replace("*", "").split()))


def _first(tag: str, names: Iterable[str]) -> str:
    """What a tag says of itself by the first of several names by which it does."""
    return next(filter(None, (attribute(tag, name) for name in names)), "")


def _field(tag: str) -> str:
    """What a field is called that a tag opens, and of what kind it is; empty of other tags."""
    name, kind = _first(tag, _OF_FIELDS), attribute(tag, "type")
    if not (name and kind):
        return ""
    default = attribute(tag, "default")
    told = (kind, "required" * bool(_REQUIRED.search(tag)), f"default: {default}" * bool(default))
    return f"{name} ({', '.join(filter(None, told))})"


def attribute(tag: str, name: str) -> str:
    """What a tag says of itself by a name; empty where it does not."""
    for said in _SAID.finditer(tag):
        if said["name"].lower() == name:
            return next((text for text in said.groups()[1:] if text), "")
    return ""


class Comments:
    """Takes comments, and scripts and styles that begin a line, out of the lines of a text, in
    their order; what is never closed is text."""

    def __init__(self, text: str) -> None:
        # Those of MDX stand in Markdown, too, which generators of sites read as such.
        self._marks = [("<!--", "-->"), ("{/*", "*/}"), *_UNREAD]
        lines = text.split("\n")
        self._last = {
            close: max((n for n, line in enumerate(lines) if close in line), default=-1)
            for _, close in self._marks
        }
        self._open = ""

    def without(self, line: str, number: int) -> str:
        """A line outside code, the `number`th of the text."""
        kept: list[str] = []
        while True:
            if self._open:
                _, found, line = line.partition(self._open)
                if not found:
                    return "".join(kept)
                self._open = ""
                if kept and _BEHIND.match(line):
                    # A blank is left of "the date {/* 7 days */}." only.
                    kept[-1] = kept[-1].rstrip()
            start, close, size = self._next(line, number)
            if not close:
                # One that is never closed is no HTML: markdown-it-py would look for its end anew at
                # each of many.
                return "".join([*kept, line if "`" in line else _COMMENT.sub(r"\\<!--", line)])
            kept.append(line[:start])
            self._open, line = close, line[start + size :]

    @property
    def is_open(self) -> bool:
        """Whether the next line is in one."""
        return bool(self._open)

    def _next(self, line: str, number: int) -> tuple[int, str, int]:
        """Where the next comment begins, what closes it, and the size of its mark; comments that
        are shown as code are none."""
        found: list[tuple[int, str, int]] = []
        for mark, close in self._marks:
            start = line.find(mark)
            if start < 0 or line[:start].endswith("\\") or line.count("`", 0, start) % 2:
                continue
            if (mark, close) in _UNREAD and line[:start].strip():
                continue
            if number < self._last[close] or close in line[start:]:
                found.append((start, close, len(mark)))
        return min(found, default=(-1, "", 0))
