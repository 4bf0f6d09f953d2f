"""The image, as near to it as one comes without an engine: its steps run in scratch roots, then its
command, as its user, without a network, in a root that cannot be written."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from deploy.dockerfile import parse
from deploy.pins import PINS, ROOT, read
from deploy.scratch import Build, Built, possible

pytestmark = [
    pytest.mark.slow,
    pytest.mark.longest,
    pytest.mark.skipif(not possible(), reason="a scratch root takes Linux and root"),
]

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
FINAL = parse(TEXT)[-1]
# Two seconds are enough on two quiet cores.
PATIENCE_SECONDS = 60

PAGES = (
    *("/", "/?q=what+is+GQA", "/browse", "/entry/gqa", "/entry/gqa.md", "/compare?a=gqa&b=mla"),
    *("/map?by=links", "/map?by=meaning", "/docs", "/openapi.json", "/llms.txt", "/metrics"),
)

# In the image there is nothing but Python to ask with.
REQUEST = """
import http.client, sys
path, accept, *body = sys.argv[1:]
connection = http.client.HTTPConnection("127.0.0.1", 8000)
headers = {"Accept": accept, "Content-Type": "application/json"}
connection.request("POST" if body else "GET", path, *body, headers=headers)
response = connection.getresponse()
print(response.status, response.read().decode(), end="")
"""


@dataclass(frozen=True)
class Container:
    """The image's own command, up and running."""

    image: Built
    process: int
    volume: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command beside the server."""
        return subprocess.run(
            self.image.beside(self.process, words), capture_output=True, text=True
        )

    def python(self, code: str, *arguments: str) -> str:
        """What Python code prints there."""
        done = self.run("python3", "-c", code, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def request(self, path: str, body: object = None, accept: str = "*/*") -> tuple[int, str]:
        """The status and the body of a response."""
        posted = [json.dumps(body)] if body else []
        status, _, text = self.python(REQUEST, path, accept, *posted).partition(" ")
        return int(status), text


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    work = tmp_path_factory.mktemp("image")
    try:
        yield Build(ROOT, work).run(TEXT)
    finally:
        # More than a GB, of which pytest would keep those of three runs.
        subprocess.run(["rm", "-rf", work], check=True)


@pytest.fixture(scope="module")
def container(image: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    volume = tmp_path_factory.mktemp("volumes") / "data"
    # A new volume begins as what the image has in its place, owner and all.
    subprocess.run(["cp", "--archive", image.inside("/data"), volume], check=True)
    command = image.command(words("CMD"), mounts={"/data": volume}, sealed=True)
    log = volume.with_name("log")
    with log.open("w") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output)
    container = Container(image, server.pid, volume)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while container.run(*words("HEALTHCHECK")).returncode != 0:
            up = server.poll() is None
            assert up, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield container
    finally:
        server.terminate()
        server.wait(timeout=10)


def words(keyword: str) -> Sequence[str]:
    instruction = FINAL.last(keyword)
    assert instruction
    given: list[str] = json.loads(instruction.arguments.removeprefix("CMD "))
    return given


def test_every_page_is_served(container: Container) -> None:
    statuses = {path: container.request(path)[0] for path in PAGES}
    assert statuses == dict.fromkeys(PAGES, 200)


def test_a_question_is_answered_over_http(container: Container) -> None:
    status, text = container.request("/api/ask", {"question": "what is GQA?"})
    answer = json.loads(text)
    assert (status, answer["status"]) == (200, "answered")
    assert answer["citations"][0]["entry"] == "gqa"


def test_commands_answer_in_place_of_the_server(container: Container) -> None:
    done = container.run("ask", "difference between GQA and MLA")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Grouped Query Attention" in done.stdout
    for command in ("index verify", "search cache", "config", "completion bash"):
        done = container.run("entrywise", *command.split())
        assert done.returncode == 0, done.stderr


def test_agents_are_served(container: Container) -> None:
    client = {"name": "test", "version": "1"}
    start = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    call = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": start}
    status, text = container.request("/mcp", call, "application/json, text/event-stream")
    assert status == 200
    assert "serverInfo" in text


def test_an_llm_could_write(container: Container) -> None:
    container.python("import openai, snowballstemmer")


def test_it_holds_the_pinned_packages_and_nothing_else(container: Container) -> None:
    code = "from importlib.metadata import distributions as d; print(*(one.name for one in d()))"
    names = {name.lower().replace("_", "-") for name in container.python(code).split()}
    assert names == {*read(PINS), "entrywise"}


def test_it_builds_an_index_of_ones_own_notes(image: Built, tmp_path: Path) -> None:
    """As `docker run --user` does it: the image does not know the user, who owns the notes."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "tides.md").write_text("# Tides\n\nThe moon pulls the sea, twice a day.\n", "utf-8")
    subprocess.run(["chown", "--recursive", "20000:20000", tmp_path], check=True)
    owner = replace(image, user="20000:20000", workdir="/work")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = owner.command(words, mounts={"/work": tmp_path}, sealed=True)
        return subprocess.run(command, capture_output=True, text=True)

    built = run("entrywise", "index", "build", "notes/", "--out", "my-index")
    assert built.returncode == 0, built.stderr
    asked = run("ask", "--index", "my-index", "what are tides?")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "The moon pulls the sea" in asked.stdout


def test_the_server_is_not_root_and_can_do_nothing_that_root_can(container: Container) -> None:
    lines = Path(f"/proc/{container.process}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    assert status["Uid"].split() == ["10001"] * 4
    assert int(status["CapEff"], 16) == 0
    assert container.run("touch", "/index/current").returncode != 0


def test_votes_are_kept_in_the_volume(container: Container) -> None:
    vote = {"question": "what is GQA?", "vote": "up", "answer_status": "answered"}
    assert container.request("/api/feedback", vote) == (204, "")
    assert [path.name for path in container.volume.iterdir()] == ["feedback.sqlite"]
