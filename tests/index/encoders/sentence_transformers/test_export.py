"""What is shipped embeds as the official weights do: over a thousand texts of several subjects.
(`tests/rag/commands/test_model.py` makes it of them again.)"""

from __future__ import annotations

import inspect
import json
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from entrywise.data.source import shipped
from entrywise.index.encoders.base import Passage, Vectors
from entrywise.index.encoders.default import DEFAULT_MODEL, DEFAULT_SHA256
from entrywise.index.encoders.onnx.shipped import FOLDER
from entrywise.index.encoders.registry import EncoderSource, open_encoder, open_shipped_encoder
from entrywise.index.encoders.sentence_transformers.export import files_sha256
from entrywise.index.encoders.sentence_transformers.model import load

pytestmark = pytest.mark.slow

Start = Callable[..., "subprocess.Popen[str]"]

# The documentation of Python's own library: other subjects than the glossary's.
MODULES = ("argparse", "calendar", "csv", "decimal", "email.message", "fractions", "gettext")
MODULES += ("http.client", "ipaddress", "json", "logging", "mailbox", "sqlite3", "statistics")
MODULES += ("tarfile", "threading", "turtle", "unittest.mock", "urllib.request", "zipfile")

MAKE_AND_ASK_WITHOUT_NETWORK = """
import os, socket, sys
from pathlib import Path

def refuse(*arguments, **options):
    sys.stderr.write(f"network: {arguments}")
    os._exit(9)

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from entrywise.index.encoders.registry import EncoderSource, open_encoder
EncoderSource().make(Path(sys.argv[1]))
print(len(open_encoder(Path(sys.argv[1])).encode_query("what is GQA").vector))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return load(DEFAULT_MODEL)


def passages() -> list[str]:
    """200 passages: half of the glossary, half of Python's documentation."""
    entries = shipped().entries
    terms = [f"{entry.name}: {section.text}" for entry in entries for section in entry.sections]
    members = [member for name in MODULES for _, member in inspect.getmembers(import_module(name))]
    documented = {inspect.getdoc(member) or "" for member in members}
    documented = {text for text in documented if 80 < len(text) < 1500}
    texts = [*terms[1::7][:100], *sorted(documented)]
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    # What is longer, the model cuts off, and the encoder reads in windows.
    return [text for text in texts if len(tokenizer.encode(text)) <= 256][:200]


def questions() -> list[str]:
    """200 questions: of the glossary, and after what Python's documentation is about."""
    asked = [question for entry in shipped().entries for question in entry.questions]
    names = [f"{name}.{member}" for name in MODULES for member in dir(import_module(name))]
    public = [name for name in names if "._" not in name]
    return [*asked[::75][:100], *[f"what does {name} do, and when?" for name in public[::7]][:100]]


def by_the_model(model: SentenceTransformer, texts: list[str]) -> Vectors:
    options: Any = {"normalize_embeddings": True, "show_progress_bar": False}
    return np.asarray(model.encode(texts, **options), np.float32)


def test_questions_and_passages_are_embedded_as_the_official_model_does(
    model: SentenceTransformer,
) -> None:
    encoder = open_shipped_encoder()
    asked, told = questions(), passages()
    assert len(asked) + len(told) == 400
    ours = np.array([encoder.encode_query(text).vector for text in asked])
    cosines = np.sum(ours * by_the_model(model, asked), axis=1)
    assert (np.median(cosines) >= 0.997, cosines.min() >= 0.99) == (True, True)
    ours = np.array([one.vector for one in encoder.encode_passages(map(Passage, told))])
    cosines = np.sum(ours * by_the_model(model, told), axis=1)
    assert (np.median(cosines) >= 0.997, cosines.min() >= 0.99) == (True, True)


def test_what_is_shipped_has_the_hash_that_names_indexes() -> None:
    config = json.loads((FOLDER / "encoder.json").read_text("utf-8"))
    assert config["sha256"] == DEFAULT_SHA256 == files_sha256(FOLDER)


def test_the_shipped_encoder_takes_no_torch_and_no_network(tmp_path: Path, start: Start) -> None:
    process = start(MAKE_AND_ASK_WITHOUT_NETWORK, tmp_path)
    printed, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    dimension, modules = printed.splitlines()
    assert dimension == "384"
    heavy = {"torch", "sentence_transformers", "transformers", "onnx", "sklearn", "scipy"}
    assert not heavy & set(modules.split())


def test_an_adapter_does_to_8_bits_what_it_does_to_the_model(
    model: SentenceTransformer, tmp_path: Path
) -> None:
    """The glossary's, merged in numpy, against the same products added to float32 weights."""
    import torch
    from safetensors.numpy import load_file

    from entrywise.data.glossary.files import SHIPPED

    assert SHIPPED.adapter
    EncoderSource(adapter=SHIPPED.adapter).make(tmp_path)
    adapted = load(DEFAULT_MODEL)
    low = load_file(SHIPPED.adapter)
    with torch.no_grad():
        for layer in {name.rpartition(".")[0] for name in low}:
            change = low[f"{layer}.b"].astype(np.float32) @ low[f"{layer}.a"].astype(np.float32)
            weight = adapted.transformers_model.get_submodule(layer).weight
            weight.add_(torch.from_numpy(change))
    texts = questions()[:250]
    encoder = open_encoder(tmp_path)
    ours = np.array([encoder.encode_query(text).vector for text in texts])
    cosines = np.sum(ours * by_the_model(adapted, texts), axis=1)
    plain = np.sum(ours * by_the_model(model, texts), axis=1)
    assert np.median(cosines) >= 0.997 > 0.95 > np.median(plain)
