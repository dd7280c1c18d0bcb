"""Rules of the foundation as plain functions on values."""

from dataclasses import dataclass

SECONDS_BEFORE_GUESS = 3.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Args:
        percent: 0 to 100, None when the total is unknown.
        elapsed_s: Seconds since the start, None before it.
        remaining_s: Seconds still to come if it goes on like this, None while nobody can tell.
    """

    percent: int | None
    elapsed_s: float | None
    remaining_s: float | None


def progress_of(
    *, done: int, total: int | None, started_us: int | None, ended_us: int | None, now_us: int
) -> Progress:
    """Return the progress of a job; times in microseconds, ``ended_us`` None while it runs."""
    percent = min(100, 100 * done // total) if total else None
    if started_us is None:
        return Progress(percent, None, None)
    elapsed_s = max(0.0, ((ended_us or now_us) - started_us) / 1_000_000)
    can_tell = ended_us is None and total and done and elapsed_s >= SECONDS_BEFORE_GUESS
    remaining_s = elapsed_s * max(0, total - done) / done if can_tell and total else None
    return Progress(percent, elapsed_s, remaining_s)


def is_local_path(url: object) -> bool:
    """Say whether a text is the path of a page of this installation and of no other host."""
    return (
        isinstance(url, str)
        and url.startswith("/")
        and not url.startswith(("//", "/\\"))
        and url.isprintable()
    )
