"""What quotes of documents look like, whose source is Markdown.

    citations ─ groups ─▶ source ─ tree ─▶ blocks ─▶ lines (terminal, plain) · html

`groups` joins the quotes of one table, `tree` is what every format makes its text of, with `spans`
for what looks alike in it; `plain_text` and `alerts` are for a terminal and for Markdown, and
`markdown` leaves the source as it is. A mark stands at the end of the last block that it is for.
"""
