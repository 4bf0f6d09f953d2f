from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.plugins import load, plugins


def test_plugins_are_those_of_a_group_by_name(plug_in: Callable[[str], None]) -> None:
    for name in ("broken", "echo", "recipe"):
        plug_in(name)
    assert [plugin.name for plugin in plugins("entrywise.readers")] == ["broken", "recipe"]
    assert [plugin.name for plugin in plugins("entrywise.backends")] == ["broken", "echo"]
    assert plugins("entrywise.nothing") == []


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("missing_package:Reader", "No module named 'missing_package'"),
        ("json:Reader", "module 'json' has no attribute 'Reader'"),
    ],
)
def test_what_cannot_be_imported_is_one_line_with_the_remedy(value: str, why: str) -> None:
    plugin = EntryPoint("ours", value, "entrywise.readers")
    with pytest.raises(KnowledgeBaseError) as caught:
        load(plugin, "reader", KnowledgeBaseError)
    package = value.partition(":")[0]
    assert str(caught.value) == (
        f"the reader 'ours' cannot be loaded ({why}); install {package} again"
    )
