"""Counters for operators (Prometheus text format). Labels are codes from closed lists, never a party's value."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Telemetry:
    """One registry per gateway, so that two in one process do not mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter("gateway_answers", "Answers by HTTP status", ["status"], registry=self._registry)
        # One counter for each of a closed list of codes, so that an answer does not look it up by its label.
        self._by_status: dict[int, Counter] = {}
        self._by_effect: dict[str, Counter] = {}
        self._effects = Counter("gateway_decisions", "Decisions by effect", ["effect"], registry=self._registry)
        self._refused = Counter(
            "gateway_signatures_refused", "Refused signatures by reason", ["reason"], registry=self._registry
        )
        self._late = Counter(
            "gateway_late_steps",
            "Answers about a record's existence that missed the first step (REFUSAL_STEP_MS is too short)",
            registry=self._registry,
        )
        self._doubts = Counter(
            "gateway_source_doubts",
            "Answers of a source that were not the record asked for",
            ["record_type", "doubt"],
            registry=self._registry,
        )
        self._unproven = Counter(
            "gateway_unproven_rows",
            "Rows that grant something and that no entry of the log bears out",
            ["kind"],
            registry=self._registry,
        )
        self._not_whole = Counter(
            "gateway_tables_not_whole",
            "Kinds of fault that a sample of the tables beside the log showed at start",
            ["kind"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "gateway_answer_seconds", "Time from request to signed answer", buckets=BUCKETS, registry=self._registry
        )

    def answered(self, status: int, seconds: float) -> None:
        counter = self._by_status.get(status)
        if counter is None:
            counter = self._by_status[status] = self._answers.labels(str(status))
        counter.inc()
        self._seconds.observe(seconds)

    def decided(self, effect: str) -> None:
        """`effect` is permit, deny, refer, indeterminate or malformed."""
        counter = self._by_effect.get(effect)
        if counter is None:
            counter = self._by_effect[effect] = self._effects.labels(effect)
        counter.inc()

    def paced(self, steps: int) -> None:
        """After how many steps (api.pace) the answer left."""
        if steps > 1:
            self._late.inc()

    def source_doubted(self, record_type: str, doubt: str) -> None:
        """`doubt` is a code of `gateway.service.disclosure.source_check`."""
        self._doubts.labels(record_type, doubt).inc()

    def unproven(self, kind: str) -> None:
        """`kind` is that of a row, from a closed list."""
        self._unproven.labels(kind).inc()

    def not_whole(self, kind: str) -> None:
        """`kind` is one of `gateway.service.log.completeness.FAULTS`."""
        self._not_whole.labels(kind).inc()

    def signature_refused(self, reason: str) -> None:
        self._refused.labels(reason).inc()

    def render(self) -> bytes:
        return generate_latest(self._registry)
