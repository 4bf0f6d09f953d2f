r"""What LaTeX's commands are in Unicode.

walk.py          reads a formula
atoms.py         pieces of a formula, beside each other
symbols.py       characters, and what each command does
environments.py  rows and cells between `\begin` and `\end`
"""
