"""Metadata of the site for browsers, phones, search boxes, and chats that show a link.

head.py         what a page says of itself in its head
appearance.py   colours, logo, pictures of documents
card.py         what a chat shows of a shared link: a picture of what the page says first
                (lettering.py: text in pictures)
icons.py        the icon as a picture (drawing.py)
offline.py      what a browser keeps for when the server cannot be reached
install.py      the manifest, by which it can be installed; the search engine that it is
"""
