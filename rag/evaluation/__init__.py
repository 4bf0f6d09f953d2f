"""How good the answers are: labelled questions, metrics, reports.

questions.py ─ run.py ─▶ Outcome for each ─ summary.py ─▶ report.py, plot.py
                 baselines.py   plain retrievers      metrics.py   the measures
fit.py    fits the small models of judge/             beir.py      retrieval on BEIR
"""
