"""The index on disk: which files there are, and the manifest that vouches for them.

Every file but the manifest is listed in it with its size and SHA-256. These are the files of one
generation; `generations/` says how they come to be read, and how they go.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, overload

from entrywise.data.errors import IndexDamaged
from entrywise.data.identity import Identity
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.vectors.accuracy import EXACT, Accuracy

FORMAT_VERSION = 31
MANIFEST = "manifest.json"
CHECKED = "checked.json"
_GENERATION = 16

_names: set[str] = set()


class _File:
    """A row of the layout: the name of a file, below the folder of the index."""

    def __init__(self, name: str) -> None:
        self._name = name
        _names.add(name)

    @overload
    def __get__(self, layout: None, owner: type[Layout]) -> str: ...

    @overload
    def __get__(self, layout: Layout, owner: type[Layout]) -> Path: ...

    def __get__(self, layout: Layout | None, owner: type[Layout]) -> str | Path:
        return self._name if layout is None else layout.root / self._name


@dataclass(frozen=True)
class Layout:
    """The files of an index; of the class itself, their names."""

    root: Path

    manifest = _File(MANIFEST)
    entries = _File("entries.jsonl")
    """One entry a line, JSON."""
    entry_offsets = _File("entries.npy")
    """int64 (entries + 1, 2): byte offsets of the lines of `entries`, and the CRC-32 of each."""
    entry_digests = _File("entries.digests.npy")
    """uint8 (entries, 16): of what each entry holds, so that an update knows which are other."""
    catalog = _File("catalog.json")
    """Categories, and the entries that explain kinds of parts of names, JSON."""
    listing = _File("listing.sqlite")
    """SQLite: what lists show of entries, in their orders; links, headings, questions
    (`index/listing/tables.py`)."""
    map = _File("map.npy")
    """`DOT` (dots,): where the entries with the most links are on the map (`index/map/map.py`)."""
    map_links = _File("map.links.npy")
    """int32 (links, 2): which of these dots are linked, by their numbers."""
    names = _File("names.sqlite")
    """SQLite: names by what they are looked up by, and their words (`index/names/tables.py`)."""
    completions = _File("completions.npy")
    """uint32 (rows, n): what is known of each text that may be typed
    (`index/names/completion_tables.py`)."""
    completion_texts = _File("completions.txt")
    """These texts, one after the other, in the order of the alphabet."""
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
    titles = _File("titles.sqlite")
    """Headings, and questions that are answered, to be found as one types
    (`index/listing/titles.py`)."""
    found_titles = _File("titles.found.npy")
    """int32 (n, 5): all that may be one, a mention and whether it is written as the title is, so
    that an update need not look for them again."""
    title_mentions = _File("titles.mentions.npy")
    """Mentions of the titles of documents that are names (`index/passages/title_mentions.py`)."""
    translations = _File("translations.npy")
    """Pages that are there in several languages (`index/editions/translations.py`), where any
    are."""
    versions = _File("versions.npy")
    """Pages that are there in several versions (`index/editions/versions.py`), where any are."""
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
    """SQLite: a table of FTS5, the number there of each row of `units`
    (`index/words/row_numbers.py`), its common words (`index/words/common_words.py`), and their
    places, so that an update can score them again."""
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
    checked = _File(CHECKED)
    """{file: its state when its hash was compared last, and when that was}, JSON. It is no part of
    the index, and missing where the folder cannot be written."""


FILES = frozenset(_names)
"""The names of all of them."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 of one file of an index."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of an index: what it was made of, with a checksum of each file. It is written
    last."""

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
    accuracy: Accuracy = EXACT
    """How a search finds its passages."""
    calibration: Calibration = UNCALIBRATED
    """What its confidences are worth."""
    subject: str = ""
    """The word for what all documents are about, in lower case; empty where there is none."""
    title_words: tuple[str, ...] = ()
    """The words that many documents' titles begin or end with, in lower case."""
    languages: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Those of pages that are there in several, as tags, in the order of their numbers in
    `Layout.translations`, with the words that are frequent in each."""
    versions: tuple[str, ...] = ()
    """Those of pages that are there in several, by their numbers in `Layout.versions`."""
    generation: str = ""
    """Names this very index, 16 hexadecimal digits of a digest of the manifest: two with the same
    one give the same answers. It is empty before the manifest is written."""

    @property
    def title(self) -> str:
        """What the knowledge base is called."""
        return self.identity.title

    def write(self, layout: Layout) -> Manifest:
        """Write the manifest as JSON; give it with its generation.

        Raises:
            OSError: it cannot be written.
        """
        content, named = self.encoded()
        layout.manifest.write_bytes(content)
        return named

    def encoded(self) -> tuple[bytes, Manifest]:
        """The manifest as JSON, and itself with its generation."""
        told = asdict(self)
        del told["generation"]
        content = f"{json.dumps(told, indent=1)}\n".encode()
        return content, replace(self, generation=_generation(content))


def _generation(content: bytes) -> str:
    # Here, as importing it takes 6 ms, and not all who know the layout read an index.
    import hashlib

    return hashlib.sha256(content).hexdigest()[:_GENERATION]


def file_record(path: Path) -> FileRecord:
    """Size and SHA-256 of a file."""
    import hashlib

    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileRecord(path.stat().st_size, digest)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexDamaged: it is missing or cannot be read, or its format is another version's.
    """
    try:
        content = Layout(folder).manifest.read_bytes()
    except OSError as error:
        raise damaged(folder, f"{MANIFEST} cannot be read ({type(error).__name__})") from error
    return parsed_manifest(content, folder)


def parsed_manifest(content: bytes, where: object) -> Manifest:
    """The manifest that `Manifest.write` wrote.

    Raises:
        IndexDamaged: it is none, or its format is another version's.
    """
    try:
        raw = json.loads(content)
        version = raw["format_version"]
        if version != FORMAT_VERSION:
            raise damaged(where, f"its format is {version!r}, this program's is {FORMAT_VERSION}")
        files = {name: FileRecord(**record) for name, record in raw.pop("files").items()}
        told: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in raw.pop("identity").items()
        }
        for name in ("features", "title_words", "versions"):
            raw[name] = tuple(raw[name])
        raw["languages"] = {tag: tuple(words) for tag, words in raw["languages"].items()}
        accuracy = Accuracy(**raw.pop("accuracy"))
        calibration = Calibration.of(raw.pop("calibration"))
        return Manifest(
            **raw,
            identity=Identity(**told),
            files=files,
            accuracy=accuracy,
            calibration=calibration,
            generation=_generation(content),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(where, f"{MANIFEST} cannot be read ({type(error).__name__})") from error


def damaged(where: object, reason: str) -> IndexDamaged:
    """The error that says what is wrong with an index."""
    return IndexDamaged(f"the index in {str(where)!r} is damaged: {reason}; build it again")
