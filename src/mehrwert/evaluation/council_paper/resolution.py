"""What is put before the body: numbered, executable, with date, money and duty to report."""

from collections.abc import Callable

from django.utils.translation import gettext

from mehrwert.documents.building import listing, paragraph, strong
from mehrwert.documents.model import Block
from mehrwert.evaluation.choices import DECISION_LABELS
from mehrwert.evaluation.council_paper.facts import DecisionKey, PaperFacts
from mehrwert.evaluation.council_paper.wording import day, euro

# the wording that is offered beside the proposal (DOC-181); row 6 prints „beenden“
ALTERNATIVE: dict[DecisionKey, DecisionKey] = {
    "continue": "adapt_limited",
    "adapt_limited": "end",
    "continue_jointly": "adapt_limited",
    "end": "adapt_limited",
    "not_yet_decidable": "end",
}


def resolution_blocks(facts: PaperFacts, *, label: str = "") -> tuple[Block, ...]:
    """Return the proposal, at least one other wording, and what the table said.

    Args:
        facts: The paper.
        label: Sentence of the house before the numbered points.
    """
    proposal = facts.proposal
    other = ALTERNATIVE[proposal.key]
    blocks: list[Block] = [
        paragraph(label or gettext("Das Gremium beschließt:")),
        listing(wording(facts, proposal.key), ordered=True),
        paragraph(
            strong(
                gettext("Andere Formulierung (%(decision)s):")
                % {"decision": gettext(DECISION_LABELS[other])}
            )
        ),
        listing(wording(facts, other), ordered=True),
        paragraph(_table_said(facts)),
    ]
    return tuple(blocks)


def wording(facts: PaperFacts, key: DecisionKey) -> list[str]:
    """Return the numbered points of one decision."""
    return _WORDINGS[key](facts)


def _table_said(facts: PaperFacts) -> str:
    proposal = facts.proposal
    table = gettext(DECISION_LABELS[proposal.table_key])
    said = gettext("Der Vorschlag folgt der Entscheidungstabelle: „%(table)s“.") % {"table": table}
    if proposal.table_key != proposal.key:
        said = gettext(
            "Die Entscheidungstabelle schlägt „%(table)s“ vor. Begründung der Abweichung:"
            " %(reason)s"
        ) % {"table": table, "reason": proposal.override_reason or gettext("keine angegeben")}
    return f"{said} {proposal.basis}".strip()


def _solution(facts: PaperFacts) -> str:
    """Return the solution as a sentence begins with it."""
    name = facts.effect.solution if facts.effect else facts.head.title
    return f"{name[:1].upper()}{name[1:]}"


def _limit(facts: PaperFacts) -> str:
    if facts.proposal.until is None:
        return gettext("zu einem vom Gremium zu bestimmenden Tag")
    return gettext("zum %(day)s") % {"day": day(facts.proposal.until)}


def _budget(facts: PaperFacts) -> str:
    finance = facts.finance
    amount = finance.years[0].expense if finance.years else None
    if amount is None:
        return gettext(
            "Die jährlichen Folgeaufwendungen sind nicht bekannt; die Verwaltung beziffert sie vor"
            " der Mittelfreigabe (Haushaltsstelle: %(account)s)."
        ) % {"account": finance.account or gettext("nicht bekannt")}
    return gettext(
        "Die jährlichen Folgeaufwendungen von %(amount)s werden bei %(account)s veranschlagt."
    ) % {
        "amount": euro(amount),
        "account": finance.account or gettext("einer noch zu benennenden Haushaltsstelle"),
    }


def _report(facts: PaperFacts) -> str:
    review = facts.review
    return gettext(
        "Die Verwaltung berichtet bis zum %(day)s über %(indicator)s und die Kosten."
    ) % {
        "day": day(review.next_report),
        "indicator": review.indicator or gettext("die vereinbarte Kennzahl"),
    }


def _continue(facts: PaperFacts) -> list[str]:
    first = gettext("%(solution)s wird fortgeführt.") % {"solution": _solution(facts)}
    return [first, _budget(facts), _report(facts)]


def _adapt(facts: PaperFacts) -> list[str]:
    first = gettext("%(solution)s wird befristet bis %(limit)s fortgeführt und angepasst.") % {
        "solution": _solution(facts),
        "limit": _limit(facts),
    }
    what = facts.proposal.adaptation
    changed = [gettext("Angepasst wird: %(what)s") % {"what": what}] if what else []
    target = facts.review.target or gettext("das vereinbarte Ziel")
    stop = gettext(
        "Wird „%(target)s“ bis dahin verfehlt, legt die Verwaltung einen Beschluss zum Beenden vor."
    ) % {"target": target}
    return [first, *changed, _budget(facts), stop, _report(facts)]


def _jointly(facts: PaperFacts) -> list[str]:
    partners = facts.proposal.partners or gettext("anderen Kommunen")
    return [
        gettext("%(solution)s wird gemeinsam mit %(partners)s fortgeführt.")
        % {"solution": _solution(facts), "partners": partners},
        gettext("Die Verwaltung legt eine Vereinbarung mit Kostenschlüssel zum Beschluss vor."),
        _budget(facts),
        _report(facts),
    ]


def _end(facts: PaperFacts) -> list[str]:
    receiver = facts.proposal.data_handover or gettext("die Kommune, in offenen Formaten")
    return [
        gettext("%(solution)s wird %(limit)s beendet.")
        % {"solution": _solution(facts), "limit": _limit(facts)},
        gettext("Die Daten werden vorher übergeben an: %(receiver)s.") % {"receiver": receiver},
        gettext("Die Verwaltung legt bis zum %(day)s einen Lernbericht vor.")
        % {"day": day(facts.review.next_report)},
    ]


def _not_yet(facts: PaperFacts) -> list[str]:
    measurement = facts.unknowns.smallest_measurement or gettext("die fehlenden Werte")
    return [
        gettext("Die Entscheidung wird vertagt: %(solution)s.") % {"solution": _solution(facts)},
        gettext("Die Verwaltung erhebt: %(what)s.") % {"what": measurement.rstrip(".")},
        _report(facts),
    ]


_WORDINGS: dict[DecisionKey, Callable[[PaperFacts], list[str]]] = {
    "continue": _continue,
    "adapt_limited": _adapt,
    "continue_jointly": _jointly,
    "end": _end,
    "not_yet_decidable": _not_yet,
}
