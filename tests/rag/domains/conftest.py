"""Knowledge bases on other subjects: screws, with a domain of their own, and planes, without."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from installation import DISTRIBUTIONS, Install

from entrywise.data.source import read_knowledge_base
from entrywise.rag.build import build_index

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
    out = shutil.copytree(small_root, tmp_path_factory.mktemp("screws") / "index")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(installed("part_numbers"))
        build_index(knowledge_base, out)
    return out


@pytest.fixture(scope="session")
def planes_root(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of six aircraft, which name no domain."""
    folder = tmp_path_factory.mktemp("planes")
    rows = [{"_id": title, "title": title, "text": text} for title, text in PLANES.items()]
    source = folder / "planes.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = shutil.copytree(small_root, folder / "index")
    build_index(read_knowledge_base(source), out)
    return out
