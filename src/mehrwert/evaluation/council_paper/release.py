"""What stands against releasing a paper, one sentence each; an empty list means: ready."""

from collections.abc import Callable, Iterator

from mehrwert.base.marks import mark
from mehrwert.evaluation.council_paper.facts import Effect, PaperFacts
from mehrwert.evaluation.council_paper.profile import Defect, Profile
from mehrwert.evaluation.council_paper.sections import NOTE_NAMES

TOO_STRONG = mark("„%(sentence)s“ sagt mehr, als belegt ist (%(words)s). Bitte zurückhaltender.")
NO_NOTE = mark("Die Pflichtangabe „%(note)s“ fehlt.")
NO_REVIEW = mark(
    "Kennzahl, Ziel, Tag des nächsten Berichts und Abbruchkriterium müssen alle genannt sein."
)
NO_LEARNING = mark("Beim Beenden fehlen der Tag des Lernberichts oder die Übergabe der Daten.")
NO_LIMIT = mark("„Beenden“ und „befristet anpassen“ brauchen einen Tag.")
NO_OVERRIDE = mark("Die Vorlage weicht von der Entscheidungstabelle ab; bitte begründen.")
NO_ZERO_REASON = mark("Kostenposition „%(position)s“: 0 € braucht einen Grund.")

# (text, class, lower end, upper end) → words that claim too much
Guard = Callable[[str, int, float | None, float | None], list[str]]


def defects_for_release(facts: PaperFacts, profile: Profile, guard: Guard) -> list[Defect]:
    """Return what is missing or too strong (DOC-183, DOC-185, EVI-183)."""
    return [
        *_review(facts),
        *_proposal(facts),
        *(
            Defect(NO_NOTE, {"note": NOTE_NAMES[note]})
            for note in profile.required_notes
            if not facts.notes.get(note, "").strip()
        ),
        *(
            Defect(NO_ZERO_REASON, {"position": key})
            for key, line in facts.finance.positions.items()
            if 0 in (line.once, line.yearly) and not line.reason.strip()
        ),
        *_too_strong(facts, guard),
    ]


def typed_texts(facts: PaperFacts) -> list[str]:
    """Return everything a person wrote."""
    proposal, review, unknowns = facts.proposal, facts.review, facts.unknowns
    texts = [
        facts.head.title,
        proposal.override_reason,
        proposal.adaptation,
        review.indicator,
        review.target,
        review.stop_criterion,
        unknowns.flips,
        unknowns.smallest_measurement,
        *unknowns.objections,
        *facts.texts.values(),
        *facts.notes.values(),
        *(one.effect for one in facts.alternatives),
        *(one.missing for one in facts.alternatives),
    ]
    return [text for text in texts if text.strip()]


def _review(facts: PaperFacts) -> Iterator[Defect]:
    review = facts.review
    if facts.proposal.key == "end":
        if review.next_report is None or not facts.proposal.data_handover.strip():
            yield Defect(NO_LEARNING)
        return
    texts = (review.indicator, review.target, review.stop_criterion)
    if review.next_report is None or not all(text.strip() for text in texts):
        yield Defect(NO_REVIEW)


def _proposal(facts: PaperFacts) -> Iterator[Defect]:
    proposal = facts.proposal
    if proposal.key in ("end", "adapt_limited") and proposal.until is None:
        yield Defect(NO_LIMIT)
    if proposal.key != proposal.table_key and not proposal.override_reason.strip():
        yield Defect(NO_OVERRIDE)


def _too_strong(facts: PaperFacts, guard: Guard) -> Iterator[Defect]:
    effect = facts.effect or Effect(solution="", indicator="", sentence="")
    low, high = effect.bounds or (None, None)
    for text in typed_texts(facts):
        for sentence in _sentences(text):
            if words := guard(sentence, effect.evidence_class, low, high):
                yield Defect(TOO_STRONG, {"sentence": sentence, "words": ", ".join(words)})


def _sentences(text: str) -> list[str]:
    parts = text.replace("! ", ". ").replace("? ", ". ").replace("\n", ". ").split(". ")
    return [part.strip() for part in parts if part.strip()]
