"""Parses a text into a Question: what it asks for, and what it names.

input.py ─ follow_up/ ─▶ complete text ─ spelling.py ─▶ corrected ─ question.py ─▶ Question
    intent.py            the kind of answer that is asked for; detail.py: a detail, the keywords
    entity_mentions.py   the names in it, of entries or unknown, each a Mention (mention.py)
      implied_names.py     names that a comparison only implies
    decoded_name.py      compound names, taken apart
      name_question.py     whether a compound name is what is asked
    comparison.py        the sides of a comparison
    aside.py             greetings and the like, which ask for nothing
wording.py               words that compare, in English and German, for all of these
"""
