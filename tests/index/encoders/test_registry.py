from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from commands import ASK, ENTRYWISE
from installation import DISTRIBUTIONS, Install, environment_with
from paths import ROOT

from entrywise.data.errors import EncoderMissing, EntrywiseError
from entrywise.index.encoders.base import EncoderConfig, Passage
from entrywise.index.encoders.registry import EncoderSource, check_model, open_encoder

PlugIn = Callable[[str], None]

ROWS = """_id,title,text
1,Omelette,Beat three eggs.
2,Rice,Rinse the grains and boil them.
"""


def test_a_distribution_adds_a_kind_of_encoder(plug_in: PlugIn, tmp_path: Path) -> None:
    plug_in("hashed")
    EncoderSource("hashed:32").make(tmp_path)
    encoder = open_encoder(tmp_path)
    assert encoder.config.kind == "hashed"
    (told,) = encoder.encode_passages([Passage("rice. eggs.", ((0, 5), (6, 11)))])
    assert (told.vector.shape, told.sentences.shape) == ((32,), (2, 32))
    np.testing.assert_array_equal(encoder.encode_query("rice. eggs.").vector, told.vector)


def test_without_it_its_index_is_refused_with_the_remedy(tmp_path: Path) -> None:
    EncoderConfig("hashed", "hashed:32", "", 32, 1).write(tmp_path)
    with pytest.raises(EncoderMissing) as caught:
        open_encoder(tmp_path)
    assert str(caught.value) == (
        "no encoder of the kind 'hashed' is installed; install the distribution that brings it, "
        "or build the index again with another --model"
    )


def test_it_says_itself_which_models_it_has(plug_in: PlugIn, tmp_path: Path) -> None:
    plug_in("hashed")
    with pytest.raises(EntrywiseError, match="hashed:no counts in no places"):
        EncoderSource("hashed:no").make(tmp_path)
    with pytest.raises(EntrywiseError, match="only models of sentence-transformers are checked"):
        check_model("hashed:32")


@pytest.mark.slow
def test_an_index_is_built_with_it_and_asked(installed: Install, tmp_path: Path) -> None:
    environment = environment_with(installed("hashed"))
    source, out = tmp_path / "dinner.csv", str(tmp_path / "index")
    source.write_text(ROWS)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    built = run(*ENTRYWISE, "index", "build", str(source), "--model", "hashed:64", "--out", out)
    assert (built.returncode, built.stderr) == (0, "")
    assert built.stdout.startswith("2 entries,")
    assert built.stdout.splitlines()[0].endswith("64 dimension")
    assert "encoder: hashed:64, SHA-256 " in run(*ENTRYWISE, "index", "info", "--index", out).stdout
    found = run(*ENTRYWISE, "search", "boil the grains of rice", "--index", out).stdout
    assert found.splitlines()[0].split()[1] == "2"
    assert "Beat three eggs." in run(*ASK, "what is an omelette?", "--index", out).stdout


def test_the_page_shows_it_as_it_is() -> None:
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    assert (DISTRIBUTIONS / "hashed" / "entrywise_hashed.py").read_text("utf-8") in page
    assert '[project.entry-points."entrywise.encoders"]\nhashed = "entrywise_hashed"' in page
