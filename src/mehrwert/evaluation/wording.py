"""What checks and designs say, in German sentences with named places; the door translates them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from mehrwert.base.marks import mark

# code → title
CHECK_TITLES: dict[str, str] = {
    "missing_pre": mark("Fehlende Monate vor dem Start"),
    "missing_post": mark("Fehlende Monate nach dem Start"),
    "definition_break": mark("Bruch in der Definition"),
    "territory_change": mark("Gebietsreform"),
    "instrument_change": mark("Anderes Messgerät"),
    "concurrent_event": mark("Gleichzeitiges Ereignis"),
    "calibration": mark("Kalibrierung"),
    "comparisons_late": mark("Wahl der Vergleichsorte"),
    "scale": mark("Werte und Skala"),
    "unusable": mark("Rechenbarkeit"),
    "too_few": mark("Zahl der Monate"),
    "exposure": mark("Bezugsgröße"),
    "count_model": mark("Monate mit null"),
    "count_quarters": mark("Monate mit null"),
    "count_companion": mark("Zum Vergleich: Zählmodell"),
    "synthetic_did": mark("Zum Vergleich: gewichtete Orte und Monate"),
    "slow": mark("Langsame Schwankungen"),
    "residuals": mark("Rest nach dem Modell"),
    "placebo_time": mark("Gegenprobe: erfundene Starttermine"),
    "placebo_space": mark("Gegenprobe: andere Orte"),
    "gap_slope": mark("Abstand zu den Vergleichsorten"),
    "leave_out": mark("Ohne die ersten Monate"),
    "no_effect_outcome": mark("Kennzahl, bei der nichts passieren darf"),
}
_MISSING = mark("Es fehlen %(n)s von %(of)s Monaten. Erlaubt ist höchstens ein Fünftel.")
_MISSING_OK = mark("Es fehlen %(n)s von %(of)s Monaten.")
# (code, verdict) → sentence; ``*`` for any other verdict
CHECKS: dict[tuple[str, str], str] = {
    ("missing_pre", "passed"): _MISSING_OK,
    ("missing_pre", "refused"): _MISSING,
    ("missing_post", "passed"): _MISSING_OK,
    ("missing_post", "refused"): _MISSING,
    ("definition_break", "refused"): mark(
        "Im %(month)s änderte sich, was die Kennzahl misst (%(words)s). Vorher und nachher sind"
        " nicht vergleichbar."
    ),
    ("territory_change", "refused"): mark(
        "Im %(month)s änderte sich das Gebiet oder seine Einwohnerzahl (%(words)s). Vergleichbar"
        " ist das erst, wenn alle Monate auf ein Gebiet umgerechnet sind."
    ),
    ("instrument_change", "flagged"): mark(
        "Seit %(month)s misst ein anderes Gerät (%(words)s). Der Sprung ist im Modell abgezogen."
    ),
    ("concurrent_event", "flagged"): mark(
        "Im %(month)s: %(words)s. Das kann die Werte ebenso verändert haben."
    ),
    ("calibration", "passed"): mark("Die Kalibrierung galt im ganzen Zeitraum."),
    ("calibration", "failed"): mark("Die Kalibrierung galt nur bis %(month)s."),
    ("comparisons_late", "flagged"): mark(
        "Die Vergleichsorte standen erst nach dem Start fest. Wer das Ergebnis schon kennt, könnte"
        " passende gewählt haben."
    ),
    ("scale", "refused"): mark(
        "%(n)s Monatswerte liegen außerhalb der Skala, oder alle sind null. Damit lässt sich kein"
        " Verhältnis bilden; bitte eine andere Skala oder längere Zeiträume wählen."
    ),
    ("exposure", "passed"): mark(
        "%(n)s Monate sind je Bezugsgröße gerechnet. Gibt es keine Nullen, zeigt das Bild die"
        " Werte, wie sie bei mittlerer Bezugsgröße wären."
    ),
    ("count_model", "passed"): mark(
        "%(n)s Monatswerte sind null. Gerechnet wird mit einem Modell für Anzahlen (Quasi-Poisson)."
        " Der Bereich rechnet ein, dass Monate ein wenig zusammenhängen können."
    ),
    ("count_quarters", "flagged"): mark(
        "%(n)s Monatswerte sind null, und aufeinanderfolgende Monate hängen zusammen. Gerechnet"
        " wird deshalb mit Vierteljahren; ein Vergleich mit anderen Orten entfällt."
    ),
    ("count_quarters", "refused"): mark(
        "%(n)s Monatswerte sind null, und aufeinanderfolgende Monate hängen zusammen. Auch in"
        " Vierteljahren bleiben Nullen oder zu wenige Werte; so lässt sich kein Verhältnis bilden."
    ),
    ("count_companion", "passed"): mark(
        "Ein Modell für Anzahlen (Quasi-Poisson) käme auf %(mid)s %% (%(low)s bis %(high)s %%). Es"
        " nimmt an, dass Monate unabhängig sind, und zählt nicht als Ergebnis."
    ),
    ("synthetic_did", "passed"): mark(
        "Eine Rechnung, die Orte und Monate gewichtet (Synthetic Difference-in-Differences), käme"
        " auf %(mid)s %% (%(low)s bis %(high)s %%). Sie zählt nicht als Ergebnis."
    ),
    ("unusable", "refused"): mark("Mit diesen Werten lässt sich das Modell nicht rechnen."),
    ("too_few", "refused"): mark(
        "Es gibt %(pre)s Monate vor und %(post)s nach dem Start. Nötig sind je vier."
    ),
    ("slow", "refused"): mark(
        "Der Verlauf schwankt so langsam, dass sich die Wirkung so nicht trennen lässt. Eine"
        " gewichtete Vergleichsgruppe aus mindestens zehn Orten könnte das."
    ),
    ("residuals", "passed"): mark("Nach dem Modell bleibt nur Zufall übrig."),
    ("residuals", "failed"): mark(
        "Der Verlauf ist verwickelter als das Modell; der Bereich ist eher zu schmal."
    ),
    ("placebo_time", "passed"): mark(
        "An %(n)s erfundenen Startterminen zeigte sich %(larger)s-mal ein mindestens so großer"
        " Unterschied."
    ),
    ("placebo_time", "failed"): mark(
        "An %(n)s erfundenen Startterminen zeigte sich %(larger)s-mal ein mindestens so großer"
        " Unterschied. Der Befund kann Zufall sein."
    ),
    ("placebo_time", "flagged"): mark("Für eine Gegenprobe gibt es vor dem Start zu wenig Monate."),
    ("placebo_space", "passed"): mark(
        "Unter %(n)s Orten ohne die Lösung ist ein so großer Unterschied selten."
    ),
    ("placebo_space", "flagged"): mark(
        "Unter %(n)s Orten ohne die Lösung kommt ein so großer Unterschied öfter vor, oder es sind"
        " zu wenige Orte für eine Aussage."
    ),
    ("gap_slope", "passed"): mark(
        "Hätte sich der Abstand weiter entwickelt wie vor dem Start: %(on)s %% (so ist gerechnet)."
        " Wäre er gleich geblieben: %(flat)s %%. Dass vorher nichts auffiel, beweist nichts."
    ),
    ("leave_out", "passed"): mark("Ohne die ersten %(n)s Monate bleibt das Ergebnis im Bereich."),
    ("leave_out", "failed"): mark(
        "Ohne die ersten %(n)s Monate läge das Ergebnis außerhalb des Bereichs."
    ),
    ("leave_out", "flagged"): mark("Dafür gibt es nach dem Start zu wenig Monate."),
    ("no_effect_outcome", "passed"): mark("Dort zeigt sich auch nichts."),
    ("no_effect_outcome", "failed"): mark(
        "Auch dort zeigt sich ein Unterschied; etwas anderes hat sich verändert."
    ),
    ("no_effect_outcome", "flagged"): mark("Keine benannt. Eine zu nennen hilft dem Urteil."),
}
VERDICTS: dict[str, tuple[str, str]] = {
    "passed": (mark("bestanden"), "ok"),
    "flagged": (mark("Hinweis"), "info"),
    "failed": (mark("nicht bestanden"), "warn"),
    "refused": (mark("verhindert ein Urteil"), "bad"),
}
UNMET: dict[str, str] = {
    "comparisons": mark("%(value)s Vergleichsorte mit vollständigen Werten, nötig sind %(least)s"),
    "donors": mark("%(value)s Vergleichsorte mit vollständigen Werten, nötig sind %(least)s"),
    "common_pre": mark(
        "%(value)s gemeinsame Monate vor dem Start mit Vergleichsorten, nötig sind %(least)s"
    ),
    "pre": mark("%(value)s Monate vor dem Start, nötig sind %(least)s"),
    "post": mark("%(value)s Monate nach dem Start, nötig sind %(least)s"),
    "zeros": mark("mit Monaten von null lässt sich kein Verhältnis zu anderen Orten bilden"),
    "rmspe": mark("die Vergleichsgruppe passt vor dem Start nicht gut genug"),
    "slow": mark("auch der Abstand zur Vergleichsgruppe schwankt zu langsam"),
}
TIPS: dict[str, str] = {
    "rate": mark("bei 3 % Zins"),
    "dearer": mark("bei 20 % höheren Preisen"),
    "low": mark("am günstigen Ende des Bereichs"),
    "high": mark("am ungünstigen Ende des Bereichs"),
}
TABLE_ROWS: dict[int, str] = {
    1: mark("Recht oder Datenschutz stehen entgegen: beenden, oder aussetzen, bis es geheilt ist."),
    2: mark("Es fehlt eine Messung der Wirkung, oder sie ist nicht belegt."),
    3: mark(
        "Die Messung spricht gegen die Lösung, oder sie bringt nichts und kostet. Vor dem Beenden"
        " bitte die Zweckbindung der Fördermittel prüfen."
    ),
    4: mark("Mindestens Hinweise, wahrscheinlich besser, bezahlbar und rechtlich geprüft."),
    5: mark("Mindestens Hinweise, wahrscheinlich besser, trägt sich aber nur gemeinsam."),
    6: mark(
        "Mindestens Hinweise, wahrscheinlich besser; ob es sich trägt oder zulässig ist, ist"
        " offen. Auch „beenden“ ist vertretbar."
    ),
    7: mark("Wahrscheinlich besser, aber noch nicht sicher genug."),
    8: mark("Besser und schlechter sind ähnlich wahrscheinlich."),
}
# what could be measured so that a decision becomes possible (EVI-193)
CANDIDATES: dict[str, str] = {
    "months": mark("Länger messen: %(n)s Monate mehr nach dem Start"),
    "comparison": mark("Messreihen von %(n)s weiteren Vergleichsorten ohne die Lösung besorgen"),
    "baseline": mark(
        "Neuer Plan vor dem nächsten Schritt: %(n)s weitere Monate vorher messen, dann ein Jahr"
    ),
    "indicator": mark("Messen, worum es geht, statt ersatzweise etwas anderes"),
}


def ground_words(ground: Mapping[str, Any]) -> str:
    """Return what a proposal rests on (section 14 of the specification: the paper names which)."""
    given = {"class": ground["evidence_class"], "k": ground["k"]}
    if ground["source"] == "own":
        return gettext("Grundlage: die eigene Messung, Stufe %(class)s.") % given
    return (
        ngettext(
            "Grundlage: was nach der Erfahrung aus %(k)s Kommune hier zu erwarten ist,"
            " Stufe %(class)s. Die eigene Messung allein trägt weniger.",
            "Grundlage: was nach der Erfahrung aus %(k)s Kommunen hier zu erwarten ist,"
            " Stufe %(class)s. Die eigene Messung allein trägt weniger.",
            ground["k"],
        )
        % given
    )
