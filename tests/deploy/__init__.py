"""The container without an engine: `dockerfile.py` reads its Dockerfile, `scratch.py` carries it
out; `pins.py` writes down what is installed in it."""
