"""An LLM that repeats the first sentence it is given: `ask --llm echo:MODEL "…"`."""

from collections.abc import Generator, Sequence

from entrywise.rag.llm.backends.base import Message
from entrywise.rag.settings import Settings


class Echo:
    """Asks nobody, so that nothing is sent and its key opens nothing."""

    def __init__(self, model: str, settings: Settings) -> None:
        self.name = f"echo:{model}"
        self.key = settings.llm_api_key

    def stream(self, messages: Sequence[Message], *, seconds: float) -> Generator[str, None, None]:
        lines = messages[-1]["content"].splitlines()
        mark, _, sentence = next(line for line in lines if line.startswith("[1]")).partition(" ")
        yield sentence.rstrip(".")
        yield ""
        yield f" {mark}."

    def close(self) -> None:
        pass
