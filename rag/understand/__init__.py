"""A text into a Question: what it asks for, and what it names.

input.py ─ follow_up/ ─▶ complete text ─ question.py ─▶ Question
                                            intent.py            what kind of answer
                                            entity_mentions.py   what it names, known or not
                                              implied_names.py     half written or described
                                            decoded_name.py      names taken apart
                                              name_question.py     whether one is what is asked
                                            comparison.py        which names are compared
wording.py   what sets one thing against another in English, for all of these
"""
