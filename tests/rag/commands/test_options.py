from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

import pytest

from entrywise.__main__ import SERVERS
from entrywise.rag.commands import ask
from entrywise.rag.commands import entrywise as toolbox
from entrywise.rag.commands.options import CommandParser, add_setting, overridden
from entrywise.rag.settings import SETTINGS, Settings, setting_of

IN_FORCE = Settings(top=7, index="here")


def parsed(*arguments: str, settings: Settings | None = IN_FORCE) -> Namespace:
    parser = CommandParser("ask")
    for name in ("top", "format", "index"):
        add_setting(parser, name, f"--{name}", settings=settings)
    return parser.parse_args(arguments)


def test_the_settings_in_force_are_the_defaults() -> None:
    assert vars(parsed()) == {"top": 7, "format": "text", "index": "here"}
    assert vars(parsed("--top", "3", "--index", "")) == {"top": 3, "format": "text", "index": ""}


def test_an_option_goes_before_its_setting_only_where_it_is_given() -> None:
    options = parsed("--top", "3", settings=None)
    assert vars(options) == {"top": 3, "format": None, "index": None}
    assert overridden(IN_FORCE, options, "top", "format", "index") == Settings(top=3, index="here")
    assert overridden(IN_FORCE, options, "index") == IN_FORCE


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--top", "many"], "top is 'many', which is no whole number; the default is 10"),
        (["--top", "1001"], "top is 1001, but must be 1 to 1000"),
        (["--format", "html"], "format is 'html'; choose text, markdown, json"),
    ],
)
def test_what_a_setting_may_not_be_its_option_may_not_be_either(
    arguments: Sequence[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parsed(*arguments)
    told = f"ask: argument {arguments[0]}: {message}; see `ask --help`\n"
    assert capsys.readouterr().err == told


def helps(parser: ArgumentParser) -> Iterator[tuple[str, str]]:
    """The long options of a command and those below it, with their help."""
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from helps(below)
        yield from ((flag, action.help or "") for flag in action.option_strings)


def test_what_is_said_of_options_is_said_in_the_table() -> None:
    ask_options = dict(helps(ask.build_parser(IN_FORCE)))
    for name in ("format", "top", "index", "llm"):
        assert ask_options[f"--{name}"].startswith(setting_of(name).described)
    assert ask_options["--top"].endswith("; default: 7")
    indexes = [text for flag, text in helps(toolbox.build_parser(SERVERS)) if flag == "--index"]
    described = f"{setting_of('index').described}; default: the setting `index`"
    assert indexes == [described] * 10


def test_every_setting_can_be_an_option() -> None:
    parser = ArgumentParser()
    for setting in SETTINGS:
        add_setting(parser, setting.name, f"--{setting.name}", settings=Settings())
    assert overridden(IN_FORCE, parser.parse_args([]), *vars(parser.parse_args([]))) == Settings()
    assert parser.format_help()
