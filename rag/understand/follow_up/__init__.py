"""A question of a conversation into one that is complete in itself.

history ─ resolution.py ─▶ Reading (values.py)
            terms.py       a conversation about terms, which have names (subjects.py)
              completion.py  the rules, one for each way of leaning on what was said; pronouns
                substitution.py  the question before, asked of something else
            documents.py   one about documents, whose things have none
              parallels.py   the question before, asked of something else
phrases.py  how all that is worded: one table for each language, here English
german.py   and German
"""
