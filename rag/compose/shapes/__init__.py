"""The shapes of answers: one for each kind of question.

prose.py          definition, how, why, when, numeric    excerpts.py     of documents
comparison.py     a table of aspects                     more.py         what was not shown yet
asked_of_sides.py what is compared by                    abstention.py   an answer withheld
listing.py        which ones there are                   decode.py       the parts of a name
details.py        who made it, who uses it, its limits   example.py      an example of it
"""
