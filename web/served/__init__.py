"""What the server answers from: an assistant, and its knowledge base as pages show it.

served.py ─▶ links.py        addresses         collection.py    the entries, read by need
             markdown.py     entries as text   shelves.py       the list of all, in parts
             llms.py         the list as text  atlas.py         the map of all entries
             api_sample.py   an example for the API's reference
             colours.py      the accent        votes.py         what people thought of answers

reload.py takes up a newer index, integrity.py looks whether this one is what was written.
"""
