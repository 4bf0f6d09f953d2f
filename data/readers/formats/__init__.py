"""The readers of single files, one module for each format: what each holds becomes Markdown, which
`data/documents` cuts into sections."""
