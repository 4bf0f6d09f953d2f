from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Writing

from entrywise.data.errors import BackendError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.llm.backends.base import missing, open_backend
from entrywise.rag.llm.backends.openai import CompatibleServer
from entrywise.rag.settings import load_settings

# A company's package: its gateway is one class.
GATEWAY = """
class Gateway:
    def __init__(self, model, key):
        self.name = f"gateway:{model}"
        self.key = key

    def stream(self, messages, *, seconds):
        yield "Several query heads share "
        yield ""
        yield "one key head and one value head [1]."

    def close(self):
        pass


def open_gateway(model, settings):
    return Gateway(model, settings.llm_api_key)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages with one that registers two backends."""
    (tmp_path / "our_gateway.py").write_text(GATEWAY)
    distribution = tmp_path / "our_gateway-1.0.dist-info"
    distribution.mkdir()
    (distribution / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: our-gateway\nVersion: 1.0\n"
    )
    (distribution / "entry_points.txt").write_text(
        "[entrywise.backends]\ngateway = our_gateway:open_gateway\nbroken = our_gateway:nothing\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "our_gateway", raising=False)
    return tmp_path


def test_a_registered_backend_is_opened_with_its_model_and_the_settings(installed: Path) -> None:
    settings = load_settings({"ENTRYWISE_LLM_API_KEY": "k", "ENTRYWISE_CONFIG": "/dev/null"})
    backend = open_backend("gateway:large", settings)
    assert (backend.name, vars(backend)["key"]) == ("gateway:large", "k")


def test_a_registered_backend_writes_answers(small_root: Path, installed: Path) -> None:
    environ = {"ENTRYWISE_LLM": "gateway:large", "ENTRYWISE_CONFIG": "/dev/null"}
    settings = load_settings(environ | {"ENTRYWISE_THRESHOLD": "0"})
    with Assistant.open(small_root, settings=settings) as assistant:
        answer = assistant.ask("what is GQA?")
    assert answer.backend == "gateway:large"
    assert answer.parts[0].text == "Several query heads share one key head and one value head."


def test_a_colon_that_no_backend_is_named_before_belongs_to_the_model(installed: Path) -> None:
    backend = open_backend("llama3.2:3b", load_settings({"ENTRYWISE_CONFIG": "/dev/null"}))
    assert isinstance(backend, CompatibleServer)
    assert backend.name == "llama3.2:3b"


def test_a_backend_that_cannot_be_loaded_is_named(installed: Path) -> None:
    with pytest.raises(BackendError, match="the backend 'broken' cannot be loaded"):
        open_backend("broken:x", load_settings({"ENTRYWISE_CONFIG": "/dev/null"}))


def test_a_missing_package_is_named_with_its_remedy() -> None:
    error = missing(ImportError("no openai", name="openai"))
    assert str(error) == "an LLM needs the package 'openai'; pip install 'entrywise[llm]'"


def test_without_an_llm_there_is_no_writer(small_index: Index, small_root: Path) -> None:
    with Assistant.open(small_root) as assistant:
        assert assistant.writer is None


def test_closing_an_assistant_closes_its_backend(
    writes: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    assistant, _ = writes()
    assert assistant.writer is not None
    monkeypatch.setattr(assistant.writer.backend, "close", lambda: closed.append("backend"))
    assistant.writer.close()
    assert closed == ["backend"]
