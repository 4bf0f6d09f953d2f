from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import pytest
from random_models import Recipe, make

from entrywise.__main__ import main
from entrywise.index.encoders.base import EncoderConfig
from entrywise.index.encoders.onnx.shipped import FOLDER
from entrywise.index.encoders.registry import EncoderSource, open_encoder
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `entrywise model`: exit code, stdout, stderr."""

    def ran(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["model", *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return ran


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A static model: the smallest there is."""
    recipe = Recipe(
        "static",
        normalize=False,
        prompts={"query": "ask : ", "topic": "of : "},
        options={"similarity_fn_name": "dot"},
    )
    make(recipe, tmp_path)
    return tmp_path / "model"


def test_what_is_understood_of_a_model_is_told_in_lines(run: Run, model: Path) -> None:
    code, out, err = run("check", model)

    assert (code, err) == (0, "")
    told = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert told["model"] == str(model)
    assert told["modules"] == "StaticEmbedding"
    assert told["pooling"] == "mean; sentences are out of their passage's pass"
    assert told["prompts"] == "'ask : ' before a question; topic not used"
    assert told["reads"] == "8,192 word pieces at once"
    assert told["dimension"] == "32"
    assert told["similarity"] == "dot; cosine is used, which may rank otherwise"
    assert told["export"].startswith("8 bits, 0.")
    assert told["parity"].startswith("cosine 1.0000, at least ")
    assert "by the model itself" in told["passages"]


def test_programs_get_the_same_as_json(run: Run, model: Path) -> None:
    code, out, _ = run("check", model, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert (told["made"]["bits"], told["made"]["about"]["dimension"]) == (8, 32)
    assert told["ours"]["question_ms"] > 0 < told["theirs"]["passages_per_second"]


def test_a_model_that_cannot_be_exported_is_checked_as_it_is(run: Run, tmp_path: Path) -> None:
    recipe = Recipe("bert", prompts={"query": "ask : "}, options={"include_prompt": False})
    make(recipe, tmp_path)
    code, out, _ = run("check", tmp_path / "model")
    assert code == 0
    assert "export      none, asked through sentence-transformers: its pooling leaves" in out
    assert "parity" not in out


def test_an_encoder_is_made_and_taken_in_place_of_its_model(
    run: Run, model: Path, tmp_path: Path
) -> None:
    made, index = tmp_path / "made", tmp_path / "index"
    index.mkdir()

    code, out, err = run("make", "--model", model, "--out", made)

    sha256 = EncoderConfig.read(made).sha256
    assert (code, out) == (0, f"{made}: {model}, SHA-256 {sha256}; use it with --model\n")
    assert err.startswith(f"entrywise: the model {str(model)!r} was made for comparing by dot")
    source = EncoderSource(str(made))
    assert source.is_that_of("any name", sha256)
    source.make(index)
    assert open_encoder(index).config == EncoderConfig.read(made)


def test_an_index_that_is_built_again_with_its_model_keeps_its_encoder(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "rows.csv", tmp_path / "index"
    source.write_text("_id,title,text\n1,Attention,Heads share keys.\n2,Cache,Keys are kept.\n")
    build = ["index", "build", str(source), "--model", str(model), "--out", str(out)]

    assert main(build) == 0
    told, remarks = capsys.readouterr()
    assert told.splitlines()[0].endswith("32 dimension")
    assert "was made for comparing by dot" in remarks

    # What is said when a model is exported is not said again.
    assert main(build) == 0
    assert capsys.readouterr() == (told, remarks.partition("\n")[2])
    with Assistant(Index(out), threshold=0.0) as assistant:
        (citation,) = assistant.ask("what is attention?").citations
    assert citation.quote == "Heads share keys."


class Again(NamedTuple):
    """The shipped encoder, made of the official weights once more."""

    folder: Path
    code: int
    told: str


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Again:
    folder = tmp_path_factory.mktemp("again") / "made"
    with redirect_stdout(StringIO()) as told:
        code = main(["model", "make", "--out", str(folder)])
    return Again(folder, code, told.getvalue())


def test_the_shipped_encoder_is_made_again(again: Again) -> None:
    """Another processor may round a weight to its neighbour, which changes the hash and no more."""
    assert again.code == 0
    assert again.told.startswith(f"{again.folder}: all-MiniLM-L6-v2, SHA-256 ")
    config = EncoderConfig.read(again.folder)
    is_same = config.sha256 == EncoderConfig.read(FOLDER).sha256
    assert is_same == ("the shipped one" in again.told)


def test_what_is_shipped_is_what_is_made_of_the_official_weights(again: Again) -> None:
    tokenizer = "tokenizer.json"
    assert (again.folder / tokenizer).read_bytes() == (FOLDER / tokenizer).read_bytes()
    made, kept = (
        onnx.load(str(folder / "encoder.onnx"), load_external_data=True).graph
        for folder in (again.folder, FOLDER)
    )
    assert Counter(node.op_type for node in made.node) == Counter(n.op_type for n in kept.node)
    for one, other in zip(made.initializer, kept.initializer, strict=True):
        ours, theirs = (onnx.numpy_helper.to_array(tensor) for tensor in (one, other))
        assert ours.shape == theirs.shape
        # Another processor may round a smoothing factor, and with it a weight, to its neighbour.
        if ours.dtype == np.int8:
            assert np.abs(ours.astype(np.int16) - theirs).max(initial=0) <= 1
        else:
            np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-6)


def test_a_folder_that_holds_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    code, out, err = run("make", "--out", tmp_path)
    assert (code, out) == (2, "")
    assert err == (
        f"entrywise: {tmp_path}: holds something that is no encoder; name an empty folder\n"
    )


@pytest.mark.parametrize("command", [["check", "any"], ["make", "--out", "out"]])
def test_without_the_extra_the_line_says_what_to_install(
    run: Run, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    code, out, err = run(*command)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith("run: pip install 'entrywise[models]'\n")


def test_a_model_that_is_nowhere_is_one_line(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", tmp_path / "none")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "there is no such folder" in err
