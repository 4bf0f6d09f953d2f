"""How a question becomes an answer.

text ─ understand/ ─▶ Question ─ find/ ─▶ Candidates ─ judge/ ─▶ Findings, Verdict
                                                                    │
terminal, Markdown, HTML ◀─ render/ ─ Answer ◀─ llm/ (if wanted) ◀─ compose/ ─ Draft

assistant.py    what every way of asking has in common; journey.py takes the steps in this order
domains/        what one subject adds to them
build.py        builds indexes that answers are given from
log/ parallel/ evaluation/ integrations/ commands/   what is made of an assistant
"""
