"""The shapes of answers: one for each kind of question.

prose.py       definition, how, why, when, numeric    comparison.py   a table of aspects
listing.py     which ones there are                   decode.py       the parts of a name
details.py     who made it, who uses it, its limits   abstention.py   an answer withheld
example.py     an example of it                       excerpts.py     of documents
more.py        what was not shown yet
"""
