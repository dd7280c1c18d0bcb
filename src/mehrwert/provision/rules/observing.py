"""From what the portfolio knows to the values of the indicators whose source is data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from mehrwert.provision.choices import ProjectPhase
from mehrwert.provision.rules.project_phase import ProjectFacts, project_phase
from mehrwert.provision.rules.ruleset import PHASE_RULES, PhaseRules

SMART_CITY = "smart city"


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project as the phase model sees it; None is unknown.

    Attributes:
        is_active: Running or live.
        is_closing: Ended, or its end lies in the past or within the window.
        roles_named: Owner, sponsor, operator-to-be, beneficiaries and kind of benefit are known.
        names_beneficiaries: It says whom it is for.
        serves_strategy: Linked to a goal of a decided strategy.
        is_measurable: Outcome indicator and baseline are there.
        running_cost: Euros a year.
        funded_share: Part of the running cost that programmes pay, 0 to 1.
        decided_on: Day of the newest decision that decides something.
        has_review: Questions R and B are answered (E10).
        evidence_class: 0 to 4; None when nothing was evaluated.
        reuse_in, reuse_out: Days of reuse events.
        goal: The goal of a decided strategy it serves, in its words.
        is_connected: Joined to another project by infrastructure or interface.
        is_conformant: It names a standard and passed its test.
        available: Share of the inhabitants who can use it, 0 to 1.
        use_trend: Change of its services in twelve months; better is above 0.
        facts: What the phase of the project itself needs.
    """

    title: str
    field_of_action: str = ""
    is_active: bool = False
    is_closing: bool = False
    is_adoption: bool = False
    roles_named: bool = False
    names_beneficiaries: bool = False
    serves_strategy: bool = False
    is_measurable: bool = False
    running_cost: float | None = None
    funded_share: float | None = None
    decided_on: date | None = None
    has_review: bool = False
    evidence_class: int | None = None
    reuse_in: tuple[date, ...] = ()
    reuse_out: tuple[date, ...] = ()
    goal: str = ""
    is_connected: bool | None = None
    is_conformant: bool | None = None
    available: float | None = None
    use_trend: float | None = None
    facts: ProjectFacts = field(default_factory=ProjectFacts)


@dataclass(frozen=True, slots=True)
class TownFacts:
    """What belongs to a municipality and to none of its projects; None is unknown.

    Attributes:
        reuse_out: Days on which others began to reuse own solutions that no project here uses.
        own_entries, findable_entries: Own public entries of the catalogue; those with contact,
            licence and a value not older than a year.
        due, on_time: Evaluations whose result fell due in the last months, and those filed by then.
        flow: Part of the last 365 days on which foundations delivered data.
        adoptions, deviating: Uses of solutions of others that go on; those changed for a reason.
        uses: Uses a year of all projects that say how many, None where none does.
    """

    reuse_out: tuple[date, ...] = ()
    own_entries: int = 0
    findable_entries: int = 0
    flow: float | None = None
    due: int = 0
    on_time: int = 0
    adoptions: int = 0
    deviating: int = 0
    uses: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted for an indicator: a count, or a share as part of a whole.

    ``whole`` None means a count. A whole of 0 is unknown: 0/0 says nothing (specification 1).
    """

    part: float
    whole: float | None = None

    @property
    def value(self) -> float | None:
        """Return the count or the share, None where the whole is empty."""
        if self.whole is None:
            return self.part
        return self.part / self.whole if self.whole > 0 else None


NOTHING_AROUND = TownFacts()


def months_between(earlier: date, later: date) -> int:
    """Return the whole months from one day to another; negative when the first is later."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


def skips_piloting(rows: Iterable[ProjectRow]) -> bool:
    """Return whether all projects of a municipality adopt what others proved (7.3)."""
    listed = list(rows)
    return bool(listed) and all(row.is_adoption for row in listed)


def read_portfolio(
    rows: Sequence[ProjectRow],
    *,
    today: date,
    town: TownFacts = NOTHING_AROUND,
    rules: PhaseRules = PHASE_RULES,
) -> dict[str, Reading]:
    """Return the reading of each indicator that the portfolio can answer.

    An indicator that is missing in the result is unknown: this installation has no data for it.
    Nobody entered a project: then even their number is unknown (PF-03).
    """
    if not rows:
        return {}
    active = [row for row in rows if row.is_active]
    readings = {
        "E1": Reading(len(active)),
        "E5": _share(active, lambda row: row.roles_named),
        "E6": _share(active, lambda row: row.serves_strategy),
        "E7": _share(active, lambda row: row.is_measurable),
        "E10": _share([row for row in rows if row.is_closing], _is_concluded),
        "B3": _share(active, lambda row: row.facts.is_line_owned is True),
        "B6": _share(active, lambda row: SMART_CITY not in row.title.lower()),
        "T5": _share(
            [row for row in rows if row.facts.decision == "continue"],
            lambda row: (row.evidence_class or 0) >= 2,  # noqa: PLR2004 - the class of the row
        ),
    }
    readings.update(_decisions(rows))
    readings.update(_reuse(rows, town, today, rules))
    readings.update(_bricks(active, rows))
    readings["B8"] = Reading(town.on_time, town.due)
    readings["T8"] = Reading(town.findable_entries, town.own_entries)
    if town.flow is not None:
        readings["B4"] = Reading(town.flow, 1)
    readings.update(_money(active, today, rules))
    return {key: one for key, one in readings.items() if one.value is not None}


def _share(rows: Sequence[ProjectRow], is_counted: Callable[[ProjectRow], bool]) -> Reading:
    return Reading(sum(is_counted(row) for row in rows), len(rows))


def _is_concluded(row: ProjectRow) -> bool:
    return row.has_review and row.decided_on is not None


def _decisions(rows: Sequence[ProjectRow]) -> dict[str, Reading]:
    """E11 is known only once something was decided."""
    decided = [row for row in rows if row.decided_on is not None]
    if not decided:
        return {}
    other = sum(row.facts.decision != "continue" for row in decided)
    adopted = sum(
        row.is_adoption and (row.evidence_class or 0) >= 2  # noqa: PLR2004 - the class asked for
        for row in decided
    )
    return {"E11": Reading(other), "EA": Reading(adopted)}


def _reuse(
    rows: Sequence[ProjectRow], town: TownFacts, today: date, rules: PhaseRules
) -> dict[str, Reading]:
    """Three events give the best value only if both directions occur."""

    def recent(days: Iterable[date]) -> int:
        return sum(months_between(day, today) < rules.reuse_window_months for day in days)

    come = sum(recent(row.reuse_in) for row in rows)
    gone = sum(recent(row.reuse_out) for row in rows) + recent(town.reuse_out)
    total = come + gone
    one_way_most = 2
    return {"T3": Reading(total if come and gone else min(total, one_way_most))}


def _bricks(active: Sequence[ProjectRow], rows: Sequence[ProjectRow]) -> dict[str, Reading]:
    """T4, T6, T12 and B7; a share of projects of which one is unknown is unknown."""
    readings = {}
    if all(row.is_connected is not None for row in active):
        readings["T4"] = _share(active, lambda row: row.is_connected is True)
    if all(row.is_conformant is not None for row in active):
        readings["T6"] = _share(active, lambda row: row.is_conformant is True)
    adopted = [_accepted(row) for row in active if row.is_adoption]
    known = [one for one in adopted if one is not None]
    if len(known) == len(adopted):
        readings["T12"] = Reading(sum(known), len(known))
    if any(row.goal and row.evidence_class is not None for row in rows):
        served = {
            row.goal
            for row in rows
            if row.goal and (row.evidence_class or 0) >= 3  # noqa: PLR2004 - the class of the row
        }
        readings["B7"] = Reading(len(served))
    return readings


def _accepted(row: ProjectRow) -> float | None:
    """Return the share who can use it where its use does not fall, else 0; None if unknown."""
    if row.available == 0:
        return 0.0
    if row.available is None or row.use_trend is None:
        return None
    return row.available if row.use_trend >= 0 else 0.0


def _money(active: Sequence[ProjectRow], today: date, rules: PhaseRules) -> dict[str, Reading]:
    """Shares of euros: projects whose running cost is unknown make the share unknown."""
    if not active or any(row.running_cost is None for row in active):
        return {}

    def euros(rows: Iterable[ProjectRow]) -> float:
        return sum(row.running_cost or 0.0 for row in rows)

    total = euros(active)
    fresh = [
        row
        for row in active
        if row.decided_on is not None
        and months_between(row.decided_on, today) <= rules.payer_decision_max_months
    ]
    readings = {"T1": Reading(euros(fresh), total)}
    readings.update(_regular(active, euros, today, rules))
    if all(row.facts.is_permanent_budget is not None for row in active):
        budgeted = [row for row in active if row.facts.is_permanent_budget]
        readings["T9"] = Reading(euros(budgeted), total)
    if all(row.funded_share is not None for row in active):
        funded = sum((row.running_cost or 0.0) * (row.funded_share or 0.0) for row in active)
        readings["E2"] = Reading(funded, total)
        readings["B5"] = Reading(total - funded, total)
    return readings


def _regular(
    active: Sequence[ProjectRow],
    euros: Callable[[Iterable[ProjectRow]], float],
    today: date,
    rules: PhaseRules,
) -> dict[str, Reading]:
    """B1: what was adopted, and the part of it that is in regular operation."""
    adopted = [row for row in active if row.is_adoption]
    regular = [
        row
        for row in adopted
        if project_phase(row.facts, today=today, rules=rules).phase is ProjectPhase.REGULAR
    ]
    return {"B1": Reading(euros(regular), euros(adopted))}
