"""Any OpenAI-compatible server, through the official client: OpenAI, vLLM, Ollama, llama.cpp,
LM Studio, TGI.

The client runs on an event loop in a thread of its own: so a time limit holds to the second, also
while it waits for a connection or between retries, and a reply that nobody wants any more is closed
at once, also while the server is silent.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from entrywise.data.errors import BackendError
from entrywise.rag.answer import Usage
from entrywise.rag.llm.backends.base import Message, missing, too_slow

if TYPE_CHECKING:
    import openai

RETRIES = 2
"""After a refused connection, a 408, 409, 429 or 5xx; the client waits longer each time, with
jitter, or as long as the server says."""

_CONNECT_SECONDS = 5.0
# How often who waits is told that there is nothing new.
_PAUSE_SECONDS = 0.2
# Servers without keys want none, but the client does.
_NO_KEY = "none"

Piece = str | Usage


class CompatibleServer:
    """One model of one server. Nothing is opened before the first question."""

    def __init__(self, model: str, base_url: str = "", api_key: str = "") -> None:
        """Ask `model` of the server at `base_url` (by default OpenAI's)."""
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._opening = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._model

    def stream(
        self, messages: Sequence[Message], *, seconds: float
    ) -> Generator[Piece, None, None]:
        """`Backend.stream`."""
        with self._opening:
            client, loop = self._client, self._loop
        pieces: SimpleQueue[Piece | None] = SimpleQueue()
        work = asyncio.run_coroutine_threadsafe(
            self._write(client, messages, seconds, pieces.put), loop
        )
        work.add_done_callback(lambda _: pieces.put(None))
        try:
            while (piece := _next(pieces)) is not None:
                yield piece
            work.result()
        finally:
            work.cancel()

    def close(self) -> None:
        """End the connections and the thread, if there are any."""
        with self._opening:
            if "_loop" in self.__dict__:
                asyncio.run_coroutine_threadsafe(self._client.close(), self._loop).result()
                self._loop.call_soon_threadsafe(self._loop.stop)

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        threading.Thread(target=_run, args=[loop], name="entrywise-llm", daemon=True).start()
        return loop

    @cached_property
    def _client(self) -> openai.AsyncOpenAI:
        try:
            import httpx2
            import openai
        except ImportError as error:
            raise missing(error) from error
        if not self._base_url and not self._api_key:
            raise BackendError(
                "OpenAI wants a key; set OPENAI_API_KEY, or OPENAI_BASE_URL to a server of yours"
            )
        if self._base_url and not _host(self._base_url):
            raise BackendError(
                "llm_base_url (or OPENAI_BASE_URL) is no address; write e.g. http://HOST:PORT/v1"
            )
        return openai.AsyncOpenAI(
            base_url=self._base_url or None,
            api_key=self._api_key or _NO_KEY,
            max_retries=RETRIES,
            timeout=httpx2.Timeout(None, connect=_CONNECT_SECONDS),
        )

    async def _write(
        self,
        client: openai.AsyncOpenAI,
        messages: Sequence[Message],
        seconds: float,
        put: Callable[[Piece], None],
    ) -> None:
        """Put the pieces of a reply; raise a BackendError in one line where it fails."""
        import httpx2
        import openai

        try:
            async with asyncio.timeout(seconds):
                async for piece in self._pieces(client, messages):
                    put(piece)
        except TimeoutError:
            raise too_slow(self.name, seconds) from None
        except openai.APIStatusError as error:
            raise BackendError(self._refusal(error.status_code)) from None
        except openai.APIConnectionError:
            raise BackendError(f"{self._where} cannot be reached") from None
        # What breaks while a reply arrives is not the client's own error.
        except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, AttributeError) as e:
            raise BackendError(f"{self.name} broke off ({type(e).__name__})") from None

    async def _pieces(
        self, client: openai.AsyncOpenAI, messages: Sequence[Message]
    ) -> AsyncIterator[Piece]:
        finish = None
        async with await self._reply(client, messages) as reply:
            async for chunk in reply:
                for choice in chunk.choices:
                    if choice.delta.refusal or choice.finish_reason == "content_filter":
                        raise BackendError(f"{self.name} refused to answer")
                    finish = choice.finish_reason or finish
                    yield choice.delta.content or ""
                if chunk.usage:
                    yield _usage(chunk.usage)
        if finish != "stop":
            raise BackendError(f"{self.name} broke off ({finish or 'connection lost'})")

    async def _reply(self, client: openai.AsyncOpenAI, messages: Sequence[Message]) -> Any:
        """The reply's stream: as predictable as the model allows (some take no temperature)."""
        import openai

        asked: Any = {
            "model": self._model,
            "messages": messages,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        try:
            return await client.chat.completions.create(**asked, temperature=0)
        except openai.BadRequestError as error:
            if error.param != "temperature":
                raise
            return await client.chat.completions.create(**asked)

    def _refusal(self, status: int) -> str:
        match status:
            case 401 | 403:
                return f"{self._where} refuses the key ({status}); set OPENAI_API_KEY"
            case 404:
                return f"{self._where} has no model {self.name!r} (404)"
            case 429:
                return f"{self._where} takes no more questions for now (429)"
            case _:
                return f"{self._where} answered with status {status}"

    @property
    def _where(self) -> str:
        """The server, without what else an address may hold."""
        return f"the server at {_host(self._base_url)}" if self._base_url else "OpenAI"


def _host(address: str) -> str | None:
    """The host of an address, if it is one."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _next(pieces: SimpleQueue[Piece | None]) -> Piece | None:
    """The next piece, None at the end, and nothing (empty) when it does not come for a while."""
    try:
        return pieces.get(timeout=_PAUSE_SECONDS)
    except Empty:
        return ""


def _run(loop: asyncio.AbstractEventLoop) -> None:
    """Run a loop until it is stopped, and close it."""
    try:
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


def _usage(reported: Any) -> Usage:
    """Token counts; some servers add what they charge (OpenRouter: `cost`)."""
    cost = getattr(reported, "cost", None)
    return Usage(
        reported.prompt_tokens,
        reported.completion_tokens,
        float(cost) if isinstance(cost, int | float) else None,
    )
