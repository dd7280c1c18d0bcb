"""Shape of input: adopt a device, make a source, write a codec."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.intake.actions import NETWORK, Adoption
from mehrwert.intake.queries import DeviceType
from mehrwert.intake.rules.description import AGGREGATIONS, measures_of

LARGEST_SCRIPT = 500_000
NEW_THING = ""


class DeviceTypeField(forms.ChoiceField):
    """Choice of a device type, grouped by what it measures."""

    def offer(self, types: list[DeviceType], *, has_object: bool) -> None:
        """Offer device types, and what the network decoded if it did."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in types:
            groups.setdefault(one.kind or gettext("Eigene"), []).append((one.slug, one.name))
        choices: list[Any] = [("", gettext("Bitte wählen"))]
        if has_object:
            choices.append((NETWORK, gettext("Werte, die der Netzserver mitschickt")))
        self.choices = [*choices, *sorted(groups.items())]


class AdoptForm(forms.Form):
    """How an unknown device becomes a known one."""

    device_type = DeviceTypeField(label=_("Gerätetyp"))
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        help_text=_("So heißt das Gerät in Listen, zum Beispiel „Linde am Markt“."),
    )
    thing = forms.ChoiceField(
        label=_("Messstelle"),
        required=False,
        help_text=_("Eine neue Messstelle bekommt den Namen des Geräts."),
    )
    lat = forms.FloatField(
        label=_("Breite"), required=False, min_value=-90, max_value=90, localize=True
    )
    lon = forms.FloatField(
        label=_("Länge"), required=False, min_value=-180, max_value=180, localize=True
    )

    def __init__(
        self,
        *args: Any,
        types: list[DeviceType],
        things: list[tuple[int, str]],
        has_object: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["device_type"]
        field.offer(types, has_object=has_object)
        thing: Any = self.fields["thing"]
        thing.choices = [(NEW_THING, gettext("Neue Messstelle")), *((str(i), n) for i, n in things)]

    def clean(self) -> Any:
        """Ask for both coordinates or none."""
        given = super().clean() or self.cleaned_data
        if (given.get("lat") is None) != (given.get("lon") is None):
            self.add_error("lon", gettext("Bitte geben Sie Breite und Länge an, oder keines."))
        return given

    def to_adoption(self) -> Adoption:
        """Return what was chosen."""
        given = self.cleaned_data
        thing = given["thing"]
        return Adoption(
            device_type=given["device_type"],
            name=given["name"],
            thing_id=int(thing) if thing else None,
            lon=None if thing else given["lon"],
            lat=None if thing else given["lat"],
        )


class DeviceForm(forms.Form):
    """Name, type and clock of an adopted device."""

    name = forms.CharField(label=_("Name"), max_length=160)
    device_type = DeviceTypeField(label=_("Gerätetyp"))
    clock_shift_s = forms.IntegerField(
        label=_("Die Uhr geht vor, in Sekunden"),
        help_text=_(
            "Um so viel werden die Zeiten des Geräts berichtigt; minus heißt: sie geht nach. 0 ="
            " nicht berichtigen. Gilt ab jetzt und für Nachrichten, die deshalb liegen blieben."
        ),
        min_value=-40_000_000,
        max_value=40_000_000,
        initial=0,
        required=False,
    )

    def __init__(self, *args: Any, types: list[DeviceType], has_object: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field: Any = self.fields["device_type"]
        field.offer(types, has_object=has_object)


class SourceForm(forms.Form):
    """A new source, or another name for one."""

    kind = forms.ChoiceField(label=_("Woher kommen die Nachrichten?"))
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Zum Beispiel „The Things Stack der Stadtwerke“."),
    )
    retention_days = forms.IntegerField(
        label=_("Nachrichten aufheben, in Tagen"),
        min_value=1,
        max_value=3650,
        initial=90,
        help_text=_(
            "Solange lassen sich Werte neu berechnen, wenn ein Codec falsch war."
            " Die Messwerte selbst bleiben."
        ),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds
        if len(kinds) == 1:
            field.initial = kinds[0][0]


def yaml_of(text: str, what: str) -> Any:
    """Return YAML as values.

    Raises:
        ValidationError: Says in which line it cannot be read.
    """
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = gettext("%(what)s: Zeile %(line)s ist nicht lesbar.")
        raise forms.ValidationError(message % {"what": what, "line": line}) from error
    except yaml.YAMLError as error:
        message = gettext("%(what)s sind nicht lesbar.") % {"what": what}
        raise forms.ValidationError(message) from error


class CodecForm(forms.Form):
    """A codec of one's own: script, what it measures, examples."""

    name = forms.CharField(label=_("Name"), max_length=120)
    script = forms.CharField(
        label=_("JavaScript"),
        max_length=LARGEST_SCRIPT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "tall mono", "spellcheck": "false"}),
        help_text=_("Die Codec-Datei des Herstellers mit decodeUplink, Decode oder Decoder."),
    )
    measures = forms.CharField(
        label=_("Messgrößen"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "spellcheck": "false"}),
        help_text=_(
            "Je Zeile: Feld; Name; Einheit; Zeichen; Zusammenfassung (mean, sum oder last)."
            " Zum Beispiel: temperature; Lufttemperatur; Grad Celsius; °C; mean"
        ),
    )
    examples = forms.CharField(
        label=_("Beispiele"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono", "spellcheck": "false"}),
        help_text=_(
            "YAML wie beim Hersteller: „- bytes: 0c16“, darunter „fPort: 1“ und"
            " „data: {temperature: 21.5}“. Erst wenn alle bestehen, wird der Codec aktiv."
        ),
    )
    source = forms.CharField(
        label=_("Herkunft"),
        max_length=300,
        required=False,
        help_text=_("Woher der Codec stammt und unter welcher Lizenz er steht."),
    )

    def clean_measures(self) -> list[dict[str, str]]:
        """Return the measures as a description has them."""
        found = []
        for number, line in enumerate(self.cleaned_data["measures"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(";")] + [""] * 4
            field, name, unit, symbol, aggregation = parts[:5]
            if not field or (aggregation and aggregation not in AGGREGATIONS):
                message = gettext("Zeile %(line)s der Messgrößen ist nicht verwendbar.")
                raise forms.ValidationError(message % {"line": number})
            found.append(
                {
                    "field": field,
                    "name": name or field,
                    "unit": unit,
                    "symbol": symbol,
                    "aggregation": aggregation or "mean",
                }
            )
        return found

    def clean_examples(self) -> list[dict[str, Any]]:
        """Return the examples as a list."""
        found = yaml_of(self.cleaned_data["examples"], gettext("Beispiele"))
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise forms.ValidationError(gettext("Bitte geben Sie eine Liste von Beispielen an."))
        return found

    @staticmethod
    def initial_of(codec: Any) -> dict[str, str]:
        """Return what the form shows of a codec."""
        rows = measures_of(codec.description).values()
        lines = [
            "; ".join((m.field, m.name, m.unit_name, m.unit_symbol, m.aggregation)) for m in rows
        ]
        return {
            "name": codec.name,
            "script": codec.script,
            "measures": "\n".join(lines),
            "examples": yaml.safe_dump(codec.examples, allow_unicode=True, sort_keys=False),
            "source": str(codec.description.get("source") or ""),
        }


class TryForm(forms.Form):
    """Bytes to try a codec with."""

    payload = forms.CharField(
        label=_("Bytes"),
        max_length=2000,
        help_text=_("Hexadezimal oder Base64, zum Beispiel 0c16."),
    )
    f_port = forms.IntegerField(label=_("fPort"), min_value=0, max_value=255, initial=1)
