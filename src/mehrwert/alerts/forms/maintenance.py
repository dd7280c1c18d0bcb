"""Input of the page about maintenance."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.alerts.actions import MaintenanceChoice
from mehrwert.alerts.models import Maintenance
from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.base.forms import DayInput, NumberField


class MaintenanceForm(forms.Form):
    """What must be done how often, and when it was done last."""

    title = forms.CharField(
        label=_("Was ist zu tun"), help_text=_("Zum Beispiel: Laufrad prüfen."), max_length=120
    )
    thing = forms.TypedChoiceField(label=_("Wo"), coerce=int)
    every_days = forms.IntegerField(
        label=_("alle … Tage"), min_value=1, max_value=3_660, required=False
    )
    every_hours = forms.IntegerField(
        label=_("alle … Betriebsstunden"), min_value=1, max_value=100_000, required=False
    )
    datastream = forms.TypedChoiceField(
        label=_("Betrieb zeigt die Messreihe"),
        help_text=_("Nur für Betriebsstunden, zum Beispiel der Pumpenstrom."),
        coerce=lambda text: int(text) if text else None,
        empty_value=None,
        required=False,
    )
    running_above = NumberField(
        label=_("läuft, solange der Wert liegt über"),
        help_text=_("In der Einheit der Messreihe, zum Beispiel 0,5 A."),
        required=False,
    )
    done_on = forms.DateField(
        label=_("zuletzt erledigt am"),
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    plan = forms.TypedChoiceField(
        label=_("Wenn fällig, in die Runde"),
        help_text=_("Leer: Die Fälligkeit steht nur auf der Seite."),
        coerce=lambda text: int(text) if text else None,
        empty_value=None,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        things: list[tuple[int, str]],
        series: list[tuple[int, str]],
        plans: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        none = ("", gettext("keine"))
        self.fields["thing"].choices = things  # type: ignore[attr-defined]
        self.fields["datastream"].choices = [none, *series]  # type: ignore[attr-defined]
        self.fields["plan"].choices = [none, *plans]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for an interval, and for what hours of running are counted by."""
        given = super().clean() or {}
        if not given.get("every_days") and not given.get("every_hours") and not self.errors:
            self.add_error("every_days", gettext("Bitte Tage oder Betriebsstunden angeben."))
        if given.get("every_hours"):
            if not given.get("datastream"):
                self.add_error(
                    "datastream", gettext("Bitte wählen, woran man erkennt, dass die Anlage läuft.")
                )
            if given.get("running_above") is None and "running_above" not in self.errors:
                self.add_error("running_above", gettext("Bitte angeben, ab wann die Anlage läuft."))
        done_on = given.get("done_on")
        if done_on and done_on > from_us(now_us()).astimezone(_zone()).date():
            self.add_error("done_on", gettext("Der Tag liegt in der Zukunft."))
        return given

    def to_choice(self) -> MaintenanceChoice:
        """Return what was chosen."""
        given = self.cleaned_data
        counts = bool(given["every_hours"])
        begun = datetime.combine(given["done_on"], time(), _zone())
        return MaintenanceChoice(
            title=given["title"],
            thing_id=given["thing"],
            done_us=to_us(begun),
            every_days=given["every_days"],
            every_hours=given["every_hours"],
            datastream_id=given["datastream"] if counts else None,
            running_above=given["running_above"] if counts else None,
            plan_id=given["plan"],
        )


def initial_maintenance(row: Maintenance) -> dict[str, Any]:
    """Return a maintenance as its form shows it."""
    return {
        "title": row.title,
        "thing": row.thing_id,
        "every_days": row.every_days,
        "every_hours": row.every_hours,
        "datastream": row.datastream_id or "",
        "running_above": row.running_above,
        "done_on": from_us(row.done_us).astimezone(_zone()).date(),
        "plan": row.plan_id or "",
    }


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
