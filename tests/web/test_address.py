from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from commands import ENTRYWISE

from entrywise.data.errors import SettingsError
from entrywise.web.address import check_address

ROOT_MAY = os.geteuid() == 0


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that somebody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", ""])
def test_a_free_port_can_be_taken(host: str) -> None:
    check_address(host, 0)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 99999, "--port is 99999, but must be 0 to 65535"),
        ("127.0.0.1", -1, "--port is -1, but must be 0 to 65535"),
        ("192.0.2.1", 0, r"\(Cannot assign requested address\); give a --host that is an address"),
        ("no.such.host.invalid", 0, "--host is 'no.such.host.invalid', which is no address"),
        ("a" * 70, 0, "which is no address"),
        ("a\0b", 0, "which is no address"),
    ],
)
def test_what_cannot_be_taken_is_said_in_one_line(host: str, port: int, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        check_address(host, port)
    assert "\n" not in str(caught.value)


def test_a_busy_port_is_a_matter_of_usage_and_not_of_the_index(
    busy: int,
) -> None:
    done = subprocess.run(
        [*ENTRYWISE, "serve", "--port", str(busy)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ENTRYWISE_INDEX": "none"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"entrywise: the server cannot listen at 127.0.0.1, port {busy}")
    assert "(Address already in use); end what listens there" in done.stderr


@pytest.mark.skipif(ROOT_MAY, reason="root may take every port")
def test_a_privileged_port_needs_the_right_to_take_it() -> None:
    with pytest.raises(SettingsError, match=r"\(Permission denied\); give a --port from 1024 on"):
        check_address("127.0.0.1", 80)
