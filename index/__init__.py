"""An index: a knowledge base that is cut, embedded and stored, to be searched and opened fast.

KnowledgeBase ─ build.py ─▶ a folder (layout.py) ─ index.py ─▶ Index
   passages/    entries into chunks and sentences, and what is told of these
   encoders/    texts into vectors         graphs/         models as ONNX graphs, made fast and run
   cluster/     the same on the processors of a Ray cluster
   vectors/     the nearest vectors        similarity.py   how near entries are to a text
   words/       the words that match
   names/       the entries that a text names
   editions/    which pages say the same in other languages, or of other versions
   listing/     what lists show of entries  map/           where each entry is on a map of all
   updates/     what a build takes over from the index that it replaces
   calibration/ what its confidences are worth; the index as if a part of it were not there
   stores/      where it is stored: a folder, PostgreSQL
generations/    immutable generations on disk, one pointer, who holds what
cache.py        the shipped knowledge base's index, built once
"""
