"""How good the answers are: labelled questions, metrics, reports.

questions.py ─ run.py ─▶ Outcome for each ─ summary.py ─▶ report.py, plot.py
                 outcome.py     one question, measured: metrics.py, answer_recall.py
                 baselines.py   plain retrievers      answer_labels.py   labels for calibration
fit.py    fits the small models of judge/             beir.py      retrieval on BEIR
"""
