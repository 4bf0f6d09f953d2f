"""The reference of the API in other languages than the English of its descriptions in the code."""
