"""Metrics for Prometheus. Labels never carry ids of people, keys or tenants."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import REGISTRY, Gauge
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

# upper ends in seconds
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)
OPEN_JOBS = Gauge("mehrwert_jobs_open", "Jobs that wait or run")
PARKED_EVENTS = Gauge("mehrwert_events_parked", "Events that a listener could not take")
DISK_FREE = Gauge("mehrwert_disk_free_bytes", "Free bytes of the volume of the data folder")
LIVE_CLIENTS = Gauge("mehrwert_live_clients", "Open live connections")


class Door:
    """Counters of one door. Only the event loop counts, so they need no lock."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.by_status = [0] * 6
        self.in_bucket = [0] * (len(BUCKETS) + 1)
        self.seconds = 0.0
        _doors.setdefault(name, []).append(self)

    def count(self, status: int, seconds: float) -> None:
        """Count one answer."""
        self.by_status[min(5, max(1, status // 100))] += 1
        self.in_bucket[bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds


_doors: dict[str, list[Door]] = {}


class DoorCollector(Collector):
    """Tells Prometheus of all doors."""

    def collect(self) -> Iterator[Metric]:
        """Yield the two families."""
        answers = CounterMetricFamily(
            "mehrwert_requests", "Answered requests", labels=["door", "status"]
        )
        seconds = HistogramMetricFamily(
            "mehrwert_request_seconds", "Seconds from first byte to answer", labels=["door"]
        )
        ends = [*map(str, BUCKETS), "+Inf"]
        for name, doors in _doors.items():
            for status in range(1, 6):
                n = sum(door.by_status[status] for door in doors)
                answers.add_metric([name, f"{status}xx"], n)
            counted = [sum(column) for column in zip(*(d.in_bucket for d in doors), strict=True)]
            buckets = list(zip(ends, accumulate(counted), strict=True))
            seconds.add_metric([name], buckets, sum(door.seconds for door in doors))
        yield answers
        yield seconds


REGISTRY.register(DoorCollector())
