"""An LLM writes the answer from quotes, and every sentence that it writes is checked.

Findings ─ passages ─▶ numbered ─ prompt ─▶ pieces of ─ claims ─▶ Claim ─ checks ─▶ written part,
                       sentences  backend   a reply                               or the quotes

writer.py takes these steps; attribution.py finds quotes for sentences that cite none, backends/ are
the LLMs. question_drafts.py lets an LLM draft what people may ask of an entry.

Nothing here is imported before an LLM is asked for.
"""
