"""What lists show of entries, and how they are linked: read by range, so that no page costs more
where there are more entries.

tables.py ─▶ listing.py      a file of SQLite, written with the index and read by need
titles.py                    headings and questions, by typed words
alphabet.py                  the order of names, and where each letter begins
"""
