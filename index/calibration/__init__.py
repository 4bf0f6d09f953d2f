"""Calibration as a part of the index; what makes it is in `rag/judge/calibration`.

calibration.py   the value: the last step of confidence, and what was observed of it
leave_out.py     the index as if a term or a section were not there, for near misses
"""
