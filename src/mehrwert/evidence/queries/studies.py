"""Study records: the class of one finding alone, rows for the synthesis, who is covered."""

from collections.abc import Iterable
from typing import Any

from mehrwert.evidence.models import Finding
from mehrwert.evidence.rules import Row, single_class
from mehrwert.evidence.rules.pooling import size_class
from mehrwert.stats.evidence_class import EvidenceClass


def class_of(row: Finding) -> EvidenceClass:
    """Return the evidence class of one finding alone."""
    return study_class(
        {
            name: getattr(row, name)
            for name in (
                "theta", "low", "high", "se", "design_level", "passed", "has_plan", "is_proxy",
                "sesoi", "scale",
            )
        }
    )  # fmt: skip


def study_class(study: dict[str, Any]) -> EvidenceClass:
    """Return the class of a study record (columns of ``Finding``) alone.

    Without an interval only first observations are left: class 1 at most.
    """
    if study["theta"] is None:
        return EvidenceClass(0, 0, 0, (), False)
    has_interval = study["low"] is not None and study["high"] is not None
    row = Row(
        municipality="",
        theta=study["theta"],
        se=study["se"] or 0.0,
        low=study["low"] if has_interval else study["theta"],
        high=study["high"] if has_interval else study["theta"],
        level=study["design_level"] if has_interval else min(study["design_level"], 1),
        passed=study["passed"],
        has_plan=study["has_plan"],
        is_proxy=study["is_proxy"],
    )
    return single_class(row, sesoi=study["sesoi"], has_log_scale=study["scale"] != "smd")


def rows_of(findings: Iterable[Finding]) -> list[Row]:
    """Return what can be pooled."""
    return [row for row in map(_row, findings) if row is not None]


def _row(found: Finding) -> Row | None:
    if found.theta is None or found.se is None or found.low is None or found.high is None:
        return None
    return Row(
        municipality=found.municipality_key,
        theta=found.theta,
        se=found.se,
        low=found.low,
        high=found.high,
        level=found.design_level,
        passed=found.passed,
        has_plan=found.has_plan,
        is_proxy=found.is_proxy,
        population=found.population,
        evaluator=found.evaluator,
    )


def covers_size(findings: Iterable[Finding], population: int) -> bool:
    """Say whether a municipality of this size class reported."""
    return size_class(population) in {size_class(row.population) for row in findings}
