"""The index on disk: which files there are, and the manifest that vouches for them.

Every file but the manifest is listed in it with its size and SHA-256. An index is written to a
temporary folder and renamed into place, so a folder with a manifest is complete.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from entrywise.data.errors import IndexDamaged, IndexMissing
from entrywise.data.identity import Identity
from entrywise.index import file_states as states
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration

FORMAT_VERSION = 10
MANIFEST = "manifest.json"
_GENERATION = 16

# Files up to this size are hashed when an index is opened for the first time, and again when they
# have changed; of larger ones the size is compared, and `entrywise index verify` hashes them too.
HASHED_AT_OPENING = 64 * 2**20


_names: set[str] = set()


class _File:
    """A row of the layout: the name of a file, below the folder of the index."""

    def __init__(self, name: str) -> None:
        self._name = name
        _names.add(name)

    def __get__(self, layout: Layout, owner: type[Layout]) -> Path:
        return layout.root / self._name


@dataclass(frozen=True)
class Layout:
    """The files of an index."""

    root: Path

    manifest = _File(MANIFEST)
    entries = _File("entries.jsonl")
    """One entry a line, JSON."""
    entry_offsets = _File("entries.npy")
    """int64 (entries + 1,): byte offsets of the lines of `entries`."""
    catalog = _File("catalog.json")
    """Entry ids, names and categories, JSON."""
    chunks = _File("chunks.npy")
    """int32 (chunks, 4): entry, section, start, end; row i belongs to vector i."""
    chunk_digests = _File("chunks.digests.npy")
    """uint8 (chunks, 16): of what was embedded, so that an update need not do it again."""
    chunk_vectors = _File("chunks.faiss")
    """FAISS, float32 (chunks, dim), unit length, inner product."""
    sentences = _File("sentences.npy")
    """int32 (sentences, 4): entry, section, start, end, in reading order."""
    sentence_vectors = _File("sentences.vectors.npy")
    """int8 (sentences, dim): unit vectors, each in whole numbers up to 127."""
    sentence_features = _File("sentences.features.npy")
    """uint8 (sentences, features): what a sentence's wording tells; the manifest names them."""
    sentence_mentions = _File("sentences.mentions.npy")
    """int32 (mentions, 4): row of a sentence, ordinal of an entry that it names, start and end of
    the name in it; ordered by row."""
    questions = _File("questions.npy")
    """int32 (labels, 2): row of the question's vector, ordinal of an entry that answers it."""
    question_vectors = _File("questions.faiss")
    """FAISS, 8 bits a number (questions, dim), unit length, inner product."""
    question_texts = _File("questions.json")
    """JSON, two lists of texts: `answered`, whose row i is vector i of `question_vectors`, and
    `unanswered`, likewise of `unanswered_vectors`."""
    unanswered_vectors = _File("unanswered.faiss")
    """FAISS, 8 bits a number (questions without an answer, dim), unit length, inner product."""
    remark_vectors = _File("remarks.npy")
    """float32 (remarks, dim), unit length: what people say to the assistant itself, in the order of
    `data/questions/to_the_assistant.py`."""
    words = _File("words.sqlite")
    """SQLite with one FTS5 table; rowid is the row of `units`."""
    units = _File("units.npy")
    """int32 (units, 2): ordinals of an entry and of its section, -1 for all of a term's."""
    encoder_config = _File("encoder.json")
    """What the encoder is: its kind, prompts, dimension (`EncoderConfig`)."""
    encoder = _File("encoder.onnx")
    """The encoder's graph, where it has one."""
    encoder_weights = _File("encoder.weights")
    """The weights of the graph, which are mapped into memory as they are."""
    tokenizer = _File("tokenizer.json")
    """The encoder's tokenizer, in the format of the library `tokenizers`."""
    logo = _File("logo")
    """The picture of the knowledge base's identity, if it has one."""
    pictures = _File("pictures.zip")
    """The pictures that documents show, by their paths in the folder that was read, if any do."""
    checked = _File("checked.json")
    """{file: its state when its hash was compared last}, JSON. It is no part of the index, and
    missing where the folder cannot be written."""


FILES = frozenset(_names)
"""The names of all of them."""


def holds_only_an_index(root: Path) -> bool:
    """Whether a folder is empty, or holds a manifest and nothing but files of an index: what may
    be replaced."""
    # A process that was killed may have left what `states.keep` writes first.
    unfinished = f".{Layout(root).checked.name}."
    found = {path.name for path in root.iterdir() if not path.name.startswith(unfinished)}
    return not found or (MANIFEST in found and found <= FILES)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 of one file of an index."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of; written last."""

    format_version: int
    identity: Identity
    knowledge_base_sha256: str
    encoder: str
    weights_sha256: str
    libraries: dict[str, str]
    counts: dict[str, int]
    features: tuple[str, ...]
    """What the columns of `Layout.sentence_features` are."""
    files: dict[str, FileRecord]
    calibration: Calibration = UNCALIBRATED
    """What its confidences are worth."""
    generation: str = ""
    """Names this very index, 16 hexadecimal digits of a digest of all that the manifest says: two
    with the same one give the same answers. It is empty before the manifest is written."""

    @property
    def title(self) -> str:
        """What the knowledge base is called."""
        return self.identity.title

    def write(self, layout: Layout) -> Manifest:
        """Write the manifest as JSON: whole, or not at all; give it with its generation.

        Raises:
            OSError: it cannot be written.
        """
        # Here, as most openings hash nothing.
        import hashlib

        said = json.dumps(asdict(replace(self, generation="")), sort_keys=True).encode()
        named = replace(self, generation=hashlib.sha256(said).hexdigest()[:_GENERATION])
        # A hidden name that `holds_only_an_index` passes over, should this process be killed.
        unfinished = layout.root / f".{layout.checked.name}.{MANIFEST}"
        try:
            unfinished.write_text(json.dumps(asdict(named), indent=1) + "\n", encoding="utf-8")
            unfinished.replace(layout.manifest)
        finally:
            unfinished.unlink(missing_ok=True)
        return named


def file_record(path: Path) -> FileRecord:
    """Size and SHA-256 of a file."""
    # Here, as most openings hash nothing.
    import hashlib

    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileRecord(path.stat().st_size, digest)


def read_manifest(root: Path) -> Manifest:
    """The manifest of the index in the folder `root`.

    Raises:
        IndexMissing: there is no such folder, or it holds no index.
        IndexDamaged: the manifest cannot be read, or its format is another version's.
    """
    path = Layout(root).manifest
    if not path.is_file():
        raise IndexMissing(
            f"no index in {str(root)!r}: build one with `entrywise index build SOURCE --out DIR`"
        )
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        version = raw["format_version"]
        if version != FORMAT_VERSION:
            raise _damaged(root, f"its format is {version!r}, this program's is {FORMAT_VERSION}")
        files = {name: FileRecord(**record) for name, record in raw.pop("files").items()}
        told: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in raw.pop("identity").items()
        }
        features = tuple(raw.pop("features"))
        calibration = Calibration.of(raw.pop("calibration"))
        return Manifest(
            **raw,
            identity=Identity(**told),
            features=features,
            files=files,
            calibration=calibration,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(root, f"{MANIFEST} cannot be read ({type(error).__name__})") from error


def recalibrate(root: Path, calibration: Calibration) -> Manifest:
    """Put another calibration into an index: whole, or not at all. Who has it open keeps the one
    that was.

    Raises:
        IndexMissing: there is no index, or it cannot be written.
        IndexDamaged: its manifest cannot be read.
    """
    manifest = replace(read_manifest(root), calibration=calibration)
    try:
        return manifest.write(Layout(root))
    except OSError as error:
        raise IndexMissing(
            f"{str(root)!r} cannot be written ({error.strerror}); make it writable, or build the "
            "index in another folder"
        ) from error


def verify(root: Path, manifest: Manifest, *, everything: bool = False) -> None:
    """Compare the files of an index with its manifest.

    Args:
        everything: hash the files over `HASHED_AT_OPENING` bytes too.

    Raises:
        IndexDamaged: a file is missing, truncated or altered.
    """
    checked = Layout(root).checked
    known = {} if everything else states.read(checked)
    now: dict[str, states.State] = {}
    for name, record in manifest.files.items():
        path = root / name
        try:
            now[name] = states.state(path)
            size, *_ = now[name]
            if size != record.size:
                raise _damaged(root, f"{name} has {size} bytes instead of {record.size}")
            hashed = everything or record.size <= HASHED_AT_OPENING
            if hashed and known.get(name) != now[name] and file_record(path) != record:
                raise _damaged(root, f"{name} is not what was written")
        except OSError as error:
            raise _damaged(root, f"{name} cannot be read ({error.strerror})") from error
    if known != now:
        states.keep(checked, now)


def _damaged(root: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(f"the index in {str(root)!r} is damaged: {reason}; build it again")
