"""How a question becomes an answer.

text ─ understand/ ─▶ Question ─ find/ ─▶ Candidates ─ judge/ ─▶ Findings, Verdict
                                                                    │
terminal, Markdown, HTML ◀─ render/ ─ Answer ◀─ llm/ (if wanted) ◀─ compose/ ─ Draft

assistant.py    what every way of asking has in common; journey.py takes the steps in this order
                opening.py: what it needs      observer.py: who is told of its answers
domains/        what one subject adds to them
settings/       what can be set
build.py        builds indexes that answers are given from
log/ parallel/ evaluation/ integrations/ doctor/ commands/   what is made of an assistant
"""
