"""Options of commands: how they are parsed, what a knowledge base is read from, and settings.

What a command line says goes before the settings, for once. Texts, defaults and checks of these are
those of the table in `rag/settings/table.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from entrywise.data.errors import KnowledgeBaseError, SettingsError
from entrywise.rag.commands.terminal import USAGE, escaped_line
from entrywise.rag.settings import Setting, Settings, Value, setting_of


class CommandParser(argparse.ArgumentParser):
    """The options of a command, whose errors are one line with the remedy, as all others are."""

    def parse_known_args(  # type: ignore[override]  # argparse overloads it by the type of the namespace
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """The options; what is left over is an error here, where its valid spellings are known."""
        options, left = super().parse_known_args(args, namespace)
        if left:
            from entrywise.data.readers.fields import nearest

            hint = nearest(left[0].partition("=")[0], self._option_string_actions)
            self.error(f"unrecognized arguments: {' '.join(left)}{hint}")
        return options, left

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line on stderr, and end the process with `USAGE`."""
        self.exit(USAGE, f"{self.prog}: {escaped_line(message)}; see `{self.prog} --help`\n")


def add_setting(
    parser: argparse.ArgumentParser,
    name: str,
    *flags: str,
    settings: Settings | None = None,
    metavar: str | None = None,
) -> None:
    """Add an option for the setting `name`.

    Args:
        flags: how it is written, e.g. `-k`, `--top`.
        settings: those in force, which give its default; without, an option that is not given is
            None, and `overridden` leaves the setting as it is.
    """
    setting = setting_of(name)
    default = getattr(settings, name) if settings else None
    shown = f"the setting `{name}`" if settings is None else default
    ending = f"; default: {shown}" if shown else ""
    parser.add_argument(
        *flags,
        dest=name,
        type=_reader(setting),
        choices=setting.choices or None,
        default=default,
        metavar=metavar,
        help=f"{setting.described}{ending}".replace("%", "%%"),
    )


class _SourceHelp(argparse.HelpFormatter):
    """Help that lists what can be read. Readers may come from other distributions, so they are
    looked for only where help is shown."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        if action.dest != "source":
            return action.help
        from entrywise.data.readers.registry import readable

        return readable().replace("%", "%%")


def add_source(parser: argparse.ArgumentParser) -> None:
    """What a knowledge base is read from."""
    parser.formatter_class = _SourceHelp
    parser.add_argument("source", type=Path, help="what can be read")
    add_columns(parser)


def add_sources(parser: argparse.ArgumentParser) -> None:
    """What a knowledge base is read from, how people ask for it, and the model that embeds it."""
    add_source(parser)
    parser.add_argument("--ways", type=Path, metavar="FILE", help="aliases and ways of asking")
    parser.add_argument(
        "--asked",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="questions that span entries, or that no entry answers",
    )
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="a sentence-transformers model, by name or folder; default: all-MiniLM-L6-v2",
    )


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add the option that names columns of tables."""
    parser.add_argument(
        "--columns",
        type=_columns,
        metavar="NAME=COLUMN,...",
        help="which columns of a table hold id, title, text, url and category, e.g. "
        "title=Frage,text=Antwort; default: found by usual names, or by what they hold",
    )


def _columns(text: str) -> dict[str, str]:
    from entrywise.data.readers.formats.tables.columns import parse_columns

    try:
        return parse_columns(text)
    except KnowledgeBaseError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def overridden(settings: Settings, options: argparse.Namespace, *names: str) -> Settings:
    """The settings, but for what these options of a command line say."""
    said = {name: getattr(options, name) for name in names}
    return replace(settings, **{name: value for name, value in said.items() if value is not None})


def _reader(setting: Setting) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        try:
            return setting.value(text)
        except SettingsError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read
