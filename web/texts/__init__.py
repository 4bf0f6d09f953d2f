"""What pages say by themselves, apart from the texts of the knowledge base.

places.py    what a section is called
"""
