"""How a question becomes an answer: parse, retrieve, select, compose, render."""
