"""What is remembered of questions, where the setting `log` asks for it.

answer ─ logger.py ─▶ questions.py (database.py: SQLite) ─ gaps.py ─▶ what people asked in vain
                                                           linkage.py groups it
"""
