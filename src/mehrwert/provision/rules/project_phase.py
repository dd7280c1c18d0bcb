"""Phase of one project, computed from its data: nobody is asked (PF-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mehrwert.base.marks import mark
from mehrwert.provision.choices import ProjectPhase
from mehrwert.provision.rules.ruleset import PHASE_RULES, PhaseRules

UNDECIDED = "not_yet_decidable"


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of one project; None is unknown and counts as not met.

    Attributes:
        decision: Outcome of the newest decision, empty when none was taken.
        has_learning_report: The report of an ended project is filed.
        is_permanent_budget: Running cost stands in the result budget without an end.
        is_line_owned: A line department owns it, not a project team.
        has_operator: Service agreement signed or operator named.
        months_in_use: Months with use or data flow among the last twelve.
        has_end_date: The project has an end date.
        is_old_process_off: The old process is switched off, or running both is reasoned.
        reuse_events: Reuse in or out, any time.
        is_in_consolidation_group: Several municipalities operate it together.
        funding_end: Last day of the funding, None without funding or when unknown.
        is_pilot: Its own status says pilot.
    """

    decision: str = ""
    is_ended: bool = False
    has_learning_report: bool = False
    is_permanent_budget: bool | None = None
    is_line_owned: bool | None = None
    has_operator: bool | None = None
    months_in_use: int | None = None
    has_end_date: bool | None = None
    is_old_process_off: bool | None = None
    reuse_events: int = 0
    is_in_consolidation_group: bool = False
    funding_end: date | None = None
    is_pilot: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a phase: met, not met, or unknown (``is_met`` None)."""

    key: str
    text: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class PhaseOfProject:
    """The phase, the highest one that unknown facts would allow, and why it is not higher."""

    phase: ProjectPhase
    highest: ProjectPhase
    conditions: tuple[Condition, ...]
    reasons: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Return whether no unknown fact could lift the phase."""
        return self.phase == self.highest


def project_phase(
    facts: ProjectFacts, *, today: date, rules: PhaseRules = PHASE_RULES
) -> PhaseOfProject:
    """Return the phase of a project; the first that matches of X, B, T, E.

    Source: portfolio specification 7.1.
    """
    regular = tuple(_regular_conditions(facts, rules))
    transfer = tuple(_transfer_conditions(facts))
    phase = _first_match(facts, regular, transfer, is_hopeful=False)
    highest = _first_match(facts, regular, transfer, is_hopeful=True)
    return PhaseOfProject(
        phase=phase,
        highest=highest,
        conditions=(*regular, *transfer),
        reasons=tuple(_reasons(facts, regular, transfer, phase, today)),
    )


def _first_match(
    facts: ProjectFacts,
    regular: tuple[Condition, ...],
    transfer: tuple[Condition, ...],
    *,
    is_hopeful: bool,
) -> ProjectPhase:
    """Return the first phase that matches; hopeful takes what is unknown as met."""
    if facts.is_ended and facts.decision == "end" and facts.has_learning_report:
        return ProjectPhase.ENDED
    if all(_holds(one, is_hopeful=is_hopeful) for one in regular):
        return ProjectPhase.REGULAR
    if all(_holds(one, is_hopeful=is_hopeful) for one in transfer):
        return ProjectPhase.TRANSFER
    return ProjectPhase.PILOT


def _holds(condition: Condition, *, is_hopeful: bool) -> bool:
    return is_hopeful if condition.is_met is None else condition.is_met


def _regular_conditions(facts: ProjectFacts, rules: PhaseRules) -> Iterator[Condition]:
    in_use = None if facts.months_in_use is None else facts.months_in_use >= rules.data_flow_months
    open_end = None if facts.has_end_date is None else not facts.has_end_date
    yield Condition(
        "b1", mark("laufende Kosten unbefristet im Ergebnishaushalt"), facts.is_permanent_budget
    )
    yield Condition("b2", mark("ein Fachamt ist zuständig"), facts.is_line_owned)
    yield Condition("b3", mark("Betreiber benannt oder Vertrag geschlossen"), facts.has_operator)
    yield Condition("b4", mark("in mindestens 11 von 12 Monaten genutzt oder mit Daten"), in_use)
    yield Condition("b5", mark("kein Ende des Vorhabens geplant"), open_end)
    yield Condition(
        "b6",
        mark("altes Verfahren abgeschaltet oder Doppelbetrieb begründet"),
        facts.is_old_process_off,
    )


def _transfer_conditions(facts: ProjectFacts) -> Iterator[Condition]:
    is_decided = facts.decision not in ("", UNDECIDED)
    is_shared = facts.reuse_events > 0 or facts.is_in_consolidation_group
    yield Condition("t1", mark("über die Fortführung ist entschieden"), is_decided)
    yield Condition("t2", mark("nachgenutzt, weitergegeben oder im Verbund betrieben"), is_shared)


def _reasons(
    facts: ProjectFacts,
    regular: tuple[Condition, ...],
    transfer: tuple[Condition, ...],
    phase: ProjectPhase,
    today: date,
) -> Iterator[str]:
    """Name what keeps the project where it is."""
    if facts.is_ended and not facts.has_learning_report:
        yield mark("Beendet, aber der Lernbericht fehlt.")
    if phase is not ProjectPhase.PILOT:
        return
    has_funding_end = facts.funding_end is not None and facts.funding_end >= today
    if has_funding_end and facts.decision != "continue":
        yield mark("Die Förderung endet, und die Fortführung ist nicht beschlossen.")
    if facts.is_pilot:
        yield mark("Das Vorhaben ist selbst als Pilot eingetragen.")
    if not regular[0].is_met:
        yield mark("Im Haushalt gibt es keine dauerhafte Stelle dafür.")
    if not transfer[0].is_met:
        yield mark("Über die Fortführung ist noch nicht entschieden.")
    if not transfer[1].is_met:
        yield mark("Es wurde weder nachgenutzt noch weitergegeben.")
