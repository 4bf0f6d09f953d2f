"""Documents of office programs.

word.py     a Word document: HTML of a library, made whole by word_html.py
slides.py   a presentation, a section for each slide; drawings.py: its charts and diagrams
"""
