"""Who writes: one module for each kind of LLM.

--llm ─ registry ─▶ Backend (base) ─ stream ─▶ pieces of a reply
                    openai.py
"""
