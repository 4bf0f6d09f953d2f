"""The map of all entries, drawn once when they are indexed: where each is, by what it links to and
by what its text means.

drawing.py        chooses what is drawn, and draws it
   links.py       which entries are linked, and which with the most
   views.py       a place for each: by links (forces.py), by meaning (tsne.py); none upon another
                  (overlap.py)
   labels.py      the zoom from which its name has room beside it
   pairs.py       all pairs of some points
map.py            what comes of it, in two files
"""
