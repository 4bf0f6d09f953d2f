from __future__ import annotations

import pytest

from entrywise.data.documents.parsing.code import parts
from entrywise.data.documents.sections import read_page
from entrywise.data.documents.stretches import commonmark

SETTING = "# How many boats may moor at the quay at once.\nberths = {number}\n"


def settings(count: int, between: str = "\n") -> str:
    return between.join(SETTING.format(number=number) for number in range(count))


def texts(code: str) -> list[str]:
    lines = code.split("\n")
    return ["\n".join(lines[part.start : part.stop]).strip("\n") for part in parts(code)]


def test_short_code_is_one_part() -> None:
    assert texts(settings(3)) == [settings(3).strip()]


def test_long_code_is_parted_by_empty_lines() -> None:
    assert texts(settings(40)) == [SETTING.format(number=number).strip() for number in range(40)]
    assert texts(settings(40, between="")) == [settings(40, between="").strip()]


def test_what_is_shorter_than_a_comment_is_one_with_what_follows() -> None:
    first, second, *_ = texts(f"[quay]\n\n{settings(40)}")
    assert first == "[quay]\n\n" + SETTING.format(number=0).strip()
    assert second == SETTING.format(number=1).strip()


@pytest.mark.parametrize(
    ("inside", "is_parted"),
    [("    moor(boat)", False), ("    # The next one, as soon as there is a berth.", True)],
)
def test_what_is_indented_goes_on_unless_it_is_a_comment(inside: str, is_parted: bool) -> None:
    code = f"def arrive(boat: Boat, quay: Quay) -> None:\n    hail(boat)\n\n{inside}\n\n"
    assert (len(texts(code + settings(40))) == 42) is is_parted


FENCED = f"Set in `quay.toml`:\n\n```toml\n{settings(40)}```\n\nThat is all."


@pytest.mark.parametrize("indent", ["", "   "])
def test_each_part_is_a_block_that_stands_by_itself(indent: str) -> None:
    lines = f"1. Moor.\n\n{FENCED}" if indent else FENCED
    text = "\n".join(
        f"{indent}{line}" if line and line[0] != "1" else line for line in lines.split("\n")
    )
    (section,) = read_page(text).sections
    code = [block for block in section.blocks if block.kind == "code"]
    assert [block.plain for block in code] == texts(settings(40))
    for block in (code[0], code[7], code[-1]):
        assert commonmark(section, block.start, block.end) == f"```toml\n{block.plain}\n```"
    # The text above announces the first.
    announced = section.blocks[code[0].lead].plain
    assert announced == "Set in quay.toml:"
    assert {block.lead for block in code[1:]} == {0 if indent else -1}
    # From the middle of the code to what stands below it.
    shown = commonmark(section, code[-1].start, section.blocks[-1].end)
    assert shown == f"```toml\n{code[-1].plain}\n```\n\nThat is all."


def test_a_fence_in_longer_ones_closes_nothing() -> None:
    inner = settings(40).replace("# How", "```\n# How").replace("\n\n", "\n```\n\n") + "```\n"
    (section,) = read_page(f"````md\n{inner}````\n").sections
    first, second, *_ = section.blocks
    assert commonmark(section, first.start, second.end) == (
        f"````md\n{first.plain}\n\n{second.plain}\n````"
    )
