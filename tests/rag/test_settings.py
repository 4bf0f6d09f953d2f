from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.errors import SettingsError
from entrywise.rag.settings import (
    SETTINGS,
    Setting,
    Settings,
    load_settings,
    setting_of,
    settings_file,
)

Write = Callable[[str], dict[str, str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """An environment that names a settings file with this content."""

    def writer(content: str) -> dict[str, str]:
        path = tmp_path / "config.toml"
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
        return {"ENTRYWISE_CONFIG": str(path)}

    return writer


def test_every_setting_has_its_default_without_a_file(tmp_path: Path) -> None:
    settings = load_settings({"ENTRYWISE_CONFIG": "/dev/null"})

    assert settings == Settings()
    assert {row.name: getattr(settings, row.name) for row in SETTINGS} == {
        row.name: row.default for row in SETTINGS
    }
    assert Settings.__slots__ == tuple(row.name for row in SETTINGS)
    assert all(row.help for row in SETTINGS)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_a_default_is_a_value_that_may_be_set(row: Setting) -> None:
    assert row.value(row.default) == row.value(str(row.default)) == row.default
    assert row.value(row.default).__class__ is row.default.__class__
    # A number without a range could be set to what makes no sense.
    assert (row.between is None) is isinstance(row.default, str)


def test_what_a_setting_may_be_is_said_with_what_it_does() -> None:
    described = {row.name: row.described for row in SETTINGS}
    assert described["index"].endswith("; empty: the shipped knowledge base")
    assert described["top"].endswith(" (1 to 1000)")
    assert described["llm_unsupported"].endswith(" (drop, mark)")
    assert described["llm_api_key"].endswith(" (also `OPENAI_API_KEY`; never shown)")


def test_secrets_are_not_shown() -> None:
    secret, plain = setting_of("api_keys"), setting_of("top")
    assert (secret.shown("k1"), secret.shown(""), plain.shown(3)) == ("(set)", "", 3)
    assert "k1" not in repr(Settings(api_keys="k1", llm_api_key="k1"))


def test_the_environment_goes_before_the_file(write: Write) -> None:
    environment = write('top = 5\nformat = "json"\nthreshold = 0.25')
    settings = load_settings(environment | {"ENTRYWISE_TOP": "7"})

    assert (settings.top, settings.format, settings.threshold) == (7, "json", 0.25)
    assert settings.color == "auto"


def test_a_path_is_checked_where_it_is_used_too() -> None:
    with pytest.raises(SettingsError, match="names '~nosuchuser/x', whose home is not known"):
        _ = Settings(index="~nosuchuser/x").index_named


def test_other_variables_are_not_ours(write: Write) -> None:
    assert load_settings(write("") | {"ENTRY": "1", "entrywise_top": "3"}).top == 10


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("tpo = 5", "'tpo' is no setting; did you mean 'top'?"),
        ("zzz = 5", "'zzz' is no setting; there are index, cache, top"),
        ('top = "many"', "top is 'many', which is no whole number; the default is 10"),
        ("top = [5]", "which is no whole number"),
        ("top = 2.5", "top is 2.5, which is no whole number"),
        ("top = true", "top is True, which is no whole number"),
        ("top = 0", "top is 0, but must be 1 to 1000"),
        ("top = 1001", "but must be 1 to 1000"),
        ("threshold = 1.5", "threshold is 1.5, but must be 0 to 1"),
        ("threshold = nan", "threshold is nan, which is no number"),
        ('threshold = "high"', "threshold is 'high', which is no number"),
        ('format = "html"', "format is 'html'; choose text, markdown, json"),
        ("color = true", "color is True, which is no text"),
        ("index = 5", "index is 5, which is no text"),
        ('public_url = "terms.example.org"', "begin it with https://"),
        ('public_url = "https://"', "begin it with https:// and a host"),
        ('cors_origins = "https://a.org/"', "names 'https://a.org/'; write an origin as https://"),
        ('cors_origins = "https://a.org, b.org"', "names 'b.org'; write an origin as https://HOST"),
        ('cors_origins = "https://a.org https://b.org"', "write an origin as https://HOST"),
        ('api_keys = " , "', "api_keys is set and has no key"),
        ("top = ", "cannot be read as TOML"),
        ("top = 5 # \udcff", "cannot be read as TOML (byte 10 is no UTF-8)"),
        ("top = inf", "top is inf, which is no whole number"),
        ("top = nan", "top is nan, which is no whole number"),
        ("top = 1e400", "top is inf, which is no whole number"),
        (f"top = 0x{'f' * 5000}", "top is 0xffff"),
        (f"llm_timeout = 0x{'f' * 5000}", "llm_timeout is 0xffff"),
        ("threshold = inf", "threshold is inf, but must be 0 to 1"),
        (f"top = {'[' * 3000}{']' * 3000}", "it is nested too deeply"),
        (f"index{'.a' * 3000} = 1", "index is a table, which is no text"),
        ('index = "~nosuchuser/x"', "index is '~nosuchuser/x', whose home is not known; write"),
        ('log = "a\\u0000b"', "log is 'a\\x00b', which holds a NUL"),
        ('llm = "a\\u0000b"', "llm is 'a\\x00b', which holds a NUL"),
        ('llm_api_key = "sec\\u0000ret"', "llm_api_key is '(set)', which holds a NUL"),
        ('public_url = "me:secret@a.b"', "public_url is '(set)@a.b'; begin it with"),
        (f"{'x' * 5000} = 1", "xxx...' is no setting; there are"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_in_one_line(
    write: Write, content: str, message: str
) -> None:
    environment = write(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(environment)

    assert message in str(caught.value)
    assert str(caught.value).startswith(environment["ENTRYWISE_CONFIG"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("ENTRYWISE_TPO", "5", "ENTRYWISE_TPO: 'tpo' is no setting; did you mean 'top'?"),
        ("ENTRYWISE_TRESHOLD", "1", "did you mean 'threshold'?"),
        ("ENTRYWISE_TOP", "five", "ENTRYWISE_TOP: top is 'five', which is no whole number"),
        ("ENTRYWISE_THRESHOLD", "nan", "threshold is nan, but must be 0 to 1"),
        ("ENTRYWISE_TOP", "-1", "ENTRYWISE_TOP: top is -1, but must be 1 to 1000"),
        ("ENTRYWISE_COLOR", "always", "color is 'always'; choose auto, never"),
        ("ENTRYWISE_TOP", "inf", "top is 'inf', which is no whole number"),
        ("ENTRYWISE_LLM_TIMEOUT", "1e400", "llm_timeout is inf, but must be 1 to 3600"),
        ("ENTRYWISE_CACHE", "~nosuchuser/x", "cache is '~nosuchuser/x', whose home is not known"),
        ("ENTRYWISE_INDEX", "a\udcff", "which holds what is no UTF-8; write it in UTF-8"),
        ("ENTRYWISE_CONFIG", "~nosuchuser/x", "names '~nosuchuser/x', whose home is not known"),
        ("ENTRYWISE_CONFIG", "a\0b", r"cannot be read \(.*embedded null .*\); check the path"),
        ("ENTRYWISE_CONFIG", "x" * 300, "cannot be read .File name too long.; shorten the name"),
        ("ENTRYWISE_CONFIG", "/dev/zero", "/dev/zero: is no file"),
    ],
)
def test_what_is_wrong_in_the_environment_is_said(
    write: Write, variable: str, value: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message.replace("?", r"\?")):
        load_settings(write("") | {variable: value})


def test_a_named_settings_file_must_be_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    large = tmp_path / "large"
    large.write_bytes(b"#" * (2**20 + 1))
    for path, reason in (
        (tmp_path / "none", "is not there"),
        (tmp_path, "is no file"),
        (pipe, "is no file"),
        (large, "has over"),
        (large / "below", "is not there"),
    ):
        with pytest.raises(SettingsError, match=reason):
            load_settings({"ENTRYWISE_CONFIG": str(path)})


def test_without_a_name_the_file_is_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "entrywise" / "config.toml"

    assert settings_file({}) == path
    assert load_settings({}).top == 10
    path.parent.mkdir()
    path.write_text("top = 3")
    assert load_settings({}).top == 3


def test_folders_are_those_of_the_user_unless_set(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    monkeypatch.setenv("XDG_CACHE_HOME", "/home/reader/cached")
    monkeypatch.setenv("XDG_DATA_HOME", "/home/reader/data")
    default = load_settings(write(""))
    chosen = load_settings(
        write('index = "~/index"\ncache = "~/kept"\nlog = "~/asked"\nfeedback = "~/votes"')
    )

    assert (default.index_named, default.log_file) == (None, None)
    assert default.cache_folder == Path("/home/reader/cached/entrywise")
    assert default.feedback_file == Path("/home/reader/data/entrywise/feedback.sqlite")
    assert chosen.index_named == Path("/home/reader/index")
    assert chosen.cache_folder == Path("/home/reader/kept")
    assert chosen.log_file == Path("/home/reader/asked")
    assert chosen.feedback_file == Path("/home/reader/votes")


@pytest.mark.parametrize("text", ["5%", "2.5 %"])
def test_a_threshold_may_be_asked_for_by_its_error(text: str) -> None:
    environment = {"ENTRYWISE_THRESHOLD": text, "ENTRYWISE_CONFIG": os.devnull}
    assert load_settings(environment).threshold == text


@pytest.mark.parametrize("text", ["0%", "100%", "%", "five%"])
def test_an_error_that_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=f"threshold is '{text}', which is no number"):
        load_settings({"ENTRYWISE_THRESHOLD": text, "ENTRYWISE_CONFIG": os.devnull})


def test_what_is_in_a_table_is_not_told(tmp_path: Path) -> None:
    """It may be a password that stands at a wrong place."""
    path = tmp_path / "config.toml"
    for value, said in (
        ("{a = 'https://me:Geheimnis@b/'}", "a table"),
        ("['Geheimnis']", "a list"),
    ):
        path.write_text(f"index = {value}", "utf-8")
        with pytest.raises(SettingsError, match=f"index is {said}, which is no text") as caught:
            load_settings({"ENTRYWISE_CONFIG": str(path)})
        assert "Geheimnis" not in str(caught.value)
