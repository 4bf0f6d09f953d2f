"""Completes what is being typed, anywhere: to entries, headings and questions.

suggestions.py   finds them by the last words      suggest.py       the route that boxes ask
questions.py     questions that it may become      typed_words.py   what a typed word may be
passages.py      by words of their texts, where that finds little
editions.py      in one language or version of what is there in several
"""
