"""The pages: the chat, an entry, all entries, comparisons, the map, the API's reference."""
