"""What an answer looks like: its parts in each format, and formulas that a person can read.

    parts ─ visitor ─▶ text (terminal) · markdown · html (notebook) · marked_text (chat) · plain

`answer` is the answer that shows itself, `readable` the same answer with formulas as Unicode
(`formulas`, latex/), `escape` and `safe_markdown` what may not stand in a format as it is;
`columns` and `style` are the terminal's. documents/ shows quotes that are Markdown.
"""
