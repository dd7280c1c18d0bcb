"""Tables for tests: listeners that take, refuse or break, and a short timetable."""

from dataclasses import dataclass

from mehrwert.base.errors import ConflictError
from mehrwert.base.events import Event
from mehrwert.base.wiring import Timed

HERE = "mehrwert.base.tests.fake_wiring"
taken: list[tuple[str, int | None]] = []
broken: set[str] = set()


class StrangeError(Exception):
    """An error of nobody's family."""


@dataclass(frozen=True)
class TestHappened(Event):
    __test__ = False
    what: str


@dataclass(frozen=True)
class TestCounted(Event):
    """Events of one door are told together, at most ten."""

    __test__ = False
    door: str
    n: int

    def join_key(self) -> str:
        return self.door

    def joined(self, later: "TestCounted") -> "TestCounted | None":
        n = self.n + later.n
        return TestCounted(self.door, n) if n <= 10 else None


def count(event: TestCounted, *, tenant_id: int | None) -> None:
    if "count" in broken:
        raise ConflictError
    taken.append((f"{event.door}:{event.n}", tenant_id))


def take(event: TestHappened, *, tenant_id: int | None) -> None:
    taken.append((event.what, tenant_id))


def refuse(event: TestHappened, *, tenant_id: int | None) -> None:
    if "refuse" in broken:
        raise ConflictError
    taken.append((f"refuse:{event.what}", tenant_id))


def explode(event: TestHappened, *, tenant_id: int | None) -> None:
    if "explode" in broken:
        raise StrangeError("geheim")
    taken.append((f"explode:{event.what}", tenant_id))


ON_EVENT = {
    "TestHappened": [f"{HERE}.refuse", f"{HERE}.explode", f"{HERE}.take"],
    "TestCounted": [f"{HERE}.count"],
}
OUTBOX_MODELS = ["mehrwert.base.models.OutboxEvent"]
AUDIT_MODELS = ["mehrwert.base.models.AuditRow"]
TIMETABLE = [
    Timed("often", "mehrwert.base.tests.tasks.echo", "Oft", every_s=60),
    Timed("nightly", "mehrwert.base.tests.tasks.echo", "Nachts", daily_at="02:30"),
]
LIVE_ACCESS = f"{HERE}.tenant_of_session"


def tenant_of_session(session_key: str, slug: str) -> int | None:
    return {("anna", "auental"): 1, ("bert", "bach"): 2}.get((session_key, slug))
