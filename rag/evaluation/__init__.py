"""How good the answers are: labelled questions, metrics, reports."""
