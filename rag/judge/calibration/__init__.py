"""How sure a knowledge base may be: the last step of confidence, and what to expect of it.

own_questions.py   the knowledge base asks itself: what it answers, near misses, other fields
own_step.py        the step that follows from its near misses     ─▶ Calibration
labels.py          the step that labelled questions fit           ─▶ Calibration
binomial.py        Clopper-Pearson bounds of a share
expectation.py     what to expect at a threshold, and the threshold of an error

The value itself, `Calibration`, is part of the index (`index/calibration/calibration.py`).
"""
