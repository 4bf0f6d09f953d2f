from __future__ import annotations

import numpy as np

from entrywise.index.cluster.workers import Worker, versions
from entrywise.index.encoders.base import Passage
from entrywise.index.encoders.onnx.shipped import FOLDER
from entrywise.index.encoders.registry import ENCODER_FILES, open_shipped_encoder


def test_a_worker_embeds_as_the_encoder_whose_files_it_gets() -> None:
    worker, encoder = Worker(), open_shipped_encoder()
    files = {name: (FOLDER / name).read_bytes() for name in ENCODER_FILES}
    assert worker.open(files) == versions()
    passages = [Passage("Rice. Eggs.", ((0, 5), (6, 11))), Passage("Beat three eggs."), Passage("")]
    pairs = zip(worker.passages(passages), encoder.encode_passages(passages), strict=True)
    for ours, theirs in pairs:
        np.testing.assert_array_equal(ours.vector, theirs.vector)
        np.testing.assert_array_equal(ours.sentences, theirs.sentences)
    (vector,) = worker.queries(["how many eggs?"])
    np.testing.assert_array_equal(vector, encoder.encode_query("how many eggs?").vector)
