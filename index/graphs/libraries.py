"""PyTorch and its libraries, loaded quietly and only to make graphs."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from entrywise.data.errors import EntrywiseError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from torch.nn import Module

_UNBOUNDED = 8192
"""Word pieces of a window, where a model reads texts of any length."""

_Model = TypeVar("_Model", bound="Module")


@contextmanager
def loading(model: str, otherwise: str) -> Iterator[None]:
    """Load a model by name or folder, in here: what goes wrong is told in one line.

    Args:
        otherwise: what else can be done, for the end of that line.

    Raises:
        EntrywiseError: there is no such model on this machine, nor on a hub that can be reached;
            or sentence-transformers is not installed.
    """
    wanted = "give the folder of a sentence-transformers model, its name where a hub can be reached"
    if model.startswith(("/", ".", "~")) and not Path(model).expanduser().is_dir():
        raise EntrywiseError(f"no model in {model!r}: there is no such folder; {wanted}{otherwise}")
    with quiet():
        try:
            # Only to see that it is there: what loads a model imports what it needs of it.
            import sentence_transformers  # noqa: F401
            import torch
        except ImportError as error:
            raise EntrywiseError(
                "reading a model takes sentence-transformers, which is not installed; "
                "run: pip install 'entrywise[models]'"
            ) from error
        # Commands keep other libraries to one thread, which is enough for one question.
        torch.set_num_threads(os.cpu_count() or 1)
        try:
            yield
        except EntrywiseError:
            raise
        # The libraries raise what they like, bare Exceptions among it.
        except Exception as error:
            raise EntrywiseError(
                f"the model {model!r} cannot be loaded ({first_line(error)}): {wanted}{otherwise}"
            ) from error


def opened(kind: Callable[..., _Model], where: str) -> _Model:
    """A model of a class of sentence-transformers, in float32, whatever its weights are kept in:
    processors are slow at half of that; with attention that can be exported where it has such."""
    try:
        # "eager" attention is plain matrix products, which ONNX Runtime knows how to fuse.
        model = kind(where, device="cpu", model_kwargs={"attn_implementation": "eager"})
    except (TypeError, ValueError):
        # A model without attention, or without this kind of it.
        model = kind(where, device="cpu")
    return model.float()


def max_pieces(model: SentenceTransformer | CrossEncoder) -> int:
    """The word pieces that a model reads at once. Tokenizers without a limit say 10**30, static
    models infinity."""
    limit: Any = model.max_seq_length
    return min(limit, _UNBOUNDED) if limit else _UNBOUNDED


def write_tokenizer(tokenizer: Any, path: Path) -> None:
    """Write a tokenizer of transformers or `tokenizers`, without what it would pad or cut off.

    Raises:
        ValueError: it is none of `tokenizers`.
    """
    from tokenizers import Tokenizer

    backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if not isinstance(backend, Tokenizer):
        raise ValueError(f"its {type(tokenizer).__name__} cannot be used without it")
    backend.no_padding()
    backend.no_truncation()
    backend.save(str(path), pretty=False)


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
