"""Rules that watch over Auental, so that a visitor sees one met while looking on."""

from mehrwert.alerts.actions import RuleChoice, create_rule, switch_rule
from mehrwert.alerts.choices import RuleKind, Severity
from mehrwert.alerts.queries import list_rules
from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo import town
from mehrwert.demo.queries import read_series_states

HOUR_S = 3_600
RULES = (
    (
        f"{town.MAIN_GAUGE}/level",
        RuleChoice(
            title="Die Aue steigt schnell",
            kind=RuleKind.RISES,
            threshold=0.1,
            window_s=600,
            hold_s=0,
            severity=Severity.WARNING,
            advice="Bauhof anrufen, Rechen an der Mühlbrücke ansehen.",
        ),
    ),
    (
        f"{town.MAIN_GAUGE}/level",
        RuleChoice(
            title="Hochwasser an der Mühlbrücke",
            kind=RuleKind.ABOVE,
            threshold=0.6,
            hysteresis=0.1,
            hold_s=60,
            damage_value=0.7,
            severity=Severity.ALARM,
            advice="Uferweg sperren, Anwohner der Mühlgasse anrufen.",
        ),
    ),
    (
        f"{town.SILENT_STATION}/soil_moisture",
        RuleChoice(
            title="Sensor an der Winterlinde schweigt",
            kind=RuleKind.SILENT,
            hold_s=6 * HOUR_S,
            severity=Severity.NOTE,
            advice="Batterie prüfen.",
        ),
    ),
)


def make_rules(tenant_id: int) -> None:
    """Make the rules and let them watch; those that are there stay as somebody left them."""
    series = read_series_states(tenant_id)
    with tenant_scope(tenant_id):
        known = set(list_rules().values_list("title", flat=True))
        for key, choice in RULES:
            if choice.title in known or key not in series:
                continue
            rule = create_rule(tenant_id, series[key].datastream_id, choice, actor=SYSTEM)
            switch_rule(rule, is_active=True, actor=SYSTEM)
