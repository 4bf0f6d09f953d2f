"""Unanswered questions: the form that reports one, and the page that shows them to maintainers.

wish_form.py  POST /missing: "tell the maintainers", into the file of the question log
overview.py   GET /gaps: what is missing, for who has a maintainer's key
report.py     the report that it shows        draft.py   a draft of the entry that is missing
"""
