"""The encoders: the shipped one, any model of sentence-transformers, and those of other
distributions. No other module names one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import EncoderMissing, EntrywiseError
from entrywise.data.plugins import load, plugins
from entrywise.data.system_errors import unwritable
from entrywise.index.encoders.base import CONFIG, Encoder, EncoderConfig, EncoderKind
from entrywise.index.encoders.default import DEFAULT_MODEL
from entrywise.index.encoders.onnx.adapter import PRODUCTS, merge, merged_sha256, read_products
from entrywise.index.encoders.onnx.encoder import GRAPH, TOKENIZER, WEIGHTS, open_onnx
from entrywise.index.encoders.onnx.shipped import FOLDER
from entrywise.index.progress import Progress, no_progress

if TYPE_CHECKING:
    from entrywise.index.encoders.sentence_transformers.check import ModelReport as ModelReport
    from entrywise.index.encoders.sentence_transformers.kind import SentenceTransformers

GROUP = "entrywise.encoders"
_DEFAULT_KIND = "sentence_transformers"
ENCODER_FILES = (CONFIG, GRAPH, WEIGHTS, TOKENIZER)
"""What may stand in the folder of an encoder."""


def open_encoder(folder: Path) -> Encoder:
    """The encoder of a folder, opened by the kind that its `encoder.json` names.

    Raises:
        IndexDamaged: it does not hold what it should.
        EncoderMissing: what opens it is not installed.
    """
    kind = EncoderConfig.read(folder).kind
    if kind == "onnx":
        return open_onnx(folder)
    return _kind(kind).open(folder)


def open_shipped_encoder() -> Encoder:
    """The encoder that comes with Entrywise, as it was published: adapted to nothing."""
    return open_encoder(FOLDER)


@dataclass(frozen=True, slots=True)
class EncoderSource:
    """What an encoder is taken from: a model, and what a knowledge base adds to its weights."""

    model: str = DEFAULT_MODEL
    adapter: Path | None = None

    @property
    def _made(self) -> Path | None:
        """The folder of an encoder that is made already: the shipped one, or of `make_encoder`."""
        folder = FOLDER if self.model == DEFAULT_MODEL else Path(self.model)
        return folder if (folder / CONFIG).is_file() else None

    def is_that_of(self, name: str, sha256: str) -> bool:
        """Whether it is known, before it is made, that the encoder will have this name and hash."""
        own = self._own_sha256(name)
        if own is None:
            return False
        return sha256 == (own if self.adapter is None else merged_sha256(own, self.adapter))

    def _own_sha256(self, name: str) -> str | None:
        """The hash that the encoder will have without an adapter, where it can be told and may be
        that of an encoder of this name: reading a large model takes seconds, exporting it minutes.
        """
        if made := self._made:
            return EncoderConfig.read(made).sha256
        kind, model = _kind_and_model(self.model)
        if kind != _DEFAULT_KIND or not name.startswith((model, str(Path(model).absolute()))):
            return None
        return _sentence_transformers().sha256(model)

    def make(self, folder: Path) -> None:
        """Put the encoder into a folder.

        Raises:
            EntrywiseError: there is no such model or adapter, or what it takes is not installed.
            OSError: the folder cannot be written.
        """
        if made := self._made:
            for name in ENCODER_FILES:
                if (made / name).exists():
                    shutil.copyfile(made / name, folder / name)
            products = read_products(made)
        else:
            kind, model = _kind_and_model(self.model)
            _kind(kind).make(model, folder)
            products = read_products(folder)
        if self.adapter is not None:
            merge(folder, products, self.adapter)


def make_encoder(model: str, out: Path) -> EncoderConfig:
    """Make the encoder of a model in a folder, which `--model` takes in place of the model. The
    shipped one is made again from its official weights.

    Raises:
        EntrywiseError: there is no such model, what it takes is not installed, or `out` is no
            folder for it.
    """
    if out.exists() and not _is_free(out):
        raise EntrywiseError(f"{out}: holds something that is no encoder; name an empty folder")
    kind, model = _kind_and_model(model)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _kind(kind).make(model, out)
    except OSError as error:
        raise EntrywiseError(unwritable(out, error, otherwise="name another folder")) from error
    return EncoderConfig.read(out)


def _is_free(folder: Path) -> bool:
    """Whether an encoder may be made in a folder: nothing else is in it."""
    made = {*ENCODER_FILES, PRODUCTS}
    return folder.is_dir() and {path.name for path in folder.iterdir()} <= made


def check_model(model: str) -> ModelReport:
    """Tell what is understood of a model of sentence-transformers, how its export embeds and how
    fast it is.

    Raises:
        EntrywiseError: there is no such model, or what it takes is not installed.
    """
    kind, _ = _kind_and_model(model)
    if kind != _DEFAULT_KIND:
        raise EntrywiseError(
            f"{model!r} is of the kind {kind!r}; only models of sentence-transformers are checked"
        )
    from entrywise.index.encoders.sentence_transformers.check import check

    return check(model)


def adapt(
    knowledge_base: KnowledgeBase,
    out: Path,
    *,
    model: str = DEFAULT_MODEL,
    progress: Progress = no_progress,
) -> None:
    """Train an adapter of a model to a knowledge base, and write it.

    Args:
        progress: called with (batches done, batches to do).

    Raises:
        KnowledgeBaseError: too few questions or entries to learn from.
        EntrywiseError: the model cannot be loaded, or `out` cannot be written.
    """
    from entrywise.index.encoders.sentence_transformers.training import adapt as train

    train(knowledge_base, out, model=model, progress=progress)


def _kind_and_model(model: str) -> tuple[str, str]:
    """What kind of encoder `--model` names, and of which model: `KIND:MODEL`, where another
    distribution brings that kind."""
    name, colon, rest = model.partition(":")
    if colon and any(plugin.name == name for plugin in plugins(GROUP)):
        return name, rest
    return _DEFAULT_KIND, model


def _sentence_transformers() -> SentenceTransformers:
    from entrywise.index.encoders.sentence_transformers.kind import SentenceTransformers

    return SentenceTransformers()


def _kind(name: str) -> EncoderKind:
    if name == _DEFAULT_KIND:
        return _sentence_transformers()
    for plugin in plugins(GROUP):
        if plugin.name == name:
            kind: EncoderKind = load(plugin, "encoder", EncoderMissing)
            return kind
    raise EncoderMissing(
        f"no encoder of the kind {name!r} is installed; install the distribution that brings it, "
        "or build the index again with another --model"
    )
