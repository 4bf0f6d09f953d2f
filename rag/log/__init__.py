"""What is kept of questions: all of them, where the setting `log` asks for it; and the last
conversation in the terminal (`last_conversation.py`), unless the setting `history` forbids it.

opening.py: how an assistant is opened that is logged

answer ─ logger.py ─▶ questions.py (database.py: SQLite) ─ gaps.py ─▶ unanswered questions, grouped
reader ─────────────▶ wishes.py                            by clustering.py
fault  ─────────────▶ fault_report.py                      state_folder.py: where these are kept
"""
