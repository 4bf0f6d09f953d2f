"""`entrywise gaps`: reports what people asked in vain, and forgets what was logged long ago."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from entrywise.data.errors import EntrywiseError
from entrywise.index.progress import progress_bar
from entrywise.rag.commands.options import add_setting, overridden
from entrywise.rag.commands.terminal import DONE, positive, width
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.settings import Settings, load_settings

if TYPE_CHECKING:
    from entrywise.index.index import Index
    from entrywise.rag.log.gaps import Gap, Gaps
    from entrywise.rag.log.questions import LoggedQuestion
    from entrywise.rag.log.wishes import Wish

_WIDEST = 100
"""As wide as answers are."""
_NARROWEST = 20
_DATE = len("2026-01-31")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `entrywise gaps`."""
    add_setting(parser, "log", "--log", metavar="FILE")
    add_setting(parser, "index", "--index", metavar="DIR")
    parser.add_argument(
        "--limit", type=positive, default=20, help="groups to show; default: %(default)s"
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--since", type=day, metavar="DATE", help="only questions asked from this day on (UTC)"
    )
    when.add_argument(
        "--forget-before",
        type=day,
        metavar="DATE",
        help="print no report; delete what was logged before this day (UTC)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """Print the report, or delete what is to be forgotten.

    Raises:
        EntrywiseError: no log is named, it is missing, damaged or empty, or there is no index.
    """
    from entrywise.rag.log.questions import QuestionLog
    from entrywise.rag.log.wishes import Wishes

    settings = overridden(load_settings(), options, "log", "index")
    path = settings.log_file
    if path is None:
        raise EntrywiseError(
            "no question log is named: give --log FILE, or set ENTRYWISE_LOG, which also makes "
            "`ask` and the server log what they are asked"
        )
    log = QuestionLog(path)
    if options.forget_before:
        count = log.forget_before(options.forget_before)
        print(f"forgot {_counted(count, 'question')} from before {options.forget_before}")
        return DONE
    logged, wishes = log.read(options.since), Wishes(path).read(options.since)
    if not (logged or wishes):
        since = f" from {options.since} on; name an earlier day" if options.since else " yet"
        raise EntrywiseError(f"the question log {str(path)!r} holds no questions{since}")
    _report(logged, wishes, options, settings)
    return DONE


def day(text: str) -> date:
    """The value of an option that is a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write one as 2026-01-31") from None


def _report(
    logged: list[LoggedQuestion],
    wishes: list[Wish],
    options: argparse.Namespace,
    settings: Settings,
) -> None:
    from entrywise.rag.assistant import Assistant
    from entrywise.rag.log.gaps import find_gaps

    with Assistant.open(settings=settings) as assistant:
        with progress_bar("questions") as progress:
            gaps = find_gaps(logged, assistant, progress, wishes)
        if options.format == "json":
            print(json.dumps(_shown(gaps, options.limit), ensure_ascii=False, indent=1))
        else:
            print("\n".join(as_lines(gaps, assistant.index, options.limit, width())))


def _shown(gaps: Gaps, limit: int) -> dict[str, object]:
    record = asdict(gaps)
    groups = record.pop("groups")
    return record | {"total_groups": len(groups), "groups": groups[:limit]}


def as_lines(gaps: Gaps, index: Index, limit: int, columns: int) -> Iterator[str]:
    """The report as lines of at most `columns` columns (and at most 100)."""
    columns = max(_NARROWEST, min(columns, _WIDEST))
    yield from _wrapped(_heading(gaps), columns)
    shown = gaps.groups[:limit]
    digits = max((len(str(gap.count)) for gap in shown), default=0)
    for gap in shown:
        yield ""
        yield from _group(printable(gap), index, digits, columns)
    if hidden := len(gaps.groups) - len(shown):
        yield ""
        more = _counted(hidden, "more group")
        yield from _wrapped(f"{more}; --limit {len(gaps.groups)} shows all.", columns)


def _heading(gaps: Gaps) -> str:
    if not gaps.unanswered:
        return "Every question was answered."
    by_now = gaps.answered_by_now
    asked = _counted(gaps.unanswered, "question")
    return (
        f"{asked} {'was' if gaps.unanswered == 1 else 'were'} not answered, or only in part; "
        f"{by_now or 'none'} {'is' if by_now < 2 else 'are'} answered by now."
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _group(gap: Gap, index: Index, digits: int, columns: int) -> Iterator[str]:
    """How often, when last, and what was asked; below it, aligned, what else is known of it."""
    from entrywise.data.entries import told_apart

    start = f"{gap.count:>{digits}}×  {gap.last_asked[:_DATE]}  "
    facts = [gap.question]
    if gap.missing:
        facts.append(f"missing: {gap.missing}")
    if gap.wishes:
        facts.append(f"wished for by {gap.wishes}")
    facts += [f"also: {other}" for other in gap.others]
    facts += [f"said: {one_line(comment)}" for comment in gap.comments]
    if gap.nearest:
        names = printable(tuple(told_apart([index.entry(entry) for entry in gap.nearest])))
        facts.append(f"nearest: {', '.join(names)}")
    for number, fact in enumerate(facts):
        yield from _wrapped(fact, columns, start if number == 0 else " " * len(start))


def _wrapped(text: str, columns: int, start: str = "") -> list[str]:
    import wcwidth

    return list(
        wcwidth.wrap(
            text,
            columns,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_on_hyphens=False,
        )
    )
