"""Updates: what a build takes over from the index that it replaces, so that only changes cost time.

predecessor.py ─▶ unchanged_entries.py ─▶ tables.py
the index         its entries that        files that are taken over, copied with changes, or written
                  are what they were
                  mentions.py
                  what is still true of what sentences name
"""
