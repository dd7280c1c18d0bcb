"""What holds only while ``mehrwert demo`` runs: the address it is bound to, and the weather show.

``serve`` never sets this. So neither the option ``demo`` alone nor a server on another address lets
anybody in without a password.
"""

from dataclasses import dataclass

from mehrwert.demo.rules import Shower

LOOPBACK = "127.0.0.1"
RAIN_BEFORE_START_S = 190


@dataclass(frozen=True, slots=True)
class Runtime:
    """The running demo."""

    port: int
    started_us: int

    @property
    def address(self) -> str:
        """Return where people find it."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def shower(self) -> Shower:
        """Return the cloudburst of this run: the brook begins to rise when people begin to look."""
        return Shower(self.started_us - RAIN_BEFORE_START_S * 1_000_000)


_runtime: Runtime | None = None


def begin(runtime: Runtime | None) -> None:
    """Say that the demo runs, bound to loopback; None when it ends."""
    global _runtime  # noqa: PLW0603 - one per process, like the server itself
    _runtime = runtime


def current() -> Runtime | None:
    """Return the running demo, None in every other process."""
    return _runtime
