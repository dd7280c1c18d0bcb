"""Section key → blocks. Nothing is computed here; what is missing is said."""

from collections.abc import Callable

from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.documents.building import fields, listing, paragraph, runs, strong
from mehrwert.documents.model import Block, Paragraph
from mehrwert.evaluation.council_paper.alternatives import alternative_blocks
from mehrwert.evaluation.council_paper.facts import PaperFacts
from mehrwert.evaluation.council_paper.finance import finance_blocks
from mehrwert.evaluation.council_paper.known_unknown import box, flips, unknown_positions
from mehrwert.evaluation.council_paper.profile import NOTE_SECTIONS, Profile
from mehrwert.evaluation.council_paper.resolution import resolution_blocks, wording
from mehrwert.evaluation.council_paper.wording import (
    day,
    euro_exact,
    hours,
    listed,
    said,
)

KIND_NAMES = {
    "decision": mark("Beschlussvorlage"),
    "report": mark("Berichtsvorlage"),
    "inquiry": mark("Beantwortung einer Anfrage"),
}
NOTE_NAMES = {
    "climate": mark("Klima"),
    "equality": mark("Gleichstellung, Inklusion, Familien"),
    "participation": mark("Beteiligung"),
    "data_protection": mark("Datenschutz"),
    "staff_council": mark("Personalrat"),
}
HEAD_NAMES = {
    "number": mark("Nummer"),
    "kind": mark("Art"),
    "public": mark("Öffentlichkeit"),
    "lead": mark("Federführung"),
    "involved": mark("Beteiligte"),
    "date": mark("Datum"),
}
# sections in which rooms above or beside have a say; where they are absent it is said
NOT_CHECKED = {
    "background": mark("Stand des Vorhabens: nicht geprüft."),
    "legal": mark("Vergabeweg: nicht geprüft."),
    "protection": mark("IT-Sicherheit und digitale Souveränität: nicht geprüft."),
}


def blocks_of(key: str, facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    """Return what stands in a section: generated, then from other rooms, then typed."""
    made = _MAKERS[key](facts, profile)
    return (*made, *_from_others(key, facts), *typed(facts.texts.get(key, "")))


def typed(text: str) -> tuple[Paragraph, ...]:
    """Return typed text, marked as typed; an empty line begins a new paragraph (DOC-185)."""
    parts = [" ".join(part.split()) for part in text.replace("\r", "").split("\n\n")]
    return tuple(Paragraph(runs(part), role="typed") for part in parts if part)


def _from_others(key: str, facts: PaperFacts) -> tuple[Block, ...]:
    lines = facts.others.get(key)
    if lines:
        return (listing(lines),)
    return (paragraph(gettext(NOT_CHECKED[key])),) if key in NOT_CHECKED else ()


def _head(facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    head = facts.head
    values = {
        "number": said(head.number),
        "kind": gettext(KIND_NAMES[head.kind]),
        "public": gettext("öffentlich") if head.is_public else gettext("nichtöffentlich"),
        "lead": said(head.lead),
        "involved": listed(head.involved, gettext("keine")),
        "date": day(head.created),
    }
    names = {key: gettext(name) for key, name in HEAD_NAMES.items()} | dict(profile.head_fields)
    return (fields((names[key], value) for key, value in values.items()),)


def _subject(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    return (Paragraph(runs(facts.head.title), role="lead"),)


def _consultation(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    if not facts.consultations:
        return (paragraph(gettext("Die Beratungsfolge steht noch nicht fest.")),)
    return (
        listing(
            [f"{one.body}, {day(one.session)}, {said(one.role)}" for one in facts.consultations],
            ordered=True,
        ),
    )


def _resolution(facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    return resolution_blocks(facts, label=profile.resolution_label)


def _summary(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    """Return at most ten lines: proposal, effect, cost, gaps, what would change it."""
    unknown_costs = unknown_positions(facts)
    lines = [
        wording(facts, facts.proposal.key)[0],
        facts.effect.sentence if facts.effect else gettext("Eine Wirkung ist nicht belegt."),
        gettext("Kosten je Einwohner und Jahr: %(cost)s.")
        % {"cost": euro_exact(facts.finance.per_inhabitant)},
        gettext("Kostenpositionen ohne Wert: %(n)s von %(total)s.")
        % {"n": len(unknown_costs), "total": 14},
        flips(facts),
    ]
    return (listing(lines),)


def _background(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    if facts.texts.get("background"):
        return ()
    return (paragraph(gettext("Anlass und bisherige Beschlüsse sind nicht beschrieben.")),)


def _goals(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for effect in facts.effects:
        blocks.append(paragraph(strong(f"{effect.indicator}: "), effect.sentence))
        if effect.display:
            blocks.append(paragraph(effect.display))
    if not blocks:
        blocks.append(paragraph(gettext("Eine Wirkung ist nicht belegt.")))
    return (*blocks, *facts.figures)


def _known_unknown(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    return (box(facts),)


def _programme(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    return (listing(wording(facts, facts.proposal.key)),)


def _alternatives(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    return alternative_blocks(facts)


def _finance(facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    return finance_blocks(facts.finance, layout=profile.finance_layout)


def _staff(facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    own = (
        gettext("Arbeitszeit eigener Beschäftigter je Jahr"),
        hours(facts.finance.hours_per_year),
    )
    return (fields([own, *_notes("staff", facts, profile)]),)


def _legal(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    return (paragraph(facts.legal or gettext("rechtlich nicht geprüft")),)


def _protection(facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    found = _notes("protection", facts, profile)
    return (fields(found),) if found else ()


def _cross_cutting(facts: PaperFacts, profile: Profile) -> tuple[Block, ...]:
    return (fields(_notes("cross_cutting", facts, profile)),)


def _notes(section: str, facts: PaperFacts, profile: Profile) -> list[tuple[str, str]]:
    """Return the notes of a section: those the house requires and those that are there."""
    return [
        (gettext(NOTE_NAMES[key]), facts.notes.get(key) or gettext("nicht beurteilt"))
        for key, home in NOTE_SECTIONS.items()
        if home == section
        and (section == "cross_cutting" or key in {*profile.required_notes, *facts.notes})
    ]


def _evaluation(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    """Return how it goes on; for ``end`` the learning report and the hand-over (decisions 45)."""
    review = facts.review
    if facts.proposal.key == "end":
        rows = [
            (gettext("Lernbericht bis"), day(review.next_report)),
            (gettext("Übergabe der Daten an"), said(facts.proposal.data_handover)),
        ]
        return (fields(rows),)
    rows = [
        (gettext("Kennzahl"), said(review.indicator)),
        (gettext("Ziel"), said(review.target)),
        (gettext("Nächster Bericht"), day(review.next_report)),
        (gettext("Abbruchkriterium"), said(review.stop_criterion)),
    ]
    return (fields(rows),)


def _annexes(facts: PaperFacts, _profile: Profile) -> tuple[Block, ...]:
    rows = [(gettext("Mitzeichnung"), listed(facts.cosigned, gettext("noch keine")))]
    rows.append((gettext("Anlagen"), listed(facts.annexes, gettext("keine"))))
    return (fields(rows),)


_MAKERS: dict[str, Callable[[PaperFacts, Profile], tuple[Block, ...]]] = {
    "head": _head,
    "subject": _subject,
    "consultation": _consultation,
    "resolution": _resolution,
    "summary": _summary,
    "background": _background,
    "goals_effects": _goals,
    "known_unknown": _known_unknown,
    "programme": _programme,
    "alternatives": _alternatives,
    "finance": _finance,
    "staff": _staff,
    "legal": _legal,
    "protection": _protection,
    "cross_cutting": _cross_cutting,
    "evaluation": _evaluation,
    "cosign_annexes": _annexes,
}
