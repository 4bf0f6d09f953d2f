"""What one subject adds to the engine, which itself knows none.

base.py       Domain: a Decoder of names, aspects, wordings, units
registry.py   opens the one that a knowledge base names
language_models/   the subject of the shipped knowledge base
"""
