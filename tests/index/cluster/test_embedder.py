"""On a real Ray, of two processors: what takes seconds to start is slow."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cluster_processes import marked, marked_environment
from commands import ENTRYWISE
from paths import ROOT
from waiting import until

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import ClusterError, IndexDamaged
from entrywise.index.cluster import embedder, workers
from entrywise.index.cluster.connection import library
from entrywise.index.cluster.schedule import Batch, in_order
from entrywise.index.generations.lease import current
from entrywise.index.layout import MANIFEST, read_manifest
from entrywise.rag.build import build_index

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc"),
    # Ray's own: files and processes that it leaves to be collected.
    pytest.mark.filterwarnings("ignore"),
]

DOCUMENTS = ROOT / "tests" / "documents" / "handbook" / "docs" / "money"


@pytest.fixture(scope="module")
def short() -> Iterator[str]:
    """A folder that Ray makes sockets in, whose names may not be long."""
    with TemporaryDirectory(prefix="ray-", dir="/tmp", ignore_cleanup_errors=True) as name:
        yield name


@pytest.fixture(scope="module")
def cluster(sealed: None, short: str) -> Iterator[Any]:
    """Ray in this process, with two processors."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in marked_environment().items():
            patch.setenv(name, value)
        ray = library()
        ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, _temp_dir=short)
        yield ray
        ray.shutdown()


def processes(named: str) -> list[int]:
    """Those of the cluster of this process."""
    return marked({**os.environ}, named)


def files(root: Path) -> dict[str, bytes]:
    """What an index is made of: not when it was looked at."""
    generation = current(root)
    names = [MANIFEST, *read_manifest(generation).files]
    return {name: (generation / name).read_bytes() for name in names}


def test_an_index_is_the_same_byte_by_byte(
    cluster: Any, knowledge_base: KnowledgeBase, small_root: Path, tmp_path: Path
) -> None:
    build_index(knowledge_base, tmp_path / "index", ray="auto")
    assert {"chunks.faiss", "sentences.vectors.npy", "questions.faiss"} <= files(small_root).keys()
    assert files(tmp_path / "index") == files(small_root)
    # What was started for it is gone, and the program stays connected.
    until(lambda: not processes("ray::Worker"))
    assert cluster.is_initialized()


def test_a_lost_worker_loses_nothing(
    cluster: Any,
    knowledge_base: KnowledgeBase,
    small_root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedder, "_TOGETHER", 1)
    killed: list[int] = []

    def kill(done: int, total: int) -> None:
        """All workers, with what they are at, twice."""
        if done in (2, total - 4):
            killed.extend(found := processes("ray::Worker"))
            for pid in found:
                os.kill(pid, signal.SIGKILL)

    build_index(knowledge_base, tmp_path / "index", ray="auto", progress=kill)
    assert len(set(killed)) >= 3
    assert files(tmp_path / "index") == files(small_root)


def started(cluster: Any, monkeypatch: pytest.MonkeyPatch, kind: type) -> workers.Workers:
    monkeypatch.setattr(workers, "Worker", kind)
    return workers.Workers(cluster, {})


def embedded(pool: workers.Workers) -> list[Any]:
    try:
        return list(in_order([Batch("queries", ["one"]), Batch("queries", ["two"])], pool, 4))
    finally:
        pool.close()


def test_a_text_that_ends_its_workers_ends_the_build(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = workers.versions()

    class Deadly:
        def open(self, files: dict[str, bytes]) -> dict[str, str]:
            return told

        def queries(self, texts: list[str]) -> list[str]:
            if texts == ["two"]:
                os.kill(os.getpid(), signal.SIGKILL)
            return texts

    with pytest.raises(ClusterError, match=r"3 workers were lost .* begins 'two'; "):
        embedded(started(cluster, monkeypatch, Deadly))


def test_workers_that_cannot_start_end_the_build(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unable:
        def __init__(self) -> None:
            raise ImportError("nothing of the kind")

        def open(self, files: dict[str, bytes]) -> dict[str, str]:
            return {}

    with pytest.raises(ClusterError) as caught:
        embedded(started(cluster, monkeypatch, Unable))
    assert "could not start (ImportError: nothing of the kind); on all" in str(caught.value)


def test_workers_of_another_version_are_refused(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = workers.versions() | {"onnxruntime": "1.0"}

    class Other:
        def open(self, files: dict[str, bytes]) -> dict[str, str]:
            return theirs

    with pytest.raises(ClusterError, match=r"the Ray cluster has onnxruntime 1\.0, and this "):
        embedded(started(cluster, monkeypatch, Other))


def test_what_the_encoder_raises_is_raised(cluster: Any) -> None:
    with pytest.raises(IndexDamaged, match=r"the encoder in .* cannot be opened") as caught:
        embedded(workers.Workers(cluster, {"encoder.json": b"{}"}))
    assert "\n" not in str(caught.value)


def test_a_cluster_without_a_free_processor_is_waited_for_so_long(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 0.5)

    class Other:
        def work(self) -> None:
            pass

    other = cluster.remote(num_cpus=2)(Other).remote()
    cluster.get(other.work.remote())
    with pytest.raises(ClusterError, match="no processor of the Ray cluster was free for "):
        embedded(workers.Workers(cluster, {}))
    cluster.kill(other)


Started = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def environment() -> dict[str, str]:
    return marked_environment()


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Started]:
    """Starts processes with that environment; what is left of them at the end is ended."""

    def started(*command: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )

    yield started
    for pid in marked(environment):
        os.kill(pid, signal.SIGKILL)


def test_ray_on_this_machine_is_ended_and_says_nothing(
    start: Started, environment: dict[str, str], tmp_path: Path
) -> None:
    plain, ray = tmp_path / "plain", tmp_path / "ray"
    told = [
        start(*ENTRYWISE, "index", "build", str(DOCUMENTS), *options).communicate(timeout=120)
        for options in (["--out", str(plain)], ["--out", str(ray), "--ray", "local"])
    ]
    assert told[0] == told[1]
    assert current(plain).name == current(ray).name
    until(lambda: not marked(environment))


def test_an_interrupted_build_leaves_nothing_running(
    start: Started, environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "index"
    build = start(*ENTRYWISE, "index", "build", str(DOCUMENTS), "--out", str(out), "--ray", "local")
    until(lambda: bool(marked(environment, "ray::Worker")))
    os.killpg(build.pid, signal.SIGINT)
    assert build.communicate(timeout=60) == ("", "\n")
    assert build.returncode == 130
    assert not out.exists()
    until(lambda: not marked(environment))


def test_a_cluster_is_left_as_it_was(short: str, start: Started, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    head = start(
        *(sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block"),
        *("--num-cpus=1", f"--port={port}", "--include-dashboard=false"),
        f"--temp-dir={short}",
    )
    address = f"127.0.0.1:{port}"
    until(lambda: answers(port))
    for name in ("one", "two"):
        built = start(
            *(*ENTRYWISE, "index", "build", str(DOCUMENTS), "--ray", address),
            *("--out", str(tmp_path / name)),
        )
        assert built.communicate(timeout=120)[0]
        assert built.returncode == 0
    assert head.poll() is None
    # It ends what it started.
    head.terminate()
    head.communicate(timeout=60)


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
