"""An outcome as the record that is stored and hashed, and back to what questions need."""

from dataclasses import asdict
from typing import Any

import numpy as np

from mehrwert.base.canonical import significant
from mehrwert.evaluation.rules import Data, Outcome, Plan, label_of
from mehrwert.evaluation.rules.estimating import Line
from mehrwert.evaluation.rules.several import Several
from mehrwert.stats.mixture import Mixture

LEAST_WEIGHT = 1e-9


def record_of(outcome: Outcome, plan: Plan, *, evidence: dict[str, Any]) -> dict[str, Any]:
    """Return the record of an estimate, floats rounded to 12 significant digits (EVI-51)."""
    effect = outcome.effect
    written: dict[str, Any] = {
        "status": outcome.status,
        "design": outcome.choice.design,
        "design_level": outcome.choice.level,
        "unmet": [asdict(unmet) for unmet in outcome.choice.unmet],
        "checks": [
            {**asdict(check), "verdict": check.verdict.value, "data": dict(check.data)}
            for check in outcome.checks
        ],
        "passed": outcome.passed,
        "direction": outcome.direction.value,
        "window": [label_of(plan.first_month), label_of(plan.last_month)],
        "last_pre": label_of(plan.last_pre),
        "n_pre": outcome.n_pre,
        "n_post": outcome.n_post,
        "comparisons": {str(key): share for key, share in outcome.comparisons.items()},
        "placebos": [[label_of(month), effect_] for month, effect_ in outcome.placebos],
        "line": _line(outcome.line),
        "evidence": evidence,
        "effect": None,
    }
    if effect is not None:
        written["effect"] = {
            name: getattr(effect, name)
            for name in ("theta", "low", "high", "se", "p_better", "df", "phi", "placebo_p")
        }
        written["law"] = _law(effect.law)
    if outcome.several is not None:
        written["several"] = _several(outcome.several)
    rounded: dict[str, Any] = significant(written)
    return rounded


def law_of(record: dict[str, Any]) -> Mixture | None:
    """Return the distribution of θ of a stored record, None where there is none."""
    kept = record.get("law")
    if not kept:
        return None
    df = float("inf") if kept["df"] is None else float(kept["df"])
    weights, centres, scales = (np.array(kept[n]) for n in ("weights", "centres", "scales"))
    return Mixture(weights, centres, scales, df)


def data_of(data: Data) -> dict[str, Any]:
    """Return the values of an estimate as the document whose fingerprint is kept."""
    series = {"own": data.own, **{str(k): s for k, s in sorted(data.comparisons.items())}}
    if data.no_effect is not None:
        series["no_effect"] = data.no_effect
    if data.exposure is not None:
        series["exposure"] = data.exposure
    written: dict[str, Any] = significant(
        {
            name: [[label_of(int(m)), float(v)] for m, v in zip(s.months, s.values, strict=True)]
            for name, s in series.items()
        }
    )
    return written


def _several(several: Several) -> dict[str, Any]:
    return {
        **asdict(several),
        "direction": several.direction.value,
        "towns": [{**asdict(town), "start": label_of(town.start)} for town in several.towns],
    }


def _line(line: Line | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "months": [label_of(int(month)) for month in line.months],
        **{
            name: [float(value) for value in getattr(line, name)]
            for name in ("observed", "expected", "low", "high")
        },
    }


def _law(law: Mixture | None) -> dict[str, Any] | None:
    if law is None:
        return None
    kept = law.weights >= LEAST_WEIGHT
    share = law.weights[kept] / law.weights[kept].sum()
    return {
        "df": None if np.isinf(law.df) else float(law.df),
        "weights": share.tolist(),
        "centres": law.centres[kept].tolist(),
        "scales": law.scales[kept].tolist(),
    }
