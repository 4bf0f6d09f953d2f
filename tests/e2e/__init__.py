"""The pages in a real browser: `server.py` serves them, `browser.py` opens and watches them."""
