"""A server that is held up with slow, silent and too many connections."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import NamedTuple

import pytest
from web.processes import PATIENCE, Serving, serving

from entrywise.web.gate.connections import BODY_PAUSE, GRACE, SECONDS, Phase

pytestmark = pytest.mark.slow

HEAD = b"GET /health HTTP/1.1\r\nHost: localhost\r\n"
POST = (
    b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100\r\n\r\n"
)
QUESTION = "what is GQA?"


@pytest.fixture
def server(small_root: Path, tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path, small_root) as served:
        yield served


def lived(connection: socket.socket, trickle: bytes = b"") -> tuple[float, bytes]:
    """Seconds until the server ends a connection, on which a byte is sent from time to time; and
    what it said."""
    begun = time.monotonic()
    ended = threading.Event()

    def send() -> None:
        for number in range(len(trickle)):
            if ended.wait(0.3):
                return
            try:
                connection.send(trickle[number : number + 1])
            except OSError:
                return

    sending = threading.Thread(target=send)
    sending.start()
    said = b""
    try:
        while received := connection.recv(4096):
            said += received
    except ConnectionError:
        pass
    ended.set()
    sending.join()
    connection.close()
    return time.monotonic() - begun, said


def test_bytes_that_are_no_requests_are_refused_in_a_line(server: Serving) -> None:
    draw = random.Random(0)
    requests = (HEAD + b"\r\n", POST + b"{".ljust(100), b"")
    for _ in range(300):
        sent = bytearray(draw.choice(requests))
        for _ in range(draw.randint(1, 8)):
            place = draw.randrange(len(sent) + 1)
            sent[place : place + draw.randint(0, 3)] = draw.randbytes(draw.randint(0, 3))
        with server.connect(bytes(sent)) as connection:
            connection.shutdown(socket.SHUT_WR)
            said = b""
            with suppress(ConnectionError):
                while received := connection.recv(4096):
                    said += received
            assert b" 500 " not in said[:20]
    assert server.ask(QUESTION)["status"] == "answered"
    assert "Traceback" not in server.written()


def test_many_requests_share_one_connection(server: Serving) -> None:
    with server.connect() as connection:
        for _ in range(50):
            connection.sendall(HEAD + b"\r\n")
            said = b""
            while b'"ok"' not in said:
                said += connection.recv(4096)
        # Two at once, and the body of a third in two pieces.
        connection.sendall(2 * (HEAD + b"\r\n") + POST + b"{")
        time.sleep(0.1)
        connection.sendall(b'"question": "what is GQA?"}'.ljust(99))
        said = b""
        while b'"answered"' not in said:
            said += connection.recv(4096)
        assert said.count(b"200 OK") == 3


def test_a_half_open_request_does_not_hold_up_the_end(server: Serving) -> None:
    with ExitStack() as opened:
        for sent in (b"", HEAD, POST, POST + b"{", HEAD + b"\r\n"):
            opened.enter_context(server.connect(sent))
        time.sleep(0.2)
        assert server.stop() < GRACE
    assert server.process.returncode == -SIGTERM
    assert "Traceback" not in server.written()


def test_with_few_descriptors_whoever_asks_is_answered_among_those_who_do_not(
    small_root: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, small_root, descriptors=128) as server, ExitStack() as opened:
        sent = [b"", HEAD, POST, POST + b"{", HEAD + b"\r\n"]
        for number in range(700):
            opened.enter_context(server.connect(sent[number % 5]))
        for _ in range(20):
            opened.enter_context(server.connect(HEAD))
            assert server.ask(QUESTION)["status"] == "answered"
            assert server.get("/")[0] == 200
        assert "Traceback" not in server.written()
        assert "no connection is accepted" not in server.written()
        assert server.stop() < GRACE


def test_more_than_there_may_be_are_answered_or_refused_at_once(
    small_root: Path, tmp_path: Path
) -> None:
    """What is being answered makes no room for another one."""
    with serving(tmp_path, small_root, descriptors=128) as server:
        codes: list[int] = []

        def get() -> None:
            try:
                codes.append(server.get("/?q=what+is+GQA")[0])
            except ConnectionError:
                codes.append(503)

        asking = [threading.Thread(target=get) for _ in range(64)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert {*codes} <= {200, 503}
        assert codes.count(200) >= 20
        assert server.ask(QUESTION)["status"] == "answered"
        assert "Traceback" not in server.written()


def test_an_answer_that_is_not_made_in_time_is_refused_at_the_end(
    small_root: Path, tmp_path: Path
) -> None:
    body = b'{"question": "what is GQA?", "llm": true}'
    plain = POST.replace(b"100", b"%d" % len(body)) + body
    streamed = plain.replace(b"Host", b"Accept: text/event-stream\r\nHost")
    # It takes a question, and says nothing.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(PATIENCE)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        with (
            serving(tmp_path, small_root, llm="any", llm_base_url=address) as server,
            server.connect(plain) as one,
            server.connect(streamed) as other,
        ):
            # Both wait for it; one answer has begun.
            taken = [silent.accept()[0] for _ in (one, other)]
            assert b"200 OK" in other.recv(4096)
            assert server.stop() < GRACE + 2
            assert b"503 Service Unavailable" in one.recv(4096)
            for connection in taken:
                connection.close()
            assert "Traceback" not in server.written()


class Slow(NamedTuple):
    """Who sends something, then a byte from time to time."""

    sent: bytes
    trickle: bytes
    seconds: float
    """How long the connection lives."""
    answer: bytes


SLOW = {
    "silent": Slow(b"", b"", SECONDS[Phase.HEAD], b""),
    "a head that stops": Slow(HEAD, b"", SECONDS[Phase.HEAD], b"408 Request Timeout"),
    "a head in bytes": Slow(
        b"", b"GET /health HTTP/1.1\r\nA: " + 200 * b"a", SECONDS[Phase.HEAD], b"408"
    ),
    "idle": Slow(HEAD + b"\r\n", b"", SECONDS[Phase.IDLE], b"200 OK"),
    # A byte of the next head does not begin the wait anew.
    "idle, in bytes": Slow(HEAD + b"\r\n", 200 * b"G", SECONDS[Phase.HEAD], b"408"),
    "a body that stops": Slow(POST, b"", BODY_PAUSE, b"408 Request Timeout"),
    "a body in bytes": Slow(POST, 98 * b" ", 98 * 0.3 - 2, b"408"),
    # Refused at once, it goes on sending.
    "refused": Slow(POST.replace(b"/api/ask", b"/nowhere"), 98 * b" ", 98 * 0.3 - 2, b"404"),
}


def not_reading(server: Serving) -> float:
    """Seconds until one is cut who asks on and on, and reads nothing."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", server.port))
        connection.settimeout(0.5)
        begun = time.monotonic()
        page = HEAD.replace(b"/health", b"/openapi.json") + b"\r\n"
        while time.monotonic() - begun < 2 * SECONDS[Phase.UNREAD]:
            try:
                connection.sendall(20 * page)
            except TimeoutError:
                continue
            except ConnectionError:
                break
        return time.monotonic() - begun


@dataclass(frozen=True)
class Kept:
    """A server with all who are slow at once, as each of them waits for most of its time."""

    server: Serving
    slow: dict[str, Future[tuple[float, bytes]]]
    not_reading: Future[float]

    def answers_others(self) -> bool:
        """Whether somebody else is answered, and the server has failed nowhere."""
        answer = self.server.ask(QUESTION)
        return answer["status"] == "answered" and "Traceback" not in self.server.written()


@pytest.fixture(scope="module")
def kept(small_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    def live(server: Serving, one: Slow) -> tuple[float, bytes]:
        with server.connect(one.sent) as connection:
            return lived(connection, one.trickle)

    with (
        serving(tmp_path_factory.mktemp("slow"), small_root) as server,
        ThreadPoolExecutor(len(SLOW) + 1) as pool,
    ):
        slow = {name: pool.submit(live, server, one) for name, one in SLOW.items()}
        yield Kept(server, slow, pool.submit(not_reading, server))


@pytest.mark.parametrize("name", SLOW)
def test_who_is_slow_is_cut(kept: Kept, name: str) -> None:
    took, said = kept.slow[name].result()
    assert SLOW[name].seconds - 0.1 < took < SLOW[name].seconds + 10
    assert SLOW[name].answer in said
    assert kept.answers_others()


def test_who_does_not_read_its_answers_is_cut(kept: Kept) -> None:
    assert SECONDS[Phase.UNREAD] < kept.not_reading.result() < 2 * SECONDS[Phase.UNREAD]
    assert kept.answers_others()
