"""Four tensions as pairs: two poles, each with its trend; never summed (specification 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mehrwert.base.marks import mark
from mehrwert.provision.rules.ruleset import PHASE_RULES, PhaseRules


class Trend(StrEnum):
    """How a pole moved in the last twelve months."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pole:
    """One end of a tension: what is counted there, under which key, and who says it where."""

    key: str
    name: str
    measured: str
    entered: str
    is_share: bool = True


@dataclass(frozen=True, slots=True)
class Tension:
    """Two things that a municipality wants at once."""

    key: str
    title: str
    left: Pole
    right: Pole


TENSIONS: tuple[Tension, ...] = (
    Tension(
        "standards",
        mark("Standardisierung"),
        Pole(
            "standard_share",
            mark("Leitplanken"),
            mark("Lösungen mit geprüftem Standard"),
            mark("Standard und Prüfung stehen bei jedem Vorhaben unter „Angaben ändern“."),
        ),
        Pole(
            "deviation_share",
            mark("Freiheit"),
            mark("Lösungen mit begründeter Abweichung"),
            mark("Was Sie geändert haben, steht bei der Nachnutzung unter „Bei uns anders“."),
        ),
    ),
    Tension(
        "value",
        mark("Spürbarer Mehrwert"),
        Pole(
            "reach",
            mark("Aufmerksamkeit"),
            mark("Nutzungen im Jahr"),
            mark("Nutzungen im Jahr stehen bei jedem Vorhaben unter „Geld“."),
            is_share=False,
        ),
        Pole(
            "outcome_share",
            mark("Nutzen"),
            mark("Vorhaben mit benannten Nutznießern und Belegstufe 2 oder höher"),
            mark("Das zeigen laufende Vorhaben und ihre Bewertungen."),
        ),
    ),
    Tension(
        "knowledge",
        mark("Informationszugang"),
        Pole(
            "registered",
            mark("viel"),
            mark("eingetragene Lösungen"),
            mark("Jedes Vorhaben zählt."),
            is_share=False,
        ),
        Pole(
            "never_funded_ratio",
            mark("bekannt"),
            mark("Übernahmen durch nie geförderte Kommunen, gemessen an ihrem Anteil"),
            mark("Das sieht nur, wer viele Kommunen überblickt: Land und Bund."),
        ),
    ),
    Tension(
        "financing",
        mark("Finanzierung"),
        Pole(
            "funded_share",
            mark("Förderung"),
            mark("Anteil der Förderung an laufenden Kosten"),
            mark("Förderung und laufende Kosten stehen in den Akten; fehlt eine, bleibt es offen."),
        ),
        Pole(
            "budget_share",
            mark("Haushalt"),
            mark("Anteil der laufenden Kosten im Ergebnishaushalt"),
            mark("Ob die Kosten unbefristet im Haushalt stehen, sagt jede Akte."),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class TensionShown:
    """A tension with its values now, its trends and a warning (empty when there is none)."""

    tension: Tension
    left: float | None
    right: float | None
    left_trend: Trend
    right_trend: Trend
    warning: str


def show_tensions(
    now: Mapping[str, float],
    before: Mapping[str, float],
    *,
    plays_on_purpose: bool = False,
    rules: PhaseRules = PHASE_RULES,
) -> tuple[TensionShown, ...]:
    """Return all four.

    Args:
        now: Values by key of the pole, plus ``cliff_share`` (part of the running cost that loses
            its funding within 24 months without a decision). What is missing is unknown.
        before: The same twelve months earlier.
        plays_on_purpose: Playful participation is the declared goal: no warning of attention.
        rules: The limits.
    """
    return tuple(
        TensionShown(
            tension=one,
            left=now.get(one.left.key),
            right=now.get(one.right.key),
            left_trend=trend(now.get(one.left.key), before.get(one.left.key)),
            right_trend=trend(now.get(one.right.key), before.get(one.right.key)),
            warning=_warning(one.key, now, before, plays_on_purpose, rules),
        )
        for one in TENSIONS
    )


def trend(now: float | None, before: float | None) -> Trend:
    """Return how a value moved; unknown unless both are known."""
    if now is None or before is None:
        return Trend.UNKNOWN
    if now == before:
        return Trend.SAME
    return Trend.UP if now > before else Trend.DOWN


def _warning(
    key: str,
    now: Mapping[str, float],
    before: Mapping[str, float],
    plays_on_purpose: bool,
    rules: PhaseRules,
) -> str:
    if key == "standards":
        return _warn_standards(now, rules)
    if key == "value":
        is_louder = trend(now.get("reach"), before.get("reach")) is Trend.UP
        is_open = now.get("outcome_share", 1.0) < rules.outcome_share_min
        is_warned = is_louder and is_open and not plays_on_purpose
        return mark("Sichtbar, Nutzen offen.") if is_warned else ""
    if key == "knowledge":
        is_few = now.get("never_funded_ratio", 1.0) < rules.never_funded_ratio_min
        return mark("Bei nie geförderten Kommunen kommt zu wenig an.") if is_few else ""
    is_steep = now.get("cliff_share", 0.0) > rules.cliff_share_max
    if is_steep:
        return mark(
            "Mehr als ein Zehntel der laufenden Kosten verliert die Förderung, ohne dass "
            "entschieden ist."
        )
    return ""


def _warn_standards(now: Mapping[str, float], rules: PhaseRules) -> str:
    if now.get("standard_share", 1.0) < rules.standard_share_min:
        return mark("Orientierung fehlt.")
    if now.get("deviation_share", 0.0) > rules.deviation_share_max:
        return mark("Der Standard passt nicht.")
    return ""
