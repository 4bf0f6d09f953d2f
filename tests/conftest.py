"""Sealed surroundings, a small knowledge base with its index, and the shipped glossary's index."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from databases import NewDatabase, new_databases, server
from hypothesis import settings
from indexes import Indexed, index_over
from installation import Install, install
from scripted_llm import Behaviour, ScriptedServer
from spoken import handbook

from entrywise.data.entries import Asked, Category, Entry, KnowledgeBase, Paper, Resource, Section
from entrywise.data.identity import Identity
from entrywise.data.source import read_knowledge_base
from entrywise.index.cache import open_shipped
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index, build_shipped_index
from entrywise.rag.llm.backends.openai import CompatibleServer
from entrywise.rag.llm.checks.units import Units
from entrywise.rag.llm.writer import Writer

# Kept between test runs: embedding the glossary takes the better part of a minute.
CACHE = Path(__file__).parent.parent / ".cache"

# Processors are shared, so the time of one example says nothing about the code.
settings.register_profile("entrywise", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("entrywise")


# Slow by what it takes: a browser.
BROWSER = Path(__file__).parent / "e2e"


def pytest_configure() -> None:
    """Threads of PyTorch that wait for work leave the cores to the tests beside them: with two such
    threads on each core, waiting was half of what exports took."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half as many more processes as cores, as a quarter of their time they wait, for pauses of a
    page and ends of processes. None besides this one where a part of the suite is named: starting
    them takes longer than most parts. `-n 2` has its way."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS or config.option.keyword
    return 0 if named else (os.cpu_count() or 1) * 3 // 2


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """No file is imported without a test that is wanted: where slow ones alone are, that is half of
    the files' time, in each process; where none is, what PyTorch takes to load."""
    wanted = config.option.markexpr
    if collection_path == BROWSER:
        return wanted == "not slow" or None
    if collection_path.is_dir() or not collection_path.name.startswith("test_"):
        return None
    if collection_path.is_relative_to(BROWSER):
        return None
    text = collection_path.read_text("utf-8")
    if wanted == "not slow":
        return "\npytestmark = pytest.mark.slow" in text or None
    return (wanted == "slow" and "mark.slow" not in text) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes a browser as slow, and begin with what takes longest: a minute of one process
    at the end is a minute that the others wait."""
    for item in items:
        if item.path.is_relative_to(BROWSER):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """What a shell starts in the background ignores SIGINT, and so would all that it starts. A test
    that interrupts a process of its own needs one that does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No settings, votes or conversations of the person who runs the tests; the cache is this
    checkout's own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("ENTRYWISE_", "OPENAI_"))]:
            patch.delenv(name)
        patch.setenv("ENTRYWISE_CACHE", str(CACHE))
        votes = tmp_path_factory.mktemp("votes") / "feedback.sqlite"
        patch.setenv("ENTRYWISE_FEEDBACK", str(votes))
        patch.setenv("ENTRYWISE_CONFIG", os.devnull)
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def knowledge_base() -> KnowledgeBase:
    """Six entries in two categories, made by hand."""
    attention = Category("attention", "Attention", 0)
    training = Category("training", "Training", 1)
    entries = (_gqa(), _mla(), _lora(), _react(), _bf16(), _instruct())
    asked = (Asked("what does GQA cost?", {}),)
    identity = Identity(title="six entries", domain="language_models")
    return KnowledgeBase(entries, (attention, training), identity, asked)


@pytest.fixture(scope="session")
def small_root(knowledge_base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the six entries' index. It is shared: copy it before you change it."""
    root = tmp_path_factory.mktemp("small") / "index"
    build_index(knowledge_base, root)
    return root


@pytest.fixture(scope="session")
def small_index(small_root: Path) -> Iterator[Index]:
    """The six entries' index, opened."""
    index = Index(small_root)
    yield index
    index.close()


@pytest.fixture(scope="session")
def harbour_root(sealed: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of three documents of a harbour (`tests/rag/harbour`)."""
    root = tmp_path_factory.mktemp("harbour") / "index"
    build_index(read_knowledge_base(Path(__file__).parent / "rag" / "harbour"), root)
    return root


@pytest.fixture(scope="session")
def harbour_index(harbour_root: Path) -> Iterator[Index]:
    """The harbour's index, opened."""
    index = Index(harbour_root)
    yield index
    index.close()


@pytest.fixture(scope="session")
def indexed(
    small_root: Path, small_index: Index, tmp_path_factory: pytest.TempPathFactory
) -> Indexed:
    """Builds the indexes of other knowledge bases. They share the small one's encoder, which is
    open."""

    def built(knowledge_base: KnowledgeBase) -> Path:
        return index_over(small_root, knowledge_base, tmp_path_factory.mktemp("own") / "index")

    return built


@pytest.fixture(scope="session")
def glossary_index(sealed: None) -> Iterator[Index]:
    """The shipped glossary's index, opened; built where it is not in this checkout's cache."""
    index = open_shipped(CACHE, build_shipped_index)
    yield index
    index.close()


@pytest.fixture(scope="session")
def postgres(sealed: None) -> Iterator[str]:
    """The address of a PostgreSQL server with pgvector: it takes seconds to start."""
    with server() as address:
        yield address


@pytest.fixture(scope="session")
def new_database(postgres: str) -> NewDatabase:
    """Makes empty databases on that server."""
    return new_databases(postgres)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Installs distributions of `tests/distributions`, each once in a run."""
    return cache(lambda name: install(name, tmp_path_factory.mktemp(name)))


@pytest.fixture
def plug_in(installed: Install, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Install a distribution for the rest of a test, in this process."""
    return lambda name: monkeypatch.syspath_prepend(installed(name))


Writing = Callable[..., tuple[Assistant, ScriptedServer]]


@pytest.fixture
def writes(small_index: Index) -> Iterator[Writing]:
    """Makes assistants on the six entries, whose LLM behaves as a test wants; options are those of
    a writer."""
    with ExitStack() as stack:

        def make(
            *script: Behaviour, index: Index = small_index, **options: Any
        ) -> tuple[Assistant, ScriptedServer]:
            server = stack.enter_context(ScriptedServer(*script))
            backend = CompatibleServer("gemma", server.url)
            stack.callback(backend.close)
            assistant = Assistant(index, threshold=0.02)
            units = Units(assistant.domain.units)
            assistant.writer = Writer(backend, index, units=units, **{"seconds": 30.0} | options)
            return assistant, server

        yield make


def _gqa() -> Entry:
    return Entry(
        id="gqa",
        name="GQA",
        expansion="Grouped-Query Attention",
        category="attention",
        sections=(
            Section("oneliner", "Several query heads share one key head and one value head."),
            Section(
                "explanation",
                "GQA lies between multi-head attention and MQA. With $g = 8$ groups, e.g. in "
                "Llama 3 70B, the KV cache is 8$\\times$ smaller. Quality stays close to that of "
                "full multi-head attention.",
            ),
        ),
        aliases=("grouped query attention", "grouped-query attn"),
        questions=(
            "how can query heads share the key-value heads",
            "what makes the KV cache eight times smaller",
        ),
        related=("mla",),
        seen_in=("model-config",),
        papers=(
            Paper(
                "GQA: Training Generalized Multi-Query Transformer Models",
                "Ainslie et al.",
                "EMNLP 2023",
                "2305.13245",
            ),
        ),
        sources=("https://arxiv.org/abs/2305.13245",),
        resources=(Resource("The paper", "https://arxiv.org/abs/2305.13245"),),
        confidence="high",
        verified_date="2026-04-10",
    )


def _mla() -> Entry:
    return Entry(
        id="mla",
        name="MLA",
        expansion="Multi-head Latent Attention",
        category="attention",
        sections=(
            Section("oneliner", "Keys and values are kept as one small latent vector per token."),
            Section(
                "explanation",
                "DeepSeek-V2 introduced MLA. It stores a compressed latent instead of full keys "
                "and values, and expands it when attention is computed.",
            ),
        ),
        questions=("which attention did DeepSeek-V2 introduce to compress its cache",),
        related=("gqa",),
    )


def _lora() -> Entry:
    """An entry with a section longer than a chunk."""
    steps = " ".join(
        f"In step {number} of the recipe the adapter of layer {number} is trained for a while, "
        "and the frozen weights below it are left exactly as they were before."
        for number in range(1, 13)
    )
    return Entry(
        id="lora",
        name="LoRA",
        expansion="Low-Rank Adaptation",
        category="training",
        sections=(
            Section("oneliner", "Small low-rank matrices are trained beside frozen weights."),
            Section("explanation", "LoRA adds $BA$ to a frozen weight $W$. Both factors are thin."),
            Section("fundamentals", steps),
        ),
        aliases=("low rank adapters",),
        questions=("how do I fine-tune a large model on one small graphics card",),
    )


def _react() -> Entry:
    return Entry(
        id="react",
        name="ReAct",
        expansion="Reasoning and Acting",
        category="training",
        sections=(
            Section("oneliner", "A model alternates between thoughts and actions."),
            Section("explanation", "Each thought is followed by a tool call. Results come back."),
        ),
        questions=("how can an agent think before it calls a tool",),
    )


def _bf16() -> Entry:
    return Entry(
        id="bf16",
        name="bf16 / bfloat16",
        expansion="Brain Floating Point (16-bit)",
        category="training",
        sections=(
            Section("oneliner", "A 16-bit number with the exponent range of a 32-bit one."),
            Section(
                "explanation",
                "It has 8 exponent bits and 7 mantissa bits, so it rarely "
                "overflows. Loss scaling is not needed.",
            ),
        ),
        aliases=("torch.bfloat16",),
        questions=("which half-width number format does not overflow",),
    )


def _instruct() -> Entry:
    return Entry(
        id="instruct",
        name="-it / -Instruct",
        category="training",
        sections=(
            Section("oneliner", "The model was tuned to follow instructions."),
            Section("explanation", "A base model continues text; an instruct model answers."),
        ),
        parts=("tuning",),
    )


@pytest.fixture(scope="session")
def handbook_in(
    indexed: Indexed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Index]]:
    """Opens the index of the handbook in a language (`tests/spoken.py`)."""
    with ExitStack() as opened:

        @cache
        def index_in(language: str) -> Index:
            pages = handbook(language, tmp_path_factory.mktemp(language))
            return opened.enter_context(closing(Index(indexed(pages))))

        yield index_in
