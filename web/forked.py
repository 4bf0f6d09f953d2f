"""What the workers of `entrywise serve --workers` have in common: the process that they are forked
from imports this.

Its memory is shared by all of them as long as nobody writes to it. A collection of garbage would
write to all of it, so it passes it by.
"""

import gc

import faiss  # noqa: F401
import onnxruntime  # noqa: F401
import rapidfuzz.distance
import rapidfuzz.process  # noqa: F401
import tokenizers  # noqa: F401

import entrywise.web.app  # noqa: F401

gc.collect()
gc.freeze()
