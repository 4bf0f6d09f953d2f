"""PostgreSQL with pgvector: one index that many machines build, read and replace.

address.py ─▶ store.py ─┬─ open ────▶ generation.py   held by every connection (connections.py)
                        │               tables/         what is read by need
                        │               files.py        what has to be a file, kept on this machine
                        └─ drafted ─▶ publication.py   one transaction, then one row
   schema.py   the tables of all generations, and their migrations
   faults.py   what went wrong, in one line

Each generation has a schema of its own (`entrywise_7`), so that its indexes hold nothing else, its
statistics are right, and to sweep it is to drop it. A build writes files first, as it does for a
folder: what is published is the same to the last bit.
"""
