"""Answers as they are copied: into a mail, a chat, a note or a spreadsheet.

Answer ─ copies.py ─▶ text.py       Unicode, [1] marks, below it where they lead
                      html.py       the same; marks are links
                      markdown.py   marks are footnotes, formulas stay LaTeX
                      table.py      CSV
         sources.py   where a citation leads, as a whole address
"""
