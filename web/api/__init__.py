"""The HTTP API.

ask.py       answers, whole or streamed (events.py), one question or a list
search.py    entries that fit, without an answer
entries.py   the entries themselves, with the state that they are in (etag.py)
feedback.py  votes      health.py   whether it runs
openai.py    chat completions as OpenAI has them
description.py   OpenAPI, with examples of what is served
"""
