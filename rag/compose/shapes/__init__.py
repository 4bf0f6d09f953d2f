"""The shapes of answers: one for each kind of question.

prose.py       definition, how, why, when, numeric    comparison.py   a table of aspects
listing.py     which ones there are                   asked_of_sides.py  by what
details.py     who made it, who uses it, its limits   decode.py       the parts of a name
example.py     an example of it                       excerpts.py     of documents
more.py        what was not shown yet        abstention.py   an answer withheld
"""
