"""Settings: files of TOML and variables of the environment."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from hypothesis import strategies as st

from entrywise.data.errors import SettingsError
from entrywise.rag.commands.config import as_toml
from entrywise.rag.settings import SETTINGS, Settings, load_settings
from fuzz.mutation import mutations, texts
from fuzz.target import Case, as_bytes, insist, insist_on_one_line, within

SECRET = "Geheimnis"
"""It stands where secrets stand, and may be shown nowhere."""

_NAMES = st.one_of(
    st.sampled_from([row.name for row in SETTINGS]),
    st.sampled_from(["tpo", "x", "", "a.b", "'a b'", "top.a.a", "[top]", "[[top]]", "index.a"]),
)
_SECRETS = (f"https://me:{SECRET}@a.b/", f"me:{SECRET}@a.b", f"https://a.b/?api_key={SECRET}")
_PLAIN = st.sampled_from(
    [
        *("", "5", "5%", "0.5", "inf", "-inf", "nan", "1e400", "-1", "9" * 5000, "0xff", "true"),
        *("~", "~/x", "~nosuchuser/x", "~\0", "/dev/null", "/dev/full", "a" * 5000, "a/b\n", "."),
        *("text", "json", "https://a.b", "http://[", "https://a.b:x", "60/minute", "0/x", "*"),
        *_SECRETS,
    ]
)
_VALUES = st.one_of(
    st.sampled_from(
        [
            *("5", "inf", "nan", "1e400", "-0.0", "true", "[]", "{}", "[[[[]]]]", "{a = {b = 1}}"),
            *(f"0x{'f' * 5000}", "9" * 100, "2026-01-01", "07:32:00", "1979-05-27T07:32:00Z", "+1"),
            *("[" * 3000, "[" * 300 + "]" * 300, '"""a\nb"""', "''", "0b11", "1_000", "'~x/y'"),
        ]
    ),
    st.one_of(_PLAIN, texts()).map(lambda text: json.dumps(text, ensure_ascii=False)),
)
_LINES = st.lists(st.tuples(_NAMES, _VALUES).map(" = ".join), max_size=4)
_FILES = st.one_of(
    _LINES.map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass").decode("latin-1")),
    mutations([b'top = 5\nformat = "json"\nthreshold = 0.25\nindex = "~/a"\napi_keys = "k"\n']),
)
_VARIABLES = st.dictionaries(
    st.sampled_from(
        [
            *(f"ENTRYWISE_{row.name.upper()}" for row in SETTINGS),
            *("ENTRYWISE_", "ENTRYWISE_X", "ENTRYWISE_top", "OPENAI_BASE_URL", "OPENAI_API_KEY"),
        ]
    ),
    st.one_of(_PLAIN, texts(), st.just("a\udcffb")),
    max_size=3,
)


class SettingsFiles:
    """Settings are values of their types, or one line says what is wrong."""

    name = "settings"
    strategy = st.fixed_dictionaries({"file": _FILES, "variables": _VARIABLES})

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._file = folder / "config.toml"

    def check(self, case: Case) -> None:
        """Read them."""
        self._file.write_bytes(as_bytes(case["file"]))
        environment = {**case["variables"], "ENTRYWISE_CONFIG": str(self._file)}
        try:
            with within(2):
                settings = load_settings(environment)
        except SettingsError as error:
            insist_on_one_line(error)
            # A line that TOML cannot read is not understood: what it holds is not known.
            if "cannot be read" not in str(error):
                insist(SECRET not in str(error), "the error tells a secret")
            return
        self._check(settings)

    def _check(self, settings: Settings) -> None:
        for row in SETTINGS:
            value = getattr(settings, row.name)
            insist(row.value(value) == value, f"{row.name} is {value!r}, which may not be set")
            shown = as_toml(row.shown(value))
            insist(SECRET not in shown, f"{row.name} shows a secret")
            tomllib.loads(f"{row.name} = {shown}")
        _ = (settings.index_named, settings.log_file, settings.feedback_file)
        _ = (settings.cache_folder, settings.origins, settings.keys)
