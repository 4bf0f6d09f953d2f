"""Embeds the texts of a build on the processors of a Ray cluster, in place of this one's threads.

texts ─ schedule.py ─▶ batches ─ workers.py ─▶ one worker a processor ─▶ vectors, in order
connection.py   starts Ray on this machine, or connects to a cluster
"""
