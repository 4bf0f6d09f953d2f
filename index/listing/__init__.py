"""The listing of an index: what lists show of entries, and how these are linked. It is read by
range, so that no page costs more where there are more entries.

tables.py ─▶ listing.py      a file of SQLite, written with the index and read by need
titles.py                    headings and questions, by typed words
alphabet.py                  the order of names, and where each letter begins
"""
