"""Knowledge bases on other subjects: screws, with a domain of their own, and planes, without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from indexes import index_over
from installation import DISTRIBUTIONS, Install

from entrywise.data.source import read_knowledge_base

SCREWS = DISTRIBUTIONS / "part_numbers" / "screws"

PLANES = {
    "Cessna 172": "The Cessna 172 is a light plane with four seats. It is used for training. It is "
    "slow and cheap to fly.",
    "Piper PA-28": "The Piper PA-28 is a light plane with a low wing. It is used in flying clubs. "
    "It is a little faster, and parts for it are more expensive.",
    "Airbus A320": "The Airbus A320 is an airliner for 180 passengers. It is flown by computers.",
    "Boeing 737": "The Boeing 737 is an airliner for 160 passengers. It has been built since 1967.",
    "Concorde": "Concorde was an airliner that flew at twice the speed of sound. It is retired.",
    "Mamba": "The Mamba is a light plane with a propeller behind the cabin. It flies like a kite.",
}


@pytest.fixture(scope="session")
def screws_root(
    small_root: Path, installed: Install, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of an index whose domain is that of the distribution `part_numbers`."""
    knowledge_base = read_knowledge_base(SCREWS / "screws.jsonl", SCREWS / "ways.json")
    # Over an index, whose encoder is kept: PyTorch would be the longest part of this.
    out = tmp_path_factory.mktemp("screws") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(installed("part_numbers"))
        return index_over(small_root, knowledge_base, out)


@pytest.fixture(scope="session")
def planes_root(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of six aircraft, which name no domain."""
    folder = tmp_path_factory.mktemp("planes")
    rows = [{"_id": title, "title": title, "text": text} for title, text in PLANES.items()]
    source = folder / "planes.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return index_over(small_root, read_knowledge_base(source), folder / "index")
