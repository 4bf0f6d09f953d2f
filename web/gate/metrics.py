"""Numbers for a monitor, as Prometheus reads them: requests, their times, and how answers end."""

from __future__ import annotations

import os
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from entrywise.rag.render.answer import Answer

router = APIRouter(include_in_schema=False)

# Seconds: an answer takes some hundredths, one that an LLM writes some tens.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)


class Metrics:
    """The numbers of one application, which may be that of several processes: those that have the
    same folder in PROMETHEUS_MULTIPROC_DIR are added up."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "entrywise_requests", "Requests.", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "entrywise_request_seconds",
            "How long requests took.",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._answers = Counter(
            "entrywise_answers",
            "Answers, by status and by who wrote them.",
            ["status", "backend"],
            registry=self.registry,
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request, and how long it took."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def count(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(answer.status, answer.backend).inc()

    def text(self) -> bytes:
        """All numbers, in Prometheus' text format."""
        registry = self.registry
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            registry = CollectorRegistry()
            # The library annotates all of itself but this.
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


class AnswerCounter:
    """An observer that counts answers."""

    def __init__(self, metrics: Metrics) -> None:
        """Count among the numbers of an application, which outlive this one."""
        self._metrics = metrics

    def observe(self, answer: Answer, history: Sequence[str]) -> None:
        """Count an answer."""
        self._metrics.count(answer)

    def close(self) -> None:
        """It holds nothing."""


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """All numbers, in Prometheus' text format."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(), media_type=CONTENT_TYPE_LATEST)
