"""Documents on pages: their Markdown as HTML, and where the links in it lead."""
