"""What programs ask: answers, search, entries, votes, OpenAI's chat completions."""
