"""From rows of the portfolio and answers to one assessment; values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mehrwert.provision.choices import MunicipalPhase, Source, Stage
from mehrwert.provision.rules import (
    INDICATORS,
    PHASE_RULES,
    Assessed,
    Observed,
    PhaseIndicator,
    ProjectRow,
    Reading,
    Score,
    TownFacts,
    applicable,
    graded,
    months_between,
    municipal_phase,
    read_portfolio,
    skips_piloting,
    stage_score,
)

LEADERSHIP = "E4"
NOTHING_AROUND = TownFacts()


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """The newest answer to one question, as values."""

    halves: int
    document_on: date | None = None
    document_title: str = ""
    document_url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it was assessed; all but the indicator None where nothing is known."""

    indicator: PhaseIndicator
    observed: Observed | None
    reading: Reading | None
    answer: AnswerGiven | None

    @property
    def raw(self) -> float | None:
        """Return the count, share or answer before the limits were applied."""
        if self.reading is not None:
            return self.reading.value
        return self.answer.halves / 2 if self.answer is not None else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Where a municipality, or one of its fields of action, stands."""

    lines: tuple[Line, ...]
    scores: Mapping[Stage, Score]
    label: MunicipalPhase

    @property
    def known(self) -> dict[str, Observed]:
        """Return the observed values by key."""
        return {
            line.indicator.key: line.observed for line in self.lines if line.observed is not None
        }


def assess(
    rows: Sequence[ProjectRow],
    answers: Mapping[str, AnswerGiven],
    *,
    today: date,
    town: TownFacts = NOTHING_AROUND,
) -> Assessment:
    """Return the assessment of a municipality, or of the projects of one field of action.

    Data wins over an answer to the same question.
    """
    indicators = applicable(skips_piloting=skips_piloting(rows))
    readings = read_portfolio(rows, today=today, town=town)
    lines = tuple(
        _line(one, readings.get(one.key), answers.get(one.key), today) for one in indicators
    )
    known = {line.indicator.key: line.observed for line in lines if line.observed is not None}
    return Assessment(
        lines=lines,
        scores={stage: stage_score(indicators, known, stage) for stage in Stage},
        label=municipal_phase(indicators, known),
    )


def _line(
    indicator: PhaseIndicator, reading: Reading | None, answer: AnswerGiven | None, today: date
) -> Line:
    if reading is not None and reading.value is not None:
        observed = Observed(graded(indicator, reading.value), Source.DATA)
        return Line(indicator, observed if indicator.is_scored else None, reading, None)
    if answer is not None and indicator.is_asked:
        source = source_of(indicator, answer, today=today)
        return Line(indicator, Observed(answer.halves / 2, source), None, answer)
    return Line(indicator, None, None, None)


def source_of(indicator: PhaseIndicator, answer: AnswerGiven, *, today: date) -> Source:
    """Return whether an answer is proven: its document has a day and is not too old (7.2)."""
    if answer.document_on is None:
        return Source.SELF
    is_leadership = indicator.key == LEADERSHIP
    most = PHASE_RULES.decision_max_months if is_leadership else PHASE_RULES.document_max_months
    is_fresh = 0 <= months_between(answer.document_on, today) <= most
    return Source.DOCUMENT if is_fresh else Source.SELF


def fields_of_action(rows: Iterable[ProjectRow]) -> dict[str, list[ProjectRow]]:
    """Return the projects by field of action, in the order of their names."""
    found: dict[str, list[ProjectRow]] = {}
    for row in sorted(rows, key=lambda one: one.field_of_action):
        if row.field_of_action:
            found.setdefault(row.field_of_action, []).append(row)
    return found


def tension_values(
    rows: Sequence[ProjectRow], *, today: date, town: TownFacts = NOTHING_AROUND
) -> dict[str, float]:
    """Return what the portfolio knows of the poles of the tensions; the rest is unknown."""
    active = [row for row in rows if row.is_active]
    readings = read_portfolio(rows, today=today)
    values = {"registered": float(len(rows))} if rows else {}
    if active:
        proven = 2
        is_felt = [
            row.names_beneficiaries and (row.evidence_class or 0) >= proven for row in active
        ]
        values["outcome_share"] = sum(is_felt) / len(active)
    for pole, key in (("funded_share", "E2"), ("budget_share", "T9"), ("standard_share", "T6")):
        if key in readings and (share := readings[key].value) is not None:
            values[pole] = share
    if town.adoptions:
        values["deviation_share"] = town.deviating / town.adoptions
    if town.uses is not None:
        values["reach"] = float(town.uses)
    values.update(_cliff(active, today))
    return values


def _cliff(active: Sequence[ProjectRow], today: date) -> dict[str, float]:
    """Return the part of the running cost that loses its funding within 24 months undecided."""
    if not active or any(row.running_cost is None for row in active):
        return {}
    total = sum(row.running_cost or 0.0 for row in active)
    if total <= 0:
        return {}
    lost = sum(
        (row.running_cost or 0.0) * (row.funded_share or 0.0)
        for row in active
        if row.decided_on is None
        and row.facts.funding_end is not None
        and 0 <= months_between(today, row.facts.funding_end) < PHASE_RULES.reuse_window_months
    )
    return {"cliff_share": lost / total}


def to_record(
    whole: Assessment, fields: Mapping[str, Assessment], tensions: Mapping[str, float], *, on: date
) -> dict[str, Any]:
    """Return an assessment as the JSON that is stored and hashed."""
    return {
        "on": on.isoformat(),
        "whole": _stored(whole),
        "fields": {name: _stored(one) for name, one in fields.items()},
        "tensions": dict(tensions),
    }


def _stored(one: Assessment) -> dict[str, Any]:
    return {
        "label": one.label.value,
        "scores": {stage.value: asdict(score) for stage, score in one.scores.items()},
        "indicators": {
            line.indicator.key: {
                "value": line.observed.value if line.observed else None,
                "source": line.observed.source.value if line.observed else "",
                "raw": line.raw,
            }
            for line in one.lines
            if line.raw is not None
        },
    }


def read_indicators(record: Mapping[str, Any]) -> dict[str, Assessed]:
    """Return the indicators of a stored assessment of the whole municipality."""
    stored = record["whole"]["indicators"]
    return {key: Assessed(one["value"], one["source"], one["raw"]) for key, one in stored.items()}


def in_order(keys: Iterable[str]) -> list[str]:
    """Return keys of indicators in the order of the model."""
    position = {one.key: number for number, one in enumerate(INDICATORS)}
    return sorted(keys, key=lambda key: (position.get(key, -1), key))
