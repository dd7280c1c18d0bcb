"""What could be measured so that a decision becomes possible, and what range it would give."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mehrwert.evaluation.queries import count_baseline
from mehrwert.evaluation.rules import Plan, parse_month
from mehrwert.evaluation.rules.measuring import Candidate, Seen, candidates


def list_candidates(
    record: Mapping[str, Any] | None, plan: Plan, *, is_before_start: bool
) -> list[Candidate]:
    """Return the candidates of one evaluation, the quickest first (EVI-193).

    Args:
        record: Of the newest estimate, None before the first.
        plan: The frozen plan.
        is_before_start: Whether the plan was fixed before the start.
    """
    return candidates(_seen(record, plan), plan, is_before_start=is_before_start)


def _seen(record: Mapping[str, Any] | None, plan: Plan) -> Seen:
    """Return what an estimate says about future ones: months, memory, noise on the log scale."""
    if record is None:
        return Seen(count_baseline(plan), 0, len(plan.comparisons))
    used = len(record.get("comparisons") or {})
    noise = None
    line, effect = record.get("line"), record.get("effect") or {}
    if line is not None and plan.scale == "log_ratio":
        is_before = np.array([parse_month(month) <= plan.last_pre for month in line["months"]])
        pair = np.array([line["observed"], line["expected"]], dtype=float)[:, is_before]
        pair = pair[:, (pair > 0).all(axis=0)]
        if pair.shape[1] > 2:
            noise = float(np.std(np.log(pair[0]) - np.log(pair[1]), ddof=1))
    return Seen(record["n_pre"], record["n_post"], used, noise, effect.get("phi") or 0.0)
