from __future__ import annotations

import re
import subprocess
import sys

import pytest
import wcwidth
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.rag.render.columns import columns, padded, wrapped

# Those of which the standard library knows the width, and some of which it does not.
NARROW = st.sampled_from([*map(chr, range(32, 127)), *"\n\n    ——··ééαΩ×→∑₂²─█"])
ANY = st.one_of(NARROW, st.sampled_from([*"注意력🦙\u0301\u200b\u00ad", "\x1b[1m", "\x1b[22m"]))
TEXTS = st.one_of(st.text(NARROW), st.lists(ANY).map("".join))


@given(text=TEXTS, width=st.integers(10, 100), indent=st.sampled_from(["", "  "]))
def test_lines_are_those_of_wcwidth(text: str, width: int, indent: str) -> None:
    expected = wcwidth.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False)
    assert wrapped(text, width, indent) == expected


def test_no_line_begins_with_a_mark_that_closes_what_is_above() -> None:
    text = (
        "入社六か月後に年次有給休暇が10日付与されます。その後は「毎年増え」、最大で20日になります。"
    )
    for width in range(20, 60):
        lines = wrapped(text, width, "  ")
        assert all(columns(line) <= width for line in lines)
        assert not any(line.lstrip().startswith(("。", "、", "」")) for line in lines)
        assert "".join(line.strip() for line in lines) == text


@given(text=st.lists(ANY).map("".join).filter(lambda text: "\n" not in text))
def test_so_are_columns_and_padding(text: str) -> None:
    assert columns(text) == wcwidth.wcswidth(text)
    assert padded(text, 40) == wcwidth.ljust(text, 40)


@pytest.mark.parametrize(
    ("text", "taken"),
    [("K = c·W", 7), ("注意力", 6), ("e\u0301", 1), ("", 0)],
)
def test_some_characters_take_two_columns_and_some_none(text: str, taken: int) -> None:
    assert columns(text) == taken
    assert padded(text, 8) == text + " " * (8 - taken)


def test_what_is_narrow_imports_nothing() -> None:
    program = (
        "import sys\n"
        "from entrywise.rag.render.columns import columns, padded, wrapped\n"
        "columns('K = c·W'), padded('∑', 4), wrapped('one — two', 4)\n"
        "sys.exit('wcwidth' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_character_that_counts_as_narrow_is() -> None:
    """By the tables of another library: `padded` would be wrong by itself."""
    for code in range(0x20, 0x3000):
        if not 0xD800 <= code < 0xE000:
            assert padded(chr(code), 3) == wcwidth.ljust(chr(code), 3)


def test_a_word_without_end_is_wrapped_in_linear_time() -> None:
    word = "\x1b[1m\ufffd[31m\x1b[22m"
    assert grows_linearly(lambda count: wrapped(word * count, 60, "  "), 3_000)
    lines = wrapped(word * 100, 60, "  ")
    assert max(wcwidth.wcswidth(re.sub("\x1b\\[[\\d;]*m", "", line)) for line in lines) <= 60
