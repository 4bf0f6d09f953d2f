"""`entrywise index`: build, update, adapt, questions, enrich, info, verify, calibrate."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.errors import IndexUnusable, KnowledgeBaseError, SettingsError
from entrywise.index.progress import progress_bar
from entrywise.rag.commands.options import add_setting, add_source, add_sources, overridden
from entrywise.rag.commands.terminal import DONE, LLM_FAILED
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.settings import THRESHOLD, load_settings

if TYPE_CHECKING:
    from entrywise.data.entries import KnowledgeBase
    from entrywise.index.calibration.calibration import Calibration
    from entrywise.index.layout import Manifest
    from entrywise.index.stores.base import Store
    from entrywise.rag.commands.options import CommandParser

    Commands = argparse._SubParsersAction[CommandParser]


def add_commands(commands: Commands) -> None:
    """The commands below `entrywise index`."""
    build = commands.add_parser("build", help="build an index of a knowledge base")
    update = commands.add_parser("update", help="build it again, embedding only what is new")
    for parser in (build, update):
        _add_building(parser)
    adapt = commands.add_parser("adapt", help="adapt the encoder to how people ask")
    add_sources(adapt)
    adapt.add_argument("--out", type=Path, required=True, metavar="FILE", help="the adapter")
    adapt.set_defaults(command=_adapt)
    draft = commands.add_parser("enrich", help="let an LLM draft how people ask for each entry")
    add_source(draft)
    draft.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the draft, for --ways; added to"
    )
    add_setting(draft, "llm", "--llm", metavar="MODEL")
    draft.set_defaults(command=_enrich)
    questions = commands.add_parser(
        "questions", help="keep the vectors of the sample questions, for --question-vectors"
    )
    add_setting(questions, "index", "--index", metavar="DIR")
    questions.add_argument("--out", type=Path, required=True, metavar="FILE", help="the vectors")
    questions.set_defaults(command=_questions)
    info = commands.add_parser("info", help="what an index holds, and what made it")
    verify = commands.add_parser("verify", help="compare every file with its checksum")
    verify.add_argument(
        "--deep", action="store_true", help="also read every entry, sentence and vector"
    )
    calibrate = commands.add_parser(
        "calibrate", help="fit the confidence of an index, to labels if given"
    )
    calibrate.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help="labelled questions, JSON lines; without, the index asks itself again",
    )
    for parser, command in ((info, _info), (verify, _verify), (calibrate, _calibrate)):
        add_setting(parser, "index", "--index", metavar="DIR")
        parser.set_defaults(command=command)


def _add_building(parser: CommandParser) -> None:
    """The options of a build, and of an update."""
    add_sources(parser)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--out", type=Path, metavar="DIR", help="folder of the index")
    place.add_argument(
        "--store", metavar="ADDRESS", help="put the index into a database: postgresql://HOST/NAME"
    )
    parser.add_argument(
        "--adapter",
        type=Path,
        metavar="FILE",
        help="an adapter of the encoder, made by `entrywise index adapt`",
    )
    parser.add_argument(
        "--question-vectors",
        type=Path,
        metavar="FILE",
        help="vectors kept by `entrywise index questions`",
    )
    parser.add_argument(
        "--ray",
        metavar="ADDRESS",
        help="embed on a Ray cluster: auto, HOST:PORT, or local for one on this machine",
    )
    parser.add_argument(
        "--strict", action="store_true", help="build nothing if any file cannot be read"
    )
    parser.set_defaults(command=_build)


def _adapt(options: argparse.Namespace) -> int:
    from entrywise.index.encoders.default import DEFAULT_MODEL
    from entrywise.index.encoders.registry import adapt

    knowledge_base = _knowledge_base(options)
    with progress_bar("batches") as progress:
        adapt(knowledge_base, options.out, model=options.model or DEFAULT_MODEL, progress=progress)
    print(f"{options.out}: build an index with --adapter to use it")
    return DONE


def _enrich(options: argparse.Namespace) -> int:
    from entrywise.data.source import read_knowledge_base
    from entrywise.rag.llm.backends.registry import open_backend
    from entrywise.rag.llm.question_drafts import enrich

    settings = overridden(load_settings(), options, "llm")
    if not settings.llm:
        raise SettingsError("no LLM is set; give --llm MODEL")
    knowledge_base = read_knowledge_base(
        options.source, columns=options.columns, cache=settings.cache_folder
    )
    with (
        closing(open_backend(settings.llm, settings)) as backend,
        progress_bar("entries") as progress,
    ):
        done = enrich(
            knowledge_base, options.out, backend, seconds=settings.llm_timeout, progress=progress
        )
    for failure in done.failures:
        print(f"entrywise: {failure}", file=sys.stderr)
    print(f"{options.out}: {done.drafted} of {len(knowledge_base)} entries; read it, then build")
    return LLM_FAILED if done.failures else DONE


def _build(options: argparse.Namespace) -> int:
    """Building over an index is an update: what it holds is not embedded again."""
    from entrywise.data.checks.reading_report import reading_report
    from entrywise.index.cluster.connection import check_address
    from entrywise.index.encoders.default import DEFAULT_MODEL, of_other_language
    from entrywise.rag.build import build_index

    if options.ray:
        # Before what may take minutes to read.
        check_address(options.ray)
    knowledge_base = _knowledge_base(options)
    if options.strict:
        _refuse_unread(knowledge_base, options.source)
    out = options.store or options.out
    is_labelled = _is_labelled(out)
    with progress_bar("texts") as progress:
        manifest = build_index(
            knowledge_base,
            out,
            model=options.model or DEFAULT_MODEL,
            adapter=options.adapter,
            question_vectors=options.question_vectors,
            ray=options.ray,
            progress=progress,
        )
    _print_counts(manifest)
    _print_expected(manifest.calibration)
    for line in reading_report(knowledge_base):
        print(line, file=sys.stderr)
    if told := of_other_language(manifest.encoder, manifest.identity.language):
        print(told, file=sys.stderr)
    if is_labelled and not manifest.calibration.labelled:
        again = "fit it to them again with `entrywise index calibrate --labels`"
        print(f"its confidence is no longer fitted to labels: {again}", file=sys.stderr)
    return DONE


def _is_labelled(out: str | Path) -> bool:
    """Whether there is an index already that is calibrated by labels."""
    from entrywise.index.stores.registry import store_at

    with suppress(IndexUnusable):
        return store_at(out, load_settings().cache_folder).manifest().calibration.labelled
    return False


def _knowledge_base(options: argparse.Namespace) -> KnowledgeBase:
    from entrywise.data.source import read_knowledge_base

    return read_knowledge_base(
        options.source,
        options.ways,
        options.asked,
        columns=options.columns,
        cache=load_settings().cache_folder,
    )


def _refuse_unread(knowledge_base: KnowledgeBase, source: Path) -> None:
    lost = [one for one in knowledge_base.unread if one.severity == "error"]
    if lost:
        more = f" (and {len(lost) - 1:,} more; `entrywise check` lists all)" if lost[1:] else ""
        raise KnowledgeBaseError(f"{source}: --strict: {lost[0]}{more}")


def _questions(options: argparse.Namespace) -> int:
    from entrywise.index.index import Index
    from entrywise.index.question_vectors import write_question_vectors

    with closing(Index(_store(options))) as index:
        write_question_vectors(index, options.out)
    print(f"{options.out}: build the index with --question-vectors to use it")
    return DONE


def _info(options: argparse.Namespace) -> int:
    store = _store(options)
    manifest = store.manifest()
    print(f"index: {store}")
    print(f"generation: {manifest.generation}")
    title = one_line(printable(manifest.title))
    print(f"knowledge base: {title}, SHA-256 {manifest.knowledge_base_sha256}")
    print(f"encoder: {manifest.encoder}, SHA-256 {manifest.weights_sha256}")
    _print_counts(manifest)
    _print_expected(manifest.calibration)
    print(", ".join(f"{name} {version}" for name, version in manifest.libraries.items()))
    for name, record in manifest.files.items():
        print(f"{record.size:>12,}  {name}")
    return DONE


def _calibrate(options: argparse.Namespace) -> int:
    from entrywise.index.index import Index
    from entrywise.rag.domains.registry import open_domain
    from entrywise.rag.evaluation.answer_labels import read_labels
    from entrywise.rag.judge.calibration.labels import calibrated_by_labels
    from entrywise.rag.judge.calibration.own_step import calibrated_by_itself
    from entrywise.rag.opening import open_set_reranker

    store = _store(options)
    labels = read_labels(options.labels) if options.labels else None
    reranker = open_set_reranker(load_settings()) if labels else None
    with closing(Index(store)) as index, progress_bar("questions") as progress:
        domain = open_domain(index.manifest.identity.domain)
        before, generation = index.calibration, index.manifest.generation
        if labels:
            before, after = calibrated_by_labels(labels, index, domain, progress, reranker=reranker)
        else:
            after = calibrated_by_itself(index, domain, progress)
    _print_expected(before, "before, ")
    _print_expected(store.recalibrate(after, of=generation).calibration, "now, ")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    store = _store(options)
    print(store.verify())
    if options.deep:
        from entrywise.index.generations.inspection import inspect
        from entrywise.index.index import Index

        with closing(Index(store)) as index:
            for line in inspect(index):
                print(line)
    return DONE


def _store(options: argparse.Namespace) -> Store:
    """The index that is meant: the named one, the one in the settings, or the glossary's."""
    from entrywise.index.cache import shipped_index
    from entrywise.index.stores.registry import store_at

    settings = overridden(load_settings(), options, "index")
    cache = settings.cache_folder
    return store_at(settings.index_named or shipped_index(cache), cache)


def _print_counts(manifest: Manifest) -> None:
    print(", ".join(f"{count:,} {name}" for name, count in manifest.counts.items()))
    if subject := manifest.subject:
        print(f"all pages are about “{subject}”: what names it is looked up without it, too")
    if languages := ", ".join(manifest.languages):
        print(f"pages in several languages ({languages}): a question is answered in its own")
    if versions := ", ".join(filter(None, manifest.versions)):
        print(f"pages of versions ({versions}): the newest one answers, or that which is named")
    if address := manifest.identity.base_url:
        print(f"pages stand below {address}: citations lead there (`base_url`)")
    if probes := manifest.accuracy.probes:
        found = f"{manifest.accuracy.recall:.1%}".replace("%", " %")
        print(f"a search looks into {probes:,} cells and finds {found} of the 400 nearest")


def _print_expected(calibration: Calibration, when: str = "") -> None:
    """What to expect at the default threshold."""
    from entrywise.rag.judge.calibration.expectation import expected

    for line in expected(calibration, THRESHOLD):
        print(f"{when}{line}")
    if calibration.reranked:
        _print_expected(calibration.reranked, f"{when}with its reranker, ")
