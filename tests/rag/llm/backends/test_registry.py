from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest
from commands import ASK
from installation import Install, environment_with

from entrywise.data.errors import BackendError
from entrywise.rag.llm.backends.openai import CompatibleServer
from entrywise.rag.llm.backends.registry import open_backend
from entrywise.rag.settings import load_settings

PlugIn = Callable[[str], None]


def test_a_registered_backend_is_opened_with_its_model_and_the_settings(plug_in: PlugIn) -> None:
    plug_in("echo")
    backend = open_backend("echo:loud:1", load_settings({"ENTRYWISE_LLM_API_KEY": "k"}))
    assert (backend.name, vars(backend)["key"]) == ("echo:loud:1", "k")


@pytest.mark.slow
def test_a_distribution_adds_a_backend_that_writes_answers(
    environment: dict[str, str], installed: Install
) -> None:
    out = subprocess.run(
        [*ASK, "what is GQA?", "--llm", "echo:loud", "--llm-required", "--json"],
        env=environment | environment_with(installed("echo")),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    answer = json.loads(out)
    (citation, *_) = answer["citations"]
    assert (answer["backend"], answer["writing"]["supported"]) == ("echo:loud", 1)
    assert answer["parts"][0]["supported"] is True
    assert answer["parts"][0]["text"] == citation["quote"]


@pytest.mark.parametrize("llm", ["llama3.2:3b", "echo"])
def test_what_names_no_backend_is_a_model_of_a_server(llm: str, plug_in: PlugIn) -> None:
    plug_in("echo")
    backend = open_backend(llm, load_settings())
    assert isinstance(backend, CompatibleServer)
    assert backend.name == llm


def test_a_backend_that_cannot_be_loaded_is_named_with_its_remedy(plug_in: PlugIn) -> None:
    plug_in("broken")
    with pytest.raises(BackendError) as caught:
        open_backend("broken:x", load_settings())
    assert str(caught.value) == (
        "the backend 'broken' cannot be loaded (No module named 'a_package_that_was_removed'); "
        "install entrywise-broken again"
    )
