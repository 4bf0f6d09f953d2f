"""Settings: what can be set, in one table, read in one place.

row ─ what one is ─▶ table ─ the class `Settings` ─▶ sources ─ environment, a file ─▶ values

A setting is looked for in the environment (ENTRYWISE_TOP), then in the settings file
(`top = 5` in TOML), else it has its default. Two are also looked for, after ENTRYWISE_…, under the
names that every client of an LLM reads. `entrywise config` shows all of them, secrets veiled.
Commands and documents take defaults, texts and checks from the table.
"""

from entrywise.rag.settings.row import Setting, Value
from entrywise.rag.settings.sources import (
    FILE_VARIABLE,
    PREFIX,
    load_settings,
    setting_of,
    settings_file,
)
from entrywise.rag.settings.table import SETTINGS, THRESHOLD, Settings

__all__ = [
    "FILE_VARIABLE",
    "PREFIX",
    "SETTINGS",
    "THRESHOLD",
    "Setting",
    "Settings",
    "Value",
    "load_settings",
    "setting_of",
    "settings_file",
]
