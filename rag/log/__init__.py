"""What is remembered of questions: where the setting `log` asks for it, all; unless the setting
`history` forbids it, the last conversation in the terminal (`last_conversation.py`).

answer ─ logger.py ─▶ questions.py (database.py: SQLite) ─ gaps.py ─▶ what people asked in vain
reader ─────────────▶ wishes.py                            linkage.py groups it
"""
