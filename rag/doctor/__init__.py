"""Looks at an installation: what it runs on, is set to, answers from, and has room for.

checkup.py ─▶ machine.py     versions, settings, disk             ─▶ Findings (finding.py)
              knowledge.py   the index, its entries, an answer    ─▶ `entrywise doctor`
              backend.py     the LLM

Each check stands for itself: what one of them raises is its finding, and the others go on.
"""
