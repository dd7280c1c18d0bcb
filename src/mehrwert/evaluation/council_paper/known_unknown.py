"""The box „Was wir wissen – was wir nicht wissen“: generated, always whole (DOC-188 to 190)."""

from django.utils.translation import gettext

from mehrwert.documents.building import runs
from mehrwert.documents.model import Box, BoxPart
from mehrwert.evaluation.council_paper.facts import COST_POSITIONS, PaperFacts
from mehrwert.evaluation.council_paper.wording import euro_exact, listed, said


def box(facts: PaperFacts) -> Box:
    """Return the box; its lines never depend on whether the result is pleasant."""
    return Box(
        (
            BoxPart(gettext("Was wir wissen"), tuple(runs(line) for line in known(facts))),
            BoxPart(
                gettext("Was wir nicht wissen"), tuple(runs(line) for line in not_known(facts))
            ),
        )
    )


def known(facts: PaperFacts) -> list[str]:
    """Return class, sentence with interval, basis, state of the data, cost per inhabitant."""
    effect, finance = facts.effect, facts.finance
    if effect is None or effect.evidence_class == 0:
        lines = [gettext("Eine Wirkung ist nicht belegt.")]
    else:
        lines = [
            gettext("Belegstufe: %(n)s von 4, %(words)s")
            % {"n": effect.evidence_class, "words": effect.class_words},
            effect.sentence,
        ]
    if effect is not None:
        lines.append(gettext("Grundlage: %(basis)s") % {"basis": said(effect.basis)})
        lines.append(gettext("Daten bis: %(day)s") % {"day": said(effect.data_as_of)})
    cost = euro_exact(finance.per_inhabitant)
    if finance.per_inhabitant_span:
        cost = f"{cost} ({finance.per_inhabitant_span})"
    lines.append(gettext("Kosten je Einwohner und Jahr: %(cost)s") % {"cost": cost})
    return lines


def not_known(facts: PaperFacts) -> list[str]:
    """Return every gap, each with its line even where there is none."""
    unknowns, none = facts.unknowns, gettext("keine")
    lines = [
        gettext("Nicht bestandene oder fehlende Prüfungen: %(checks)s")
        % {"checks": listed(unknowns.checks, none)},
        gettext("Kennzahlen ohne Wert: %(indicators)s")
        % {"indicators": listed(unknowns.indicators, none)},
        gettext("Unbekannte Kosten: %(positions)s")
        % {"positions": listed(unknown_positions(facts), none)},
        _overdue(facts),
    ]
    if unknowns.is_outside_experience:
        lines.append(gettext("Unsere Kommune liegt außerhalb des Erfahrungsbereichs."))
    lines.append(
        gettext("Offene Einwände: %(objections)s")
        % {"objections": listed(unknowns.objections, gettext("keine bekannt"))}
    )
    lines.append(flips(facts))
    lines.append(
        gettext("Kleinste Messung, die die Entscheidung ändern könnte: %(what)s")
        % {"what": said(unknowns.smallest_measurement)}
    )
    return lines


def flips(facts: PaperFacts) -> str:
    """Return „Die Entscheidung kippt, wenn …“ (EVI-42, DOC-184)."""
    if facts.unknowns.flips:
        return gettext("Die Entscheidung kippt, wenn %(when)s.") % {
            "when": facts.unknowns.flips.rstrip(".")
        }
    if facts.unknowns.holds:
        return gettext("Die Entscheidung bleibt in allen gerechneten härteren Fällen.")
    return gettext("Wann die Entscheidung kippt, ist nicht berechnet.")


def unknown_positions(facts: PaperFacts) -> list[str]:
    """Return the names of the cost positions without any amount."""
    found = []
    for key, name in COST_POSITIONS.items():
        line = facts.finance.positions.get(key)
        if line is None or (line.once is None and line.yearly is None):
            found.append(gettext(name))
    return found


def _overdue(facts: PaperFacts) -> str:
    if facts.unknowns.overdue is None:
        return gettext("Überfällige Ergebnisse anderer Kommunen: nicht bekannt")
    late, planned = facts.unknowns.overdue
    return gettext("Überfällige Ergebnisse anderer Kommunen: %(late)s von %(planned)s") % {
        "late": late,
        "planned": planned,
    }
