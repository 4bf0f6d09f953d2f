"""What people ask of a knowledge base, kept in files of their own, and of others.

by_entry.py         aliases and questions of one entry, and the parts of names it explains
across_entries.py   questions that several entries answer, or none
to_the_assistant.py what is said to the assistant itself: greetings, "what can you do?"
examples.py         questions to begin with
comparability.py    whether two entries say something of the same
everyday/           what people ask of other knowledge bases, by language
"""
