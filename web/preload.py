"""Preloads the modules of `entrywise serve --workers`: workers are forked from a process that
imports this.

Its memory is shared by all of them as long as nobody writes to it. A collection of garbage would
write to all of it, so it passes it by.
"""

import gc
from importlib import import_module

# The application, and what it imports when an index is opened and a question is asked.
for _name in (
    "entrywise.rag.find.sections",
    "entrywise.rag.judge.excerpts",
    "entrywise.rag.render.latex.walk",
    "entrywise.web.app",
    "faiss",
    "onnxruntime",
    "rapidfuzz.distance",
    "rapidfuzz.process",
    "tokenizers",
):
    import_module(_name)

gc.collect()
gc.freeze()
