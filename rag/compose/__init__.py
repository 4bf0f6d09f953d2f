"""Findings into a draft: quotes and fixed words only.

Findings ─ composition.py ─▶ Draft (draft.py)        suggestions.py   what to ask next
             shapes/  one for each kind of question   explanation.py   why it is what it is
texts/         what answers say by themselves, in each language
paragraphs.py  what terms say, each paragraph under what it tells
context.py     what is quoted with a sentence so that it is understood
follow_up.py   what leans on the answers before it, which earlier_answers.py gives again
"""
