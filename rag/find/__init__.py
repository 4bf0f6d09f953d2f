"""A question into candidates, best first.

Question, similarities ─ retrieval.py ─▶ Candidates     terms: names + words + vectors
                         sections.py    documents, by their sections: pieces + words + page
                         definitions.py what defines the thing that is asked for
                         labels.py      what is labelled with it
                         identifiers.py what programs call things; guides before references
                         numbered_pages.py what is asked for by its number
                         prose.py       what a page, or a section, begins with
                         releases.py, signposts.py   what comes later
                         boilerplate.py what tells nothing by itself
                         reranking.py   the first of them in the order of a reranker (rerankers/)
                         passages.py    of each the chunk that fits best, for programs that read
"""
