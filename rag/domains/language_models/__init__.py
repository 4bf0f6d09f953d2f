"""Large language models: the names of models taken apart, what comparisons tell, units.

domain.py ─▶ model_names.py: a grammar ─▶ vocabulary.py   its words and shapes
                                          name_points.py  what is a name and what is prose
                                          part_values.py  what parts say in words
"""
