"""What is fuzzed, one module each; `registry.py` names them."""
