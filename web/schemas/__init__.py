"""The schemas of requests and responses, each field with a description and an example.

base.py ─▶ answers.py, entries.py    what is got, in the shape of the package's own values
           bodies.py                 what is sent, and small things that are got
           openai.py                 the same as OpenAI's clients have it
sample.py  what the examples are made of: filled from what is served
"""
