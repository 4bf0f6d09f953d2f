"""`entrywise config`: the settings in force, as a settings file; or what can be set, as a table."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from entrywise.rag.commands.terminal import DONE
from entrywise.rag.settings import SETTINGS, Value, load_settings, settings_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `entrywise config`."""
    parser.add_argument(
        "--format",
        choices=("text", "markdown"),
        default="text",
        help="markdown: a table of what can be set, for a page",
    )


def run(options: argparse.Namespace) -> int:
    """Print the settings.

    Raises:
        SettingsError: a setting is unknown or has a wrong value.
    """
    print("\n".join(as_table() if options.format == "markdown" else _as_file()))
    return DONE


def as_table() -> Iterator[str]:
    """The lines of a Markdown table of all settings, with their defaults."""
    yield "| setting | default | |"
    yield "|---|---|---|"
    for setting in SETTINGS:
        default = f" {setting.default}" if setting.default != "" else ""
        yield f"| `{setting.name}` |{default} | {setting.described} |"


def _as_file() -> Iterator[str]:
    values = asdict(load_settings())
    yield f"# settings file: {settings_file()}"
    for setting in SETTINGS:
        value = as_toml(setting.shown(values[setting.name]))
        yield f"{setting.name} = {value}  # {setting.described}"


def as_toml(value: Value) -> str:
    """A value as TOML writes it."""
    # Nearly as JSON does: but TOML knows no halves of characters, and no bare DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
