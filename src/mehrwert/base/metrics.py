"""Metrics for Prometheus. Labels never carry ids of people, keys or tenants."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("mehrwert_requests_total", "Answered requests", ["door", "status"])
SECONDS = Histogram(
    "mehrwert_request_seconds",
    "Seconds from first byte to answer",
    ["door"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
)
OPEN_JOBS = Gauge("mehrwert_jobs_open", "Jobs that wait or run")
PARKED_EVENTS = Gauge("mehrwert_events_parked", "Events that a listener could not take")
DISK_FREE = Gauge("mehrwert_disk_free_bytes", "Free bytes of the volume of the data folder")
LIVE_CLIENTS = Gauge("mehrwert_live_clients", "Open live connections")


class Door:
    """Counters of one door, looked up once: a small request costs microseconds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._seconds = SECONDS.labels(name)
        self._by_status = {
            status: REQUESTS.labels(name, f"{status}xx") for status in (1, 2, 3, 4, 5)
        }

    def count(self, status: int, seconds: float) -> None:
        """Count one answer."""
        self._by_status[min(5, max(1, status // 100))].inc()
        self._seconds.observe(seconds)
