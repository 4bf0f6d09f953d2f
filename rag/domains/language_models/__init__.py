"""Large language models: the names of models taken apart, what comparisons tell, units.

domain.py ─▶ model_names.py: a grammar ─▶ vocabulary.py: its words and shapes
"""
