"""What the server answers from: an assistant, and its knowledge base as pages show it.

served.py ─▶ links.py        addresses         type_ahead.py    what a few letters may mean
             markdown.py     entries as text   atlas.py         the map: layouts.py, tsne.py
             examples.py, api_sample.py        questions and samples of what is served
             colours.py      the accent        votes.py         what people thought of answers
"""
