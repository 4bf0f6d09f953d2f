"""Parts of files: what an include asks for, by numbers of lines, by marks or by a name; and how it
is shown as code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from entrywise.data.documents.conversion.writing import fence
from entrywise.data.documents.plain_text import margin, whole_number

_LANGUAGES = {".py": "python", ".sh": "bash", ".yml": "yaml", ".rs": "rust", ".js": "javascript"}
_NUMBERS = re.compile(r"-?\d*(?::-?\d*)?(?:,-?\d*(?::-?\d*)?)*")
_MARK = re.compile(
    r"-{1,}8<-{1,}[ \t]*\[[ \t]*(?P<side>start|end)[ \t]*:[ \t]*(?P<name>[\w-]+)[ \t]*\]|"
    r"\bANCHOR(?P<is_end>_END)?[ \t]*:[ \t]*(?P<anchor>[\w-]+)"
)
OPTION = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*(?P<value>.*?)\s*$")
_CHOOSING = (
    *("pyobject", "lines", "start-line", "end-line"),
    *("start-after", "start-at", "end-before", "end-at"),
    *("start", "end"),
)
"""Options of directives and of tags that choose a part of a file."""


class Missing(Exception):
    """A file has not what is asked for; the message says what."""


def numbered_lines(lines: Sequence[str], numbers: str) -> list[str]:
    """The lines of ranges from 1, their ends included, in the given order.

    >>> numbered_lines("abcdef", "2:3,6"), numbered_lines("abcdef", "5:")
    (['b', 'c', 'f'], ['e', 'f'])
    """
    found: list[str] = []
    for part in numbers.replace("-", ":").split(","):
        first, colon, last = (text.strip() for text in part.partition(":"))
        start = whole_number(first, 1)
        end = whole_number(last, len(lines) if colon else start)
        found += lines[max(start, 1) - 1 : end]
    return found


def named_part(lines: Sequence[str], part: str) -> list[str]:
    """What `part` names: all where it is empty, ranges of lines, or what stands between the marks
    `--8<-- [start:NAME]` and `--8<-- [end:NAME]`, or mdBook's `ANCHOR: NAME` and
    `ANCHOR_END: NAME`; marks themselves are left out.

    Raises:
        Missing: there are no such marks.
    """
    if part and _NUMBERS.fullmatch(part):
        # `PATH:4` begins with line 4, and `PATH:4:6` ends with line 6.
        ranges = [one if ":" in one else f"{one}:" for one in part.split(",")]
        return numbered_lines(lines, ",".join(ranges))
    found: list[str] = []
    is_inside = not part
    is_there = not part
    for line in lines:
        mark = _MARK.search(line)
        if mark is None:
            if is_inside:
                found.append(line)
        elif part in (mark["name"], mark["anchor"]):
            is_inside = mark["side"] == "start" or bool(mark["anchor"] and not mark["is_end"])
            is_there = True
    if not is_there:
        raise Missing(f"has no section {part!r}")
    return _dedented(found) if part else found


def restructured_part(lines: Sequence[str], options: Mapping[str, str]) -> list[str]:
    """What the options of `include` and `literalinclude` choose of a file.

    Raises:
        Missing: it has no such line or name.
    """
    found = list(lines)
    if name := options.get("pyobject"):
        found = _python_object(lines, name)
    if numbers := options.get("lines"):
        found = numbered_lines(found, numbers)
    start, end = _number(options.get("start-line"), 0), _number(options.get("end-line"), len(found))
    found = found[start:end]
    for name, offset in (("start-after", 1), ("start-at", 0)):
        if text := options.get(name):
            found = found[_line_with(found, text) + offset :]
    for name, offset in (("end-before", 0), ("end-at", 1)):
        if text := options.get(name):
            found = found[: _line_with(found, text) + offset]
    return _dedented(found) if "dedent" in options else found


def chosen(options: Mapping[str, str]) -> str:
    """What options choose of a file, in words; empty where that is all of it.

    >>> chosen({"start-after": "here", "name": "x"}), chosen({"tab-width": "4"})
    ('start-after=here', '')
    """
    return " ".join(f"{name}={options[name]}" for name in _CHOOSING if options.get(name))


def _line_with(lines: Sequence[str], text: str) -> int:
    for number, line in enumerate(lines):
        if text in line:
            return number
    raise Missing(f"has no line with {text!r}")


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default


def _python_object(lines: Sequence[str], name: str) -> list[str]:
    """The lines of a function, a class or a method (`Class.method`)."""
    try:
        scope: Sequence[ast.stmt] = ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Missing("is no Python that can be taken apart") from error
    places = range(0)
    for part in name.split("."):
        named = (
            node
            for node in scope
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and node.name == part
        )
        found = next(named, None)
        if found is None:
            raise Missing(f"has no {name!r}")
        first = min([found.lineno, *(decorator.lineno for decorator in found.decorator_list)])
        places, scope = range(first - 1, found.end_lineno or first), found.body
    return list(lines[places.start : places.stop])


def _dedented(lines: Sequence[str]) -> list[str]:
    """Lines without the indentation that all of them share."""
    indents = [len(margin(line)) for line in lines if line.strip()]
    most = min(indents, default=0)
    return [line[most:] for line in lines]


def language(path: Path) -> str:
    """What code of a file is marked with.

    >>> language(Path("app.py")), language(Path("a.toml"))
    ('python', 'toml')
    """
    return _LANGUAGES.get(path.suffix.lower(), path.suffix.lower().removeprefix("."))


def fenced(lines: list[str], shown: str, indent: str) -> Iterator[str]:
    """A block of code, by backticks that none of its lines could close."""
    mark = fence("\n".join(lines))
    for line in (f"{mark}{shown}", *lines, mark):
        yield f"{indent}{line}" if line.strip() else line


def code_block(lines: list[str], shown: str, indent: str) -> Iterator[str]:
    """The lines of a block of code in reStructuredText."""
    yield from ("", f"{indent}.. code-block:: {shown or 'text'}", "")
    yield from (f"{indent}    {line}" if line.strip() else "" for line in lines)
    yield ""


def options_of_myst(numbered: Iterator[tuple[int, str]], fence: str) -> dict[str, str]:
    """The options of a directive, whose lines are passed by up to the fence that closes it."""
    options: dict[str, str] = {}
    for _, line in numbered:
        closing = line.strip()
        if closing.startswith(fence) and not closing.strip(fence[0]):
            break
        if option := OPTION.match(line):
            options[option["name"]] = option["value"].strip("\"'")
    return options


def is_code(directive: re.Match[str], options: dict[str, str]) -> bool:
    """Whether what a directive takes in is shown as code."""
    return directive["kind"] == "literalinclude" or "literal" in options or "code" in options
