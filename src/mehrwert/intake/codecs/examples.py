"""A codec proves itself: its examples must come out as expected, twice, and in reverse order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .sandbox import Call, Outcome, Sandbox

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Example:
    """One uplink and what the vendor says must come out; None where nothing is said."""

    name: str
    payload: bytes
    f_port: int
    data: dict[str, Any] | None = None
    errors: list[str] | None = None
    recv_ms: int = 1_735_689_600_000
    variables: dict[str, str] = field(default_factory=dict)

    def to_call(self) -> Call:
        """Return the call that tries it."""
        return Call(self.payload, self.f_port, self.recv_ms, self.variables)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one example; ``reason`` is empty when it passed.

    Reasons: ``differs``, ``unsteady`` (another result in another order: the codec keeps a state),
    ``errors`` (the codec reported some), or one of ``sandbox.Trouble``.
    """

    name: str
    got: Any
    reason: str = ""
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Say whether it came out as expected each time."""
        return not self.reason


def check_examples(
    sandbox: Sandbox, context: str, script: str, examples: Sequence[Example]
) -> list[Verdict]:
    """Run all examples in order, again, and in reverse order within one context.

    Args:
        sandbox: Where to run them.
        context: Name of the context; no other codec uses it.
        script: The codec.
        examples: What to try; none at all gives an empty list.
    """
    calls = [example.to_call() for example in examples]
    first = sandbox.decode(context, script, calls)
    again = sandbox.decode(context, script, calls)
    reverse = sandbox.decode(context, script, calls[::-1])[::-1]
    return [
        _judge(example, outcome, others)
        for example, outcome, *others in zip(examples, first, again, reverse, strict=True)
    ]


def _judge(example: Example, outcome: Outcome, others: list[Outcome]) -> Verdict:
    got = outcome.data
    if outcome.trouble is not None:
        return Verdict(example.name, got, outcome.trouble.value, outcome.text)
    if example.errors is not None:
        if list(outcome.errors) != example.errors:
            return Verdict(example.name, got, "differs", "; ".join(outcome.errors))
    elif outcome.errors:
        return Verdict(example.name, got, "errors", "; ".join(outcome.errors))
    if example.data is not None and (where := difference(example.data, got)):
        return Verdict(example.name, got, "differs", where)
    if any(other != outcome for other in others):
        return Verdict(example.name, got, "unsteady")
    return Verdict(example.name, got)


def difference(wanted: Any, got: Any, where: str = "") -> str:
    """Return the path of the first difference, empty when equal; numbers to nine digits."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in [*wanted, *(name for name in got if name not in wanted)]:
            path = f"{where}.{name}" if where else str(name)
            if (name in wanted) != (name in got):
                return path
            if found := difference(wanted[name], got[name], path):
                return found
        return ""
    if isinstance(wanted, list) and isinstance(got, list):
        if len(wanted) != len(got):
            return where
        pairs = enumerate(zip(wanted, got, strict=True))
        paths = (difference(a, b, f"{where}[{i}]") for i, (a, b) in pairs)
        return next((path for path in paths if path), "")
    if _is_number(wanted) and _is_number(got):
        same = math.isclose(wanted, got, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        return "" if same else where
    return "" if type(wanted) is type(got) and wanted == got else where or "data"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
