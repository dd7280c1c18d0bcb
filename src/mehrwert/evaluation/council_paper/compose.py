"""A council paper from facts and a house profile: the tree that every format is written from."""

from django.utils.translation import gettext, override

from mehrwert.documents.model import (
    Attachment,
    Block,
    Document,
    Field,
    Furniture,
    Metadata,
    Section,
)
from mehrwert.evaluation.council_paper.facts import PaperFacts
from mehrwert.evaluation.council_paper.numbers import NAME, numbers_csv
from mehrwert.evaluation.council_paper.profile import SECTION_NAMES, Profile, SectionRule
from mehrwert.evaluation.council_paper.sections import KIND_NAMES, blocks_of


def compose(facts: PaperFacts, profile: Profile, *, is_released: bool = False) -> Document:
    """Return the paper in the order, words and language of the house.

    Args:
        facts: What is known, and what is known to be unknown.
        profile: Order and names of the sections; checked when it was read.
        is_released: A draft says so on every page.
    """
    with override(profile.language):
        return _composed(facts, profile, is_released)


def _composed(facts: PaperFacts, profile: Profile, is_released: bool) -> Document:
    head = facts.head
    kind = gettext(KIND_NAMES[head.kind])
    number = f"{kind} {head.number}".strip()
    sections = tuple(_section(rule, facts, profile) for rule in profile.sections if not rule.hidden)
    numbers = Attachment(
        NAME, "text/csv", numbers_csv(facts), gettext("Alle Zahlen dieser Vorlage")
    )
    provenance = (
        *(Field(label, value) for label, value in facts.provenance),
        Field(
            gettext("Aufbau der Vorlage"),
            f"{profile.name}, {profile.key}, {gettext('Fassung')} {profile.version}",
        ),
        Field(gettext("Von Menschen geschriebener Text"), gettext("mit Linie am Rand")),
    )
    return Document(
        title=head.title,
        kind="council_paper",
        language=profile.language,
        subtitle=number,
        metadata=Metadata(
            author=head.author,
            created=head.created.isoformat(),
            subject=f"{number}: {head.title}",
        ),
        furniture=Furniture(
            header=f"{head.author} · {number}",
            footer=gettext("Erzeugt mit Mehrwert aus den Daten der Kommune"),
            banner=_banner(facts, is_released),
        ),
        blocks=sections,
        attachments=(numbers,),
        provenance=provenance,
    )


def _section(rule: SectionRule, facts: PaperFacts, profile: Profile) -> Section:
    """Return a heading with its section, or with several sections that keep their own names."""
    label = profile.shown_label(rule)
    if len(rule.keys) == 1:
        return Section(rule.keys[0], label, blocks_of(rule.keys[0], facts, profile))
    parts: list[Block] = []
    for key in rule.keys:
        name, blocks = gettext(SECTION_NAMES[key]), blocks_of(key, facts, profile)
        says_the_same = not parts and name.casefold() in label.casefold()
        parts.extend(blocks if says_the_same else (Section(key, name, blocks),))
    return Section("-".join(rule.keys), label, tuple(parts))


def _banner(facts: PaperFacts, is_released: bool) -> str:
    said = []
    if not is_released:
        said.append(gettext("Entwurf"))
    if facts.is_demo:
        said.append(gettext("Demo: Alle Angaben sind erfunden"))
    return " · ".join(said)
