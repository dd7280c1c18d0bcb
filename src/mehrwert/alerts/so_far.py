"""The sentence of a rule while somebody fills its blanks: what is missing shows as a blank."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from mehrwert.alerts.choices import RuleKind, Severity
from mehrwert.alerts.forms import RuleForm
from mehrwert.alerts.wording import amount, condition_words, duration_text, severity_text

BLANK = "____"


def sentence_so_far(form: RuleForm, units: dict[int, str]) -> str:
    """Return the rule as far as the form says it.

    Args:
        form: Bound or not, right or wrong.
        units: Unit of each series by id.
    """
    series = _read(form, "datastream")
    kind = _read(form, "kind") or RuleKind.ABOVE
    limit, window, hold = (_read(form, name) for name in ("threshold", "window_min", "hold_min"))
    unit = units.get(series, "")
    condition = condition_words(
        kind,
        limit=f"{BLANK} {unit}".strip() if limit is None else amount(limit, unit),
        window=duration_text(window * 60) if window else BLANK,
        hold=_hold(kind, hold),
        expression=_read(form, "expression") or BLANK,
    )
    names = dict(form.fields["datastream"].choices)  # type: ignore[attr-defined]
    told = {
        "series": names.get(series, BLANK),
        "condition": condition,
        "severity": severity_text((_read(form, "severity") or Severity.WARNING).value),
    }
    who = _who(form)
    if who:
        told["who"] = ", ".join(who)
        return gettext("Wenn %(series)s %(condition)s, dann %(severity)s an %(who)s.") % told
    return gettext("Wenn %(series)s %(condition)s, dann %(severity)s auf der Seite.") % told


def _hold(kind: RuleKind, minutes: int | None) -> str:
    if minutes:
        return duration_text(minutes * 60)
    return BLANK if kind is RuleKind.SILENT else ""


def _who(form: RuleForm) -> list[str]:
    """Return the addresses and people chosen; one that is wrong is left out."""
    labels = dict(form.fields["targets"].choices)  # type: ignore[attr-defined]
    chosen = [labels[key] for key in _read(form, "targets") or [] if key in labels]
    return [*(_read(form, "recipients") or ()), *chosen]


def _read(form: RuleForm, name: str) -> Any:
    """Return what a field says, None while it says nothing or something wrong."""
    given = form[name].value()
    try:
        return form.fields[name].clean(given)
    except ValidationError:
        return None
