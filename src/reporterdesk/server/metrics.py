"""Counts for whoever runs the server, in Prometheus' text format (version 0.0.4)."""

from __future__ import annotations

import threading
from collections import Counter

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts answers by method, route and status. Safe from any thread."""

    def __init__(self) -> None:
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._lock = threading.Lock()

    def count(self, method: str, route: str, status: int, milliseconds: int) -> None:
        """Note one answer. ``route`` is the pattern, never the path: ids are not labels."""
        with self._lock:
            self._answers[method, route, status] += 1
            self._seconds[route] += milliseconds

    def text(self, gauges: dict[str, int]) -> str:
        """Return everything, with the gauges of the moment."""
        with self._lock:
            answers, seconds = sorted(self._answers.items()), sorted(self._seconds.items())
        lines = ["# TYPE reporterdesk_answers_total counter"]
        lines += [
            f'reporterdesk_answers_total{{method="{method}",route="{route}",status="{status}"}} {n}'
            for (method, route, status), n in answers
        ]
        lines.append("# TYPE reporterdesk_answer_seconds_total counter")
        lines += [
            f'reporterdesk_answer_seconds_total{{route="{route}"}} {spent / 1000:.3f}'
            for route, spent in seconds
        ]
        for name, value in sorted(gauges.items()):
            lines += [f"# TYPE reporterdesk_{name} gauge", f"reporterdesk_{name} {value}"]
        return "\n".join(lines) + "\n"
