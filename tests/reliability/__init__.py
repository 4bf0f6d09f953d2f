"""What may happen to an index: kills, swaps, rot, a full disk. Tried for real, and counted.

    PYTHONPATH=src:tests python -m reliability                       all of it, in some minutes
    PYTHONPATH=src:tests python -m reliability --only flips --times 10000 --seed 7

docs/reliability.md says what is promised, and what came of it.
"""
