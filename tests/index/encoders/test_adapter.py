from __future__ import annotations

from pathlib import Path

import pytest
import torch

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.adapter import merge, sha256, write


@pytest.fixture
def model() -> torch.nn.Sequential:
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Linear(3, 2))


def test_an_adapted_layer_computes_w_plus_b_a(model: torch.nn.Sequential, tmp_path: Path) -> None:
    path = tmp_path / "adapter.safetensors"
    a, b = torch.randn(2, 4).half(), torch.randn(3, 2).half()
    expected = model[0].weight.detach() + b.float() @ a.float()
    other = model[1].weight.detach().clone()
    write({"0": (a, b)}, path)

    merge(model, path)

    torch.testing.assert_close(model[0].weight.detach(), expected)
    torch.testing.assert_close(model[1].weight.detach(), other)


@pytest.mark.parametrize("layer", ["7", "0"])
def test_an_adapter_of_another_model_is_refused(
    model: torch.nn.Sequential, tmp_path: Path, layer: str
) -> None:
    path = tmp_path / "adapter.safetensors"
    write({layer: (torch.ones(2, 9), torch.ones(3, 2))}, path)
    with pytest.raises(EntrywiseError, match="is no adapter of this model"):
        merge(model, path)


@pytest.mark.parametrize("content", [b"", b"not a tensor in sight"])
def test_a_file_that_is_no_adapter_is_refused(
    model: torch.nn.Sequential, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "adapter.safetensors"
    path.write_bytes(content)
    with pytest.raises(EntrywiseError, match="make it again with: entrywise index adapt"):
        merge(model, path)


def test_a_missing_adapter_and_a_folder_that_is_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(EntrywiseError, match="check the path of the adapter"):
        sha256(tmp_path / "none")
    with pytest.raises(EntrywiseError, match="name a file in a folder that can"):
        write({"0": (torch.ones(1, 1), torch.ones(1, 1))}, tmp_path / "no" / "folder")
