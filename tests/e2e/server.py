"""The application on a real uvicorn server, in a thread, on a free port of this machine."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"


class Server:
    """Serves an application; it can be stopped, and started again at the same address.

    >>> with Server(app) as server:    # doctest: +SKIP
    ...     print(server.url)
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._port = 0

    @property
    def url(self) -> str:
        """The address of the first page, without a slash at the end."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> None:
        """Listen, at a free port the first time, and wait until the application is up.

        FastAPI silences warnings for a moment while it describes routes, for all threads: where two
        applications are made at once, a warning may get through, and is an error here.
        """
        listening = socket.create_server((HOST, self._port))
        self._port = listening.getsockname()[1]
        # An open stream does not end by itself: it is cut when the server has waited a second.
        config = uvicorn.Config(self.app, log_level="error", timeout_graceful_shutdown=1)
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._uvicorn.run, args=([listening],), daemon=True)
        self._thread.start()
        while not self._uvicorn.started:
            self._thread.join(timeout=0.01)
            if not self._thread.is_alive():
                raise RuntimeError("the application did not start; the log tells why")

    def stop(self) -> None:
        """Close all connections, those of open streams too; nothing listens afterwards."""
        self._uvicorn.should_exit = True
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
