"""Fields of action, similar municipalities, what changed, the phase of one project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from mehrwert.base.marks import mark
from mehrwert.catalogue.queries import Alike
from mehrwert.provision.assessing import Assessment
from mehrwert.provision.choices import (
    PROJECT_PHASE_LABELS,
    SOURCE_LABELS,
    Stage,
)
from mehrwert.provision.presenting.common import shown_number
from mehrwert.provision.presenting.scores import grade_words, label_of, score_short
from mehrwert.provision.rules import (
    BY_KEY,
    Cause,
    Difference,
    PhaseOfProject,
)

CAUSE_LABELS: dict[str, str] = {
    Cause.DATA: mark("Daten"),
    Cause.RULE: mark("Regel"),
    Cause.ANSWER: mark("Antwort"),
}


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One line of „Was sich geändert hat“."""

    key: str
    statement: str
    before: str
    after: str
    cause: str


def show_differences(found: Iterable[Difference]) -> list[DifferenceShown]:
    """Return differences in the reader's words."""
    return [
        DifferenceShown(
            one.key,
            gettext(BY_KEY[one.key].statement),
            _assessed(one.before.value, one.before.source),
            _assessed(one.after.value, one.after.source),
            gettext(CAUSE_LABELS[one.cause]),
        )
        for one in found
    ]


def _assessed(value: float | None, source: str) -> str:
    if value is None:
        return gettext("unbekannt")
    return f"{grade_words(value)}, {gettext(SOURCE_LABELS[source])}"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of action with its label and three scores."""

    name: str
    label: str
    scores: tuple[str, ...]
    n_projects: str


def show_fields(fields: Mapping[str, Assessment]) -> list[FieldLine]:
    """Return the fields of action: several speeds are normal."""
    return [
        FieldLine(
            name=name,
            label=label_of(one.label),
            scores=tuple(score_short(one.scores[stage]) for stage in Stage),
            n_projects=_active(one),
        )
        for name, one in fields.items()
    ]


def _active(one: Assessment) -> str:
    for line in one.lines:
        if line.indicator.key == "E1" and line.reading is not None:
            count = int(line.reading.part)
            return ngettext("%(n)s Vorhaben", "%(n)s Vorhaben", count) % {"n": shown_number(count)}
    return ""


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """One municipality of the comparison group and its distance by trait (PF-09)."""

    name: str
    population: str
    distance: str
    terms: tuple[str, ...]


TRAITS = {
    "population": mark("Größe"),
    "density": mark("Dichte"),
    "urbanisation": mark("Verstädterung"),
    "land": mark("Land"),
}


def show_alike(found: Iterable[Alike]) -> list[AlikeLine]:
    """Return the comparison group; 0 in a trait means alike, unknown is a dash."""
    return [
        AlikeLine(
            name=one.place.name,
            population=shown_number(one.place.population or 0),
            distance=_or_dash(one.similarity.distance_km, 0),
            terms=tuple(_or_dash(one.similarity.terms.get(key), 2) for key in TRAITS),
        )
        for one in found
    ]


def _or_dash(value: float | None, places: int) -> str:
    return shown_number(value, places) if value is not None else "–"


def trait_labels() -> list[str]:
    """Return the traits of the comparison in the reader's language."""
    return [gettext(label) for label in TRAITS.values()]


@dataclass(frozen=True, slots=True)
class ProjectPhaseShown:
    """The phase of one project as its record shows it."""

    phase: str
    range_words: str
    conditions: tuple[tuple[str, bool | None], ...]
    reasons: tuple[str, ...]


def show_project_phase(found: PhaseOfProject) -> ProjectPhaseShown:
    """Return the phase of a project in the reader's words."""
    phase, highest = (gettext(PROJECT_PHASE_LABELS[one]) for one in (found.phase, found.highest))
    words = (
        ""
        if found.is_certain
        else gettext("mindestens %(phase)s, höchstens %(highest)s: Es fehlen Angaben.")
        % {"phase": phase, "highest": highest}
    )
    return ProjectPhaseShown(
        phase=phase,
        range_words=words,
        conditions=tuple((gettext(one.text), one.is_met) for one in found.conditions),
        reasons=tuple(gettext(one) for one in found.reasons),
    )
