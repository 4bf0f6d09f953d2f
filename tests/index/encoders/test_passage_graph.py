from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.errors import EntrywiseError, IndexDamaged
from entrywise.data.glossary.files import SHIPPED
from entrywise.index.build import build_index
from entrywise.index.encoders.passage_graph import PassageGraph
from entrywise.index.encoders.sentence_transformer import PassageEncoder
from entrywise.index.index import Index
from entrywise.index.layout import Layout

Start = Callable[..., "subprocess.Popen[str]"]

TEXTS = ["GQA: heads share keys and values.", "a", "", "word " * 300, "注意力 🦙"]

UPDATE_AND_LIST_MODULES = """
import sys
from dataclasses import replace
from pathlib import Path
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.index.build import build_index
from entrywise.index.index import Index
out = Path(sys.argv[1])
first = Entry("a", "A", "", (Section("text", "A is the first letter."),))
second = Entry("b", "B", "", (Section("text", "B follows A. It is new."),))
build_index(KnowledgeBase((first, second)), out)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("adapter", [None, SHIPPED.adapter])
def test_vectors_are_those_of_sentence_transformers(
    adapter: Path | None, small_root: Path, glossary_index: Index
) -> None:
    passages = PassageEncoder(adapter=adapter)
    layout = Layout(small_root) if adapter is None else glossary_index.layout
    graph = PassageGraph(layout.passage_graph, passages)
    expected = np.concatenate(list(passages.encode_passages(TEXTS)))
    np.testing.assert_allclose(
        np.concatenate(list(graph.encode_passages(TEXTS))), expected, atol=2e-6
    )


def test_a_graph_has_no_weights_of_its_own(small_root: Path) -> None:
    assert Layout(small_root).passage_graph.stat().st_size < 500_000


def test_an_update_needs_no_torch(copied: Path, start: Start) -> None:
    process = start(UPDATE_AND_LIST_MODULES, copied)
    printed, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")
    assert "onnxruntime" in printed.split()
    assert not {"torch", "sentence_transformers", "transformers"} & set(printed.split())
    index = Index(copied)
    assert index.catalog.ids == ("a", "b")
    index.close()


@pytest.mark.slow
def test_a_model_that_does_other_than_its_graph_is_asked_itself(tmp_path: Path) -> None:
    """It reads eight pieces, where the graph would read 256."""
    shutil.copytree(PassageEncoder().path, tmp_path / "short")
    config = tmp_path / "short" / "sentence_bert_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"max_seq_length": 8}))
    short = Entry("a", "A", "", (Section("text", "A is first."),))
    other = Entry("b", "B", "", (Section("text", "B comes after the letter that is first. " * 9),))
    model = str(tmp_path / "short")
    build_index(KnowledgeBase((short,)), tmp_path / "updated", model=model)
    assert not Layout(tmp_path / "updated").passage_graph.exists()

    build_index(KnowledgeBase((short, other)), tmp_path / "updated", model=model)
    build_index(KnowledgeBase((short, other)), tmp_path / "fresh", model=model)
    updated, fresh = (Index(tmp_path / name) for name in ("updated", "fresh"))
    for row in range(len(fresh.chunk_vectors)):
        np.testing.assert_allclose(
            updated.chunk_vectors.vector(row), fresh.chunk_vectors.vector(row), atol=1e-5
        )
    updated.close()
    fresh.close()


@pytest.mark.parametrize("content", [b"", b"no graph"])
def test_a_broken_graph_is_damage_with_the_remedy(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "passages.onnx").write_bytes(content)
    with pytest.raises(IndexDamaged) as caught:
        PassageGraph(tmp_path / "passages.onnx", PassageEncoder())
    assert str(caught.value).endswith("); build the index in a new folder")
    assert "\n" not in str(caught.value)


def test_an_adapter_that_is_none_is_named(small_root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"no tensors")
    passages = PassageEncoder(adapter=tmp_path / "mine")
    with pytest.raises(EntrywiseError, match="make it again with: entrywise index adapt"):
        PassageGraph(Layout(small_root).passage_graph, passages)
