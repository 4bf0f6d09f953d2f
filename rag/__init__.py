"""How a question becomes an answer: understand, find, judge, compose, render."""
