"""Shortcodes: the tags that Hugo, Jekyll, Liquid, GitBook and mdBook's tabs put between texts, and
expressions of Liquid and Jinja that are a text or what an address begins with.

    {{< tab "Linux" >}}                        **Linux**
    Install {{< term text="Pods" id="p" >}}    Install Pods
    [setup]({{< ref "setup.md" >}})       ─▶   [setup](setup.md)
    [setup]({% page "/setup/" %})              [setup](/setup/)
    Ask in {% channel "help" %} first.         Ask in help first.
    {% image tide.png Low tide %}              Low tide
    [setup]({{ "/setup/" | relative_url }})    [setup](/setup/)
    {% hint style="info" %}
    {{< highlight go >}}                       ```go
    <%= warning_text("Do not") %>              Do not            in Embedded Ruby

What a tag makes of its arguments only its site knows. Kept is what is meant to be read of it: a
title or a text among them, the only one within a sentence, where a link leads, and what code is
written in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from entrywise.data.documents.dialects.fences import LONGEST, OUTSIDE_CODE, Fences
from entrywise.data.documents.plain_text import margin

_MARKS = ("{{", "{%")
_TAG = re.compile(
    r"(?<!\\)(?:\{\{<(?!/\*)(?P<angle>[^{}]*?)/?>\}\}|\{\{%(?!/\*)(?P<percent>[^{}]*?)/?%\}\}|"
    r"\{%-?(?P<liquid>[^{}]*?)-?%\}|\{\{#(?P<mdbook>[^{}]*?)\}\})"
)
_OUTSIDE = re.compile(rf"(?:{_TAG.pattern})(?P<behind> ?)|{OUTSIDE_CODE}")
# "{{ 'a'.format(b) }}" of MyST, "{{ 'a' | b }}", "({{ site.baseurl }}/a)"
_EXPRESSION = re.compile(
    r"(?<!\\)\{\{-?\s*(?P<mark>[\"'])(?P<text>(?:(?!(?P=mark)).){1,300})(?P=mark)\s*"
    r"(?:\.format\((?P<given>[^{}()]{0,200})\)\s*|[|.][^{}]{0,200})?\}\}|"
    rf"(?<=\]\()\{{\{{-?\s*[\w.]+\s*-?\}}\}}(?=[^\s)])|{OUTSIDE_CODE}"
)
_VARIABLE = re.compile(
    r"\{%-?\s*(?:(?P<raw>raw|endraw)\s*-?%\}|capture\s+(?P<captured>[\w-]+)|"
    r"assign\s+(?P<assigned>[\w-]+)\s*="
    r"(?:\s*(?P<mark>[\"'])(?P<text>[^\"'{}|]{0,300})(?P=mark)\s*-?%\})?)|"
    r"(?<!\\)\{\{-?\s*(?P<name>[A-Za-z_][\w.-]*)(?P<more>[^{}]{0,300}?)-?\}\}(?P<behind> ?)|"
    rf"{OUTSIDE_CODE}"
)
"""A variable of Liquid, what gives one its value, which may be told, and where none is meant."""
_FIELD = re.compile(r"\{\w*\}")
_CLOSING = re.compile(r"\s*(?:/|end)\s*(?P<name>[\w-]+)")
_NAMED = re.compile(
    r"\b(?:text|title|name|label|summary|caption|header|heading)\s*=\s*[\"“](?P<text>[^\"”]*)[\"”]"
)
_GIVEN = re.compile(r"\s*[\w-]+\s+[\"“](?P<text>[^\"”./]*\w[^\"”./]*)[\"”]")
_CAPTION = re.compile(
    r"\bcaption\s*=\s*[\"“](?P<named>[^\"”]*)[\"”]|"
    r"^\s*[\w-]+\s+[^\s\"'=]+\.(?i:png|jpe?g|gif|svg|webp)\s+(?P<words>[^\"'=]*\w[^\"'=]*)$"
)
"""What stands below a picture: is called so, or stands behind its file."""
_LEADS = re.compile(r"\s*(?:ref|relref|link|post_url)\s+[\"“]?(?P<place>[^\s\"”]+)")
_TARGET = re.compile(r"\s*[\w-]+\s+(?P<mark>[\"“'])(?P<place>[^\s\"”']+)[\"”']\s*")
_WITHIN = re.compile(
    r"\s*(?!\w*(?:icon|include|render))[\w-]+\s+[\"“](?P<text>[^\"”./:]*\w[^\"”./:]*)[\"”]\s*"
)
"""A tag of one argument that is words; a picture of it is none, nor is a file."""
_OPENS_CODE = re.compile(
    r"(?P<indent>[ \t]*)\{(?:\{[<%]|%-?)\s*(?:highlight\s+[\"“]?(?P<language>[\w+#-]+)|"
    r"(?!end)(?:code|\w+-code)(?:-\w+)*(?=[\s>%]))(?![^{}\n]*/[>%])[^{}\n]*\}{1,2}[ \t]*"
)
_CLOSES_CODE = re.compile(
    r"(?P<indent>[ \t]*)\{(?:\{[<%]\s*/\s*(?:highlight|[\w-]*code[\w-]*)\s*[>%]\}|"
    r"%-?\s*end(?:highlight|[\w-]*code[\w-]*)\s*-?%)\}?[ \t]*"
)
_OPENS_ON_LINES = re.compile(r"[ \t]*\{(?:\{[<%](?!/\*)|%)[^{}]*$")
_CLOSES_ON_LINES = re.compile(r"[^{}]*(?:[%>]\}|%)\}[ \t]*$")
_EMBEDDED = re.compile(r"<%(?P<kind>[%=]?)(?P<inside>.{0,1000}?)-?%>", re.DOTALL)
_ELSEWHERE = re.compile(r"<%-?\s*content_for\b.{0,4000}?<%-?\s*end\s*-?%>", re.DOTALL)
"""What stands beside a page, as in its menu."""
_SAID = re.compile(r"\w+[ (]*(?P<mark>[\"'])(?P<text>.*)(?P=mark)\s*\)?", re.DOTALL)
"""What a helper is given: text, if there are spaces in it; else a file."""
_MOST_LINES = 20
"""Lines of a tag."""


def closed_names(text: str) -> frozenset[str]:
    """The names of the tags that a text closes: between them stands what they are about."""
    found = (_CLOSING.match(_inside(tag)) for tag in _TAG.finditer(text))
    return frozenset(closing["name"] for closing in found if closing)


def around(line: str) -> tuple[str, str]:
    """What the tag says that a line outside code begins with, and the name of what the tag closes
    that it ends with; each is empty without.

    >>> around("{% callout tip %}Bail it out.{% endcallout %}"), around("{{</* note */>}}")
    ((' callout tip ', 'callout'), ('', ''))
    """
    said = line.strip()
    if len(said) > LONGEST or not (said.startswith("{") or said.endswith("}")):
        return "", ""
    first = _TAG.match(said)
    *_, last = [None, *_TAG.finditer(said)]
    closing = _CLOSING.match(_inside(last)) if last and last.end() == len(said) else None
    return _inside(first) if first else "", closing["name"] if closing else ""


def with_fences(text: str) -> str:
    """A text with fences for the tags around code; what stands in a fence already stays, as does
    what has fences between."""
    if "highlight" not in text and "code" not in text:
        return text
    lines = text.split("\n")
    fences = Fences()
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        is_fenced = fences.read(line)
        if opening := None if is_fenced else _OPENS_CODE.fullmatch(line):
            opened = number, f"{opening['indent']}```{opening['language'] or ''}"
        elif is_fenced:
            opened = None
        elif opened and (closing := _CLOSES_CODE.fullmatch(line)):
            lines[opened[0]] = opened[1]
            lines[number] = f"{closing['indent']}```"
            opened = None
    return "\n".join(lines)


def with_tags_in_a_line(text: str) -> str:
    """A text whose tags on several lines, outside fences, stand on the last of them, which most
    often has their title; above are as many empty ones."""
    if not any(mark in text for mark in _MARKS):
        return text
    lines = text.split("\n")
    fences = Fences()
    until = 0
    for number, line in enumerate(lines):
        if number < until or fences.read(line) or not _OPENS_ON_LINES.match(line):
            continue
        end = _end_of_tag(lines, number + 1)
        if end:
            tag = " ".join([line.rstrip(), *map(str.strip, lines[number + 1 : end])])
            lines[number:end] = [*[""] * (end - number - 1), tag]
            until = end
    return "\n".join(lines)


def _end_of_tag(lines: Sequence[str], first: int) -> int:
    """The line behind a tag that goes on in a line; 0 where it is none."""
    for number in range(first, min(first + _MOST_LINES, len(lines))):
        if _CLOSES_ON_LINES.match(lines[number]):
            return number + 1
        if "{" in lines[number] or "}" in lines[number] or not lines[number].strip():
            break
    return 0


def without_shortcodes(line: str, closed: Collection[str]) -> str:
    """A line outside code with what readers see of its tags.

    Args:
        closed: `closed_names` of the text that it stands in.
    """
    if len(line) > LONGEST or not any(mark in line for mark in _MARKS):
        return line
    alone = _TAG.fullmatch(line.strip())
    if alone:
        title = _title(_inside(alone), closed)
        return f"{margin(line)}**{title}**" if title else _caption(_inside(alone))
    line = _OUTSIDE.sub(lambda tag: _with_gap(tag, closed), line)
    return _EXPRESSION.sub(_text_of, line) if "{{" in line else line


def without_variables(text: str, told: Mapping[str, str] | None) -> str:
    """A Markdown text with the values of Liquid's variables outside code and what is to stay raw;
    nothing in place of those that only a site knows, and of what the text captures, which is read
    where it stands.

    Args:
        told: values of variables of the site; None where it may be that none of them is Liquid's
            but those that the text itself gives a value.

    >>> without_variables("{% assign tide = 'low' %}At {{ tide }} {{ more }} tide.", {})
    "{% assign tide = 'low' %}At low tide."
    """
    return "\n".join(_filled(text, told)) if "{{" in text else text


def _filled(text: str, told: Mapping[str, str] | None) -> Iterator[str]:
    values = {**(told or {})}
    fences = Fences()
    is_raw = False

    def filled(found: re.Match[str]) -> str:
        nonlocal is_raw
        name = found["name"]
        if found["raw"]:
            is_raw = found["raw"] == "raw"
        elif not (is_raw or found["ticks"] or name):
            values[found["captured"] or found["assigned"]] = found["text"] or ""
        if is_raw or not name or (told is None and name not in values):
            return found.group()
        value = "" if found["more"].strip() else values.get(name, "")
        return value + _gap(found, value)

    for line in text.split("\n"):
        is_read = not fences.read(line) and "{" in line and len(line) <= LONGEST
        yield _VARIABLE.sub(filled, line) if is_read else line


def _gap(found: re.Match[str], said: str) -> str:
    """The blank behind what is filled in; none behind another, where that says nothing."""
    before = found.string[: found.start()]
    return found["behind"] if said or before[-1:].strip() else ""


def without_embedded_ruby(text: str, title: str) -> str:
    """A Markdown text whose tags of Ruby are filled in (`.md.erb`), with what readers see of them:
    the title of the page, and what a helper is given to say.

    >>> without_embedded_ruby("# <%= current_page.data.title %>\\n<% if a %>Go.<% end %>", "Oars")
    '# Oars\\nGo.'
    """

    def shown(tag: re.Match[str]) -> str:
        inside = tag["inside"].strip()
        if tag["kind"] == "%":
            return f"<%{tag['inside']}%>"
        if tag["kind"] != "=":
            return ""
        if inside.endswith(".title"):
            return title
        said = _SAID.fullmatch(inside)
        return said["text"] if said and " " in said["text"] else ""

    return _EMBEDDED.sub(shown, _ELSEWHERE.sub("", text))


def _text_of(expression: re.Match[str]) -> str:
    """What is read of an expression that is a text: what it fills in is told by its name, and is
    nothing where a link leads.

    >>> without_shortcodes("Ask {{ '[{}](mailto:{})'.format(address, address) }} now.", ())
    'Ask [address](mailto:) now.'
    """
    if expression["ticks"]:
        return expression.group()
    names = iter((expression["given"] or "").split(","))

    def filled(field: re.Match[str]) -> str:
        name = next(names, "").strip()
        before = field.string[: field.start()]
        is_address = before.rfind("](") > before.rfind(")")
        return name if name.isidentifier() and not is_address else ""

    return _FIELD.sub(filled, expression["text"] or "")


def _with_gap(tag: re.Match[str], closed: Collection[str]) -> str:
    if tag["ticks"]:
        return tag.group()
    said = _in_a_line(tag, closed)
    return said + _gap(tag, said)


def _in_a_line(tag: re.Match[str], closed: Collection[str]) -> str:
    inside = _inside(tag)
    if leads := _LEADS.match(inside):
        return leads["place"]
    before, behind = tag.string[: tag.start()], tag.string[tag.start("behind") :]
    if before.endswith("](") and behind[:1] in (")", "#"):
        target = _TARGET.fullmatch(inside)
        return target["place"] if target else _named(inside)
    said = _WITHIN.fullmatch(inside)
    if said and inside.split()[0] not in closed and before[-1:].isspace() and before.strip():
        return said["text"].strip()
    return _named(inside)


def _inside(tag: re.Match[str]) -> str:
    return next((text for text in tag.groups()[:4] if text is not None), "")


def _named(inside: str) -> str:
    found = _NAMED.search(inside)
    return found["text"].strip().replace("*", "") if found else ""


def _caption(inside: str) -> str:
    found = _CAPTION.search(inside)
    return " ".join((found["named"] or found["words"] or "").split()) if found else ""


def _title(inside: str, closed: Collection[str]) -> str:
    """The title that a tag gives to what stands between it and the one that closes it."""
    name = re.match(r"\s*([\w-]+)", inside)
    if not name or name[1] not in closed:
        return ""
    given = _GIVEN.match(inside)
    return _named(inside) or (given["text"].strip() if given else "")
