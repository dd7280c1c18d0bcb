"""Alternatives with the same columns for all; „nichts tun“ and „im Verbund“ are always there."""

from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.documents.building import listing, paragraph, table
from mehrwert.documents.model import Block
from mehrwert.evaluation.council_paper.facts import Alternative, PaperFacts
from mehrwert.evaluation.council_paper.wording import chance, euro, euro_exact, unknown

NAMES: dict[str, str] = {
    "proposed": mark("wie vorgeschlagen"),
    "nothing": mark("nichts tun"),
    "joint": mark("im Verbund"),
    "market": mark("über den Marktplatz"),
    "other": mark("andere Lösung"),
}
ALWAYS = ("proposed", "nothing", "joint")
NOT_EXAMINED = mark("Diese Möglichkeit wurde nicht untersucht.")


def alternative_blocks(facts: PaperFacts) -> tuple[Block, ...]:
    """Return the table and why values are missing (DOC-84, DOC-182)."""
    rows = all_alternatives(facts)
    first, second = facts.rates
    head = [
        gettext("Alternative"),
        gettext("Wirkung (Bereich)"),
        gettext("Stufe"),
        ">" + gettext("Kosten je Jahr"),
        ">" + gettext("je Einwohner"),
        ">" + gettext("Kapitalwert %(rate)s") % {"rate": first},
        ">" + gettext("Kapitalwert %(rate)s") % {"rate": second},
        gettext("trägt sich in"),
    ]
    grid = table(
        gettext("Alternativen im Vergleich"),
        head,
        [
            [
                name_of(one),
                one.effect or unknown(),
                unknown() if one.evidence_class is None else str(one.evidence_class),
                euro(one.yearly),
                euro_exact(one.per_inhabitant),
                euro(one.value_first_rate),
                euro(one.value_second_rate),
                chance(one.chance),
            ]
            for one in rows
        ],
    )
    reasons = [f"{name_of(one)}: {one.missing}" for one in rows if one.missing]
    if not reasons:
        return (grid,)
    return (grid, paragraph(gettext("Warum Werte fehlen:")), listing(reasons))


def all_alternatives(facts: PaperFacts) -> list[Alternative]:
    """Return what was examined, and a row for what must stand there and was not."""
    given = {one.key for one in facts.alternatives}
    added = [
        Alternative(key=key, missing=gettext(NOT_EXAMINED))  # type: ignore[arg-type]
        for key in ALWAYS
        if key not in given
    ]
    order = list(NAMES)
    return sorted([*facts.alternatives, *added], key=lambda one: order.index(one.key))


def name_of(one: Alternative) -> str:
    """Return the name of an alternative."""
    return one.label or gettext(NAMES[one.key])
