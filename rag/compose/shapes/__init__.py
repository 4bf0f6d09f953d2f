"""The shapes of answers: one for each kind of question, made of quotes and fixed words only."""
