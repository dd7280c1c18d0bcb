"""Input of the pages: things and series by hand, flags, deletion. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mehrwert.base.forms import NumberField, ProposalInput
from mehrwert.observations.charting import moment_of
from mehrwert.observations.choices import Aggregation, Protection, Quality

INTERVALS = (
    ("", _("nicht bekannt")),
    ("60", _("jede Minute")),
    ("300", _("alle 5 Minuten")),
    ("600", _("alle 10 Minuten")),
    ("900", _("alle 15 Minuten")),
    ("1800", _("alle 30 Minuten")),
    ("3600", _("jede Stunde")),
    ("10800", _("alle 3 Stunden")),
    ("21600", _("alle 6 Stunden")),
    ("86400", _("jeden Tag")),
)
# Proposals only: any text may be typed
PROPERTIES = (
    *(_("Wasserstand"), _("Bodenfeuchte"), _("Lufttemperatur"), _("Luftfeuchte")),
    *(_("Niederschlag"), _("Feinstaub PM10"), _("Feinstaub PM2,5"), _("Anzahl Fahrräder")),
    *(_("Anzahl Fahrzeuge"), _("Füllstand"), _("Batteriespannung")),
)
UNITS = ("m", "cm", "mm", "°C", "%", "l/s", "mm/h", "µg/m³", "dB", "V", "kWh", "W", "1")
LICENCES = (
    "Datenlizenz Deutschland – Namensnennung 2.0",
    "Datenlizenz Deutschland – Zero 2.0",
    "CC BY 4.0",
    "CC0 1.0",
)


class PlaceForm(forms.Form):
    """Where something is: both coordinates or none."""

    place_name = forms.CharField(
        label=_("Ort in Worten"),
        required=False,
        max_length=200,
        help_text=_("Zum Beispiel: Brücke am Bachweg."),
    )
    lat = forms.FloatField(
        label=_("Breite"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=_("Grad, zum Beispiel 51,96236. Oder klicken Sie in die Karte."),
        localize=True,
    )
    lon = forms.FloatField(
        label=_("Länge"),
        required=False,
        min_value=-180,
        max_value=180,
        help_text=_("Grad, zum Beispiel 7,62571."),
        localize=True,
    )
    approximate = forms.BooleanField(label=_("Der Ort ist nur ungefähr bekannt"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse half a position."""
        cleaned = super().clean() or {}
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if (lat is None) != (lon is None) and not {"lat", "lon"} & self.errors.keys():
            missing = "lat" if lat is None else "lon"
            self.add_error(
                missing, _("Bitte geben Sie Breite und Länge an, oder keines von beiden.")
            )
        return cleaned


class ThingForm(PlaceForm):
    """What a Messstelle is called and where it is."""

    name = forms.CharField(
        label=_("Name der Messstelle"),
        max_length=200,
        help_text=_("So, wie Sie im Gespräch darüber reden: Pegel Mühlbach."),
    )
    description = forms.CharField(
        label=_("Beschreibung"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Was wird hier gemessen, wer kümmert sich darum?"),
    )

    field_order = ("name", "description", "place_name", "lat", "lon", "approximate")


class DatastreamForm(forms.Form):
    """A series: what is measured, in which unit, how often, and who may see it."""

    property_name = forms.CharField(
        label=_("Messgröße"),
        max_length=200,
        help_text=_("Was gemessen wird. Gleiche Namen lassen sich später zusammen suchen."),
    )
    name = forms.CharField(
        label=_("Name der Messreihe"),
        required=False,
        max_length=200,
        help_text=_("Leer: Messgröße und Messstelle."),
    )
    unit_symbol = forms.CharField(
        label=_("Einheit"),
        required=False,
        max_length=30,
        help_text=_("Das Zeichen hinter der Zahl. Leer bei Anzahlen."),
    )
    expected_interval_s = forms.ChoiceField(
        label=_("Wie oft kommt ein Wert?"),
        choices=INTERVALS,
        required=False,
        help_text=_("Bleiben drei Werte aus, gilt der Sensor als schweigend."),
    )
    aggregation = forms.ChoiceField(
        label=_("Mehrere Werte zusammenfassen als"),
        choices=[
            (Aggregation.MEAN.value, _("Mittelwert, zum Beispiel Temperaturen")),
            (Aggregation.SUM.value, _("Summe, zum Beispiel gezählte Fahrräder oder Regen")),
            (Aggregation.LAST.value, _("letzter Wert, zum Beispiel ein Zählerstand")),
        ],
        widget=forms.RadioSelect,
        initial=Aggregation.MEAN.value,
    )
    protection = forms.ChoiceField(
        label=_("Schutzbedarf"),
        choices=[
            (Protection.OPEN.value, _("offen: alle dürfen die Werte sehen")),
            (Protection.INTERNAL.value, _("intern: nur Ihre Verwaltung")),
            (Protection.PERSONAL.value, _("personenbezogen: Rückschluss auf Menschen möglich")),
            (Protection.CRITICAL.value, _("kritische Infrastruktur")),
        ],
        widget=forms.RadioSelect,
        initial=Protection.INTERNAL.value,
    )
    sensor_name = forms.CharField(
        label=_("Messgerät"),
        required=False,
        max_length=200,
        help_text=_("Typ oder Verfahren, zum Beispiel Drucksonde. Leer: nicht bekannt."),
    )
    source = forms.CharField(
        label=_("Quelle"),
        required=False,
        max_length=300,
        help_text=_("Woher die Werte kommen, zum Beispiel: eigener Sensor, LoRaWAN."),
    )
    licence = forms.CharField(label=_("Lizenz"), required=False, max_length=200)
    credit = forms.CharField(
        label=_("Namensnennung"),
        required=False,
        max_length=300,
        help_text=_("Steht unter jeder Abbildung, zum Beispiel: Stadt Auental."),
    )

    def __init__(
        self,
        *args: Any,
        names: tuple[list[str], list[tuple[str, str]], list[str]] = ([], [], []),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        properties, units, licences = names
        proposals = {
            "property_name": [*properties, *(str(p) for p in PROPERTIES)],
            "unit_symbol": [*(symbol for symbol, _name in units), *UNITS],
            "licence": [*licences, *LICENCES],
        }
        for name, texts in proposals.items():
            self.fields[name].widget = ProposalInput(list(dict.fromkeys(texts)))

    def clean_expected_interval_s(self) -> int | None:
        """Return seconds."""
        given = self.cleaned_data["expected_interval_s"]
        return int(given) if given else None


class FlagForm(forms.Form):
    """A stretch of a series that is doubtful or wrong, and why."""

    von = forms.CharField(
        label=pgettext_lazy("Zeitraum", "von"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
    )
    bis = forms.CharField(
        label=pgettext_lazy("Zeitraum", "bis"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
        help_text=_("Dieser Zeitpunkt selbst gehört nicht mehr dazu."),
    )
    quality = forms.TypedChoiceField(
        label=_("Die Werte sind"),
        coerce=int,
        choices=[
            (
                int(Quality.SUSPECT),
                _("zweifelhaft: sie bleiben sichtbar, mit Kennzeichen"),
            ),
            (int(Quality.BAD), _("falsch: sie zählen in Bildern und Summen nicht mehr")),
            (int(Quality.GOOD), _("geprüft und gut")),
        ],
        widget=forms.RadioSelect,
        initial=int(Quality.SUSPECT),
    )
    reason = forms.CharField(
        label=_("Grund"),
        max_length=300,
        help_text=_("Steht in der Geschichte der Messreihe, zum Beispiel: Sensor verschmutzt."),
    )

    def clean(self) -> dict[str, Any]:
        """Turn both ends into microseconds and refuse an empty stretch."""
        cleaned = super().clean() or {}
        ends = {}
        for name in ("von", "bis"):
            if name not in cleaned:
                continue
            moment = moment_of(cleaned[name])
            if moment is None:
                self.add_error(
                    name, _("Bitte geben Sie Tag und Uhrzeit an, z. B. 2026-07-16T14:00.")
                )
            else:
                ends[name] = round(moment.timestamp() * 1_000_000)
        if len(ends) == 2:
            if ends["von"] >= ends["bis"]:
                self.add_error("bis", _("Das Ende muss nach dem Anfang liegen."))
            cleaned["span"] = (ends["von"], ends["bis"])
        return cleaned


class LimitForm(forms.Form):
    """From which value on days are counted."""

    ab = NumberField(label=_("Tage zählen, deren höchster Wert erreicht:"))


class ReasonForm(forms.Form):
    """Why somebody takes an edit back."""

    reason = forms.CharField(
        label=_("Grund"),
        max_length=300,
        help_text=_("Steht mit Ihrem Namen in der Geschichte, zum Beispiel: falsche Datei."),
    )


class DeleteForm(forms.Form):
    """Deletion of what holds readings: the name is typed, so that nobody does it by accident."""

    typed = forms.CharField(label=_("Name zur Bestätigung"), widget=forms.TextInput)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._expected = expected

    def clean_typed(self) -> str:
        """Compare with the name."""
        typed: str = self.cleaned_data["typed"].strip()
        if typed != self._expected.strip():
            raise forms.ValidationError(
                _("Das ist nicht der Name. Bitte geben Sie genau ein: %(name)s"),
                params={"name": self._expected},
            )
        return typed
