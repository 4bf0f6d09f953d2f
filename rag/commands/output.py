"""Prints an answer as it comes: on stdout what it says, on stderr why, and who is writing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from entrywise.rag.answer import Step
from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.terminal import width
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.escape import printable
from entrywise.rag.render.text import Page, render_text


def show(
    assistant: Assistant,
    question: str,
    options: argparse.Namespace,
    history: Sequence[str] = (),
    *,
    numbered: bool = False,
) -> Answer:
    """Ask, print the answer in the wanted format, and why it is what it is if that was asked; text
    is printed part by part.

    Args:
        numbered: number the suggestions, where a number can be typed next.

    Raises: what `Assistant.ask` does.
    """
    steps = assistant.steps(question, history=history, top=options.top, explain=options.explain)
    with_notice = _patiently(steps, assistant)
    if options.format == "text" and not options.brief:
        page = Page(width=width(), color=options.color, numbered=numbered)
        answer = _type(with_notice, page)
    else:
        answer = next(step for step in with_notice if isinstance(step, Answer))
        shown = answer.brief() if options.brief else answer
        print(_whole(shown, options), end="")
    if options.explain:
        print("\n".join(answer.explanation), file=sys.stderr)
    return answer


def _type(steps: Iterable[Step | Answer], page: Page) -> Answer:
    """Print parts as text, each when it is there."""
    for step in steps:
        if isinstance(step, Answer):
            print(page.end(step), end="")
            return step
        if step.part:
            print(page.part(step.part, step.citations), end="", flush=True)
    raise AssertionError("an answer is the last step")


def _whole(answer: Answer, options: argparse.Namespace) -> str:
    if options.format == "json":
        return json.dumps(answer.to_dict(), ensure_ascii=False) + "\n"
    if options.format == "text":
        return render_text(answer, width=width(), color=options.color)
    from entrywise.rag.render.markdown import render_markdown

    return render_markdown(printable(answer))


def _patiently(steps: Iterable[Step | Answer], assistant: Assistant) -> Iterator[Step | Answer]:
    """These steps; on a terminal a line says who is writing until there is something to read."""
    told = False
    for step in steps:
        waits = isinstance(step, Step) and step.part is None
        if waits and not told and assistant.writer and sys.stderr.isatty():
            print(
                f"{assistant.writer.backend.name} is writing …", end="", file=sys.stderr, flush=True
            )
            told = True
        elif told and not waits:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            told = False
        yield step
