"""An LLM writes the answer from quotes, and every sentence that it writes is checked.

Findings ─ passages ─▶ numbered ─ prompt ─▶ pieces of ─ claims ─▶ Claim ─ checks ─▶ written part,
                       sentences  backend   a reply                               or the quotes

Nothing here is imported before an LLM is asked for.
"""
