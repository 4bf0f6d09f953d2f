"""Writes Markdown: what readers of other formats make of paragraphs, lists, tables and code.

What is written says in CommonMark, and in `dialects/`, what was given, with as few backslashes as
that takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from entrywise.data.documents.parsing.tables import is_sparse

_SPECIAL = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#|\w+;)|\](?=[(\[])|\[(?=\[)|"
    r"\{(?=[#*!:%{])|=(?==)|%(?=%)|(?<!\S)\^(?=\w)"
)
_OPENING = re.compile(r"(?:#{1,6}(?=\s|$)|[-+>~|=!?:]|\[(?=\^|!(?!\[)))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_FENCE = re.compile(r"(`{3,})[\w+#.-]*(?:\n|$)")
_RULE = re.compile(r"\|(?:---\|)+")
_BEFORE = re.compile(r"^[ \t]*(?:(-) |> ?|#{1,6} )?")
"""What stands before an item, a quotation and a heading."""
BREAK = "\\\n"
"""A line's end within a paragraph."""
_INDENT = " " * 4
KINDS = frozenset("note info tip hint important attention warning caution danger error".split())
"""Kinds of admonitions, as docutils and the generators that build on it call them."""


def escaped(text: str) -> str:
    """A text within a paragraph as Markdown.

    >>> print(escaped("2 * 3 < 7, snake_case, <b>"))
    2 \\* 3 < 7, snake_case, \\<b>
    """
    return _SPECIAL.sub(lambda found: f"\\{found.group()}", text)


def note(label: str, behind: str = "") -> str:
    """The mark of a note as Markdown, and what stands behind it where it is a footnote's.

    >>> print(note("2"), note("2", ":"), note("CSS", ":"))
    [^2] [^2]: \\[CSS\\]
    """
    return f"[^{label}]{behind}" if label.isdecimal() else f"\\[{label}\\]"


def paragraph(text: str) -> str:
    """A paragraph of Markdown that is none of what lines may begin: a heading, an item, a note.

    >>> print(paragraph("- 3 degrees"))
    \\- 3 degrees
    """
    return BREAK.join(_begun(line.strip()) for line in _inner(text)[1].split(BREAK))


def _begun(line: str) -> str:
    if _OPENING.match(line) and not line.startswith("!["):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def lines(texts: Iterable[str]) -> str:
    """A paragraph of lines that stay lines."""
    return paragraph(BREAK.join(map(escaped, texts)))


def heading(level: int, text: str, anchor: str = "") -> str:
    """A heading of a level from 1 to 6, with its address.

    >>> heading(2, "Use", "how-to")
    '## Use {#how-to}'
    """
    name = " ".join(text.replace(BREAK, " ").split())
    # Blanks and brackets would end it.
    address = f" {{#{anchor}}}" if anchor and not re.search(r"[\s{}]", anchor) else ""
    return f"{'#' * min(max(level, 1), 6)} {name}{address}" if name else ""


def marked(mark: str, text: str) -> str:
    """A text between marks of emphasis, its outer blanks and breaks outside of them.

    >>> marked("**", "bold ")
    '**bold** '
    """
    before, bare, after = _inner(text)
    return f"{before}{mark}{bare}{mark}{after}" if bare else text


def _inner(text: str) -> tuple[str, str, str]:
    """What stands before a text, itself, and what stands behind it: blanks and ends of lines."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text.startswith(BREAK, start, end)):
        start += 1
    while start < end and (text[end - 1].isspace() or text.endswith(BREAK, start, end)):
        end -= len(BREAK) if text.endswith(BREAK, start, end) else 1
    return text[:start], text[start:end], text[end:]


def code_span(text: str) -> str:
    """Code within a paragraph, between enough backticks; a blank where it is nothing else."""
    is_blank, text = bool(text), " ".join(text.split())
    if not text:
        return " " if is_blank else ""
    mark = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def code_block(text: str, language: str = "") -> str:
    """Lines of code, between enough backticks."""
    text = re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()
    if not text.strip():
        return ""
    mark = fence(text)
    name = language if re.fullmatch(r"[\w+#.-]+", language) else ""
    return f"{mark}{name}\n{text}\n{mark}"


def fence(text: str) -> str:
    """As many backticks as no line of a code closes."""
    longest = max(map(len, re.findall("`{3,}", text)), default=2)
    return "`" * (longest + 1)


def link(text: str, target: str) -> str:
    """A link; of what leads nowhere or runs a script the text alone.

    >>> link("us", "https://a.b"), link("us", "javascript:x()")
    ('[us](https://a.b)', 'us')
    """
    bare = text.strip()
    if not bare or not target or not is_address(target):
        return text
    before, _, after = text.partition(bare)
    return f"{before}[{bare}]({_target(target)}){after}"


def image(text: str, target: str) -> str:
    """A picture, with what stands for it; none without either."""
    if not target or not is_address(target):
        return escaped(text)
    label = " ".join(escaped(text).replace("[", r"\[").replace("]", r"\]").split())
    return f"![{label}]({_target(target)})" if label else ""


def is_address(target: str) -> bool:
    """Whether a target is of the web, of e-mail, or relative."""
    scheme = re.match(r"\s*([A-Za-z][\w+.-]*):", target)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto")


def _target(target: str) -> str:
    target = "".join(target.split("\n")).strip()
    if re.fullmatch(r"[^\s()<>\\]+", target):
        return target
    inner = re.sub(r"[<>\\]", "", target)
    return f"<{inner}>"


def item(mark: str, blocks: Sequence[str]) -> str:
    """An item of a list, with all that is below it; none without text."""
    if not blocks:
        return ""
    indent = " " * (len(mark) + 1)
    text = blocks[0]
    for block in blocks[1:]:
        # A list right below its item keeps the list tight.
        text += ("\n" if is_list(block) else "\n\n") + block
    lines = text.split("\n")
    return "\n".join([f"{mark} {lines[0]}", *(indent + line if line else "" for line in lines[1:])])


def listing(items: Iterable[Sequence[str]], first: int | None = None) -> str:
    """A list of items, each of blocks; numbered from `first` where it is given."""
    found: list[str] = []
    for blocks in items:
        mark = "-" if first is None else f"{first + len(found)}."
        if text := item(mark, blocks):
            found.append(text)
    is_loose = any("\n\n" in text for text in found)
    return ("\n\n" if is_loose else "\n").join(found)


def is_list(block: str) -> bool:
    """Whether a block is a list."""
    return block.startswith("- ") or _NUMBERED.match(block) is not None


def quote(blocks: Sequence[str]) -> str:
    """A quotation of blocks; code alone is not quoted, but indented."""
    if blocks and all(_FENCE.match(one) for one in blocks):
        return "\n\n".join(blocks)
    lines = "\n\n".join(blocks).split("\n") if blocks else []
    return "\n".join(f"> {line}".rstrip() for line in lines)


def remark(kind: str, blocks: Sequence[str]) -> str:
    """A remark of some kind, as `dialects/` know it.

    >>> print(remark("warning", ["Mind the gap."]))
    !!! warning
    <BLANKLINE>
        Mind the gap.
    """
    lines = "\n\n".join(blocks).split("\n") if blocks else []
    inside = "\n".join(_INDENT + line if line else "" for line in lines)
    return f"!!! {kind}\n\n{inside}" if inside else ""


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; cells are Markdown without blocks, the header may be empty.

    >>> print(table(["Country", "Days"], [["Poland", "26"]]))
    | Country | Days |
    |---|---|
    | Poland | 26 |
    """
    width = max((len(row) for row in (header, *rows)), default=0)
    if not width:
        return ""
    lines = [_row(header, width), "|" + "---|" * width]
    padded = width if not is_sparse(width, len(rows), sum(map(len, rows))) else 0
    return "\n".join([*lines, *(_row(row, padded) for row in rows if any(map(str.strip, row)))])


def cell(blocks: Iterable[str]) -> str:
    """Blocks as a cell of a table, which is one line: items of lists behind bullets, lines of code
    each by itself, cells of a table within it apart by commas.

    >>> cell(["Wear:", "- gloves\\n- goggles", "```sh\\ncd x\\nls\\n```"])
    'Wear: • gloves • goggles `cd x` `ls`'
    """
    return " ".join(filter(None, map(_in_cell, blocks)))


def _in_cell(block: str) -> str:
    lines = block.split("\n")
    if opening := _FENCE.match(block):
        closing = next((n for n, one in enumerate(lines[1:], 1) if one == opening[1]), len(lines))
        code = " ".join(map(code_span, filter(str.strip, lines[1:closing])))
        behind = "\n".join(lines[closing + 1 :])
        return f"{code} {_in_cell(behind)}".strip()
    if block.startswith("| "):
        rows = (_cells(line) for line in lines if not _RULE.fullmatch(line))
        return "; ".join(filter(None, (", ".join(filter(None, row)) for row in rows)))
    lines = block.replace(BREAK, "\n").split("\n")
    return " ".join(_BEFORE.sub(lambda found: found[1] and "• ", line) for line in lines)


def _cells(row: str) -> list[str]:
    return [text.strip() for text in re.split(r"(?<!\\)\|", row)]


def _row(cells: Sequence[str], width: int) -> str:
    texts = [" ".join(cell.replace(BREAK, " ").split()) for cell in cells]
    padded = [*texts, *[""] * (width - len(texts))]
    return "| " + " | ".join(_PIPE.sub(r"\1\\|", text) for text in padded) + " |"
