"""Shape of input: where a broker is, which values count, a binding as a file."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.connectors.mqtt.rules.definition import LORAWAN, VALUES

LARGEST_FILE = 100_000
LARGEST_MESSAGE = 200_000
AGGREGATIONS = [
    ("mean", _("Mittelwert")),
    ("sum", _("Summe")),
    ("last", _("letzter Stand")),
]
CONTENTS = [
    (VALUES, _("Messwerte als JSON oder einzelne Zahl (Tasmota, ioBroker, eigene Geräte)")),
    (LORAWAN, _("LoRaWAN: The Things Stack oder ChirpStack")),
]


class BrokerForm(forms.Form):
    """Where to listen and to what."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Zum Beispiel „Broker des Bauhofs“.")
    )
    broker = forms.CharField(
        label=_("Adresse des Brokers"),
        max_length=300,
        help_text=_("mqtts://rechner:8883 mit Verschlüsselung, mqtt://rechner:1883 ohne."),
    )
    username = forms.CharField(label=_("Benutzer"), max_length=200, required=False)
    password = forms.CharField(
        label=_("Passwort"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Wird verschlüsselt aufbewahrt."),
    )
    topics = forms.CharField(
        label=_("Themen"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "mono", "spellcheck": "false"}),
        help_text=_(
            "Je Zeile eines; + steht für einen Teil, # für alles dahinter: tele/+/SENSOR."
            " The Things Stack: v3/+/devices/+/up, ChirpStack: application/+/device/+/event/up."
        ),
    )
    content = forms.ChoiceField(label=_("Was kommt?"), choices=CONTENTS)
    retention_days = forms.IntegerField(
        label=_("Nachrichten aufheben, in Tagen"), min_value=1, max_value=3650, initial=90
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["content"]
            self.fields["password"].help_text = _("Leer lassen: Es bleibt, wie es ist.")

    def clean_topics(self) -> list[str]:
        """Return the topics, each once."""
        lines = (line.strip() for line in self.cleaned_data["topics"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class ReadingForm(forms.Form):
    """How a message names its device and its time."""

    device = forms.ChoiceField(label=_("Welches Gerät?"))
    time = forms.ChoiceField(label=_("Wann gemessen?"), required=False)
    protection = forms.ChoiceField(
        label=_("Wer die Werte sehen darf"),
        choices=[
            ("internal", _("alle mit Zugang zur Kommune")),
            ("open", _("alle, auch ohne Anmeldung")),
            ("personal", _("personenbezogen: nur Berechtigte")),
            ("critical", _("kritisch: nur Berechtigte")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        devices: list[tuple[str, str]],
        times: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("device", devices), ("time", times)):
            field: Any = self.fields[name]
            field.choices = choices


class ValueForm(forms.Form):
    """One place of a message: whether it counts, and as what."""

    wanted = forms.BooleanField(required=False)
    at = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    name = forms.CharField(required=False, max_length=120)
    unit = forms.CharField(required=False, max_length=60)
    symbol = forms.CharField(required=False, max_length=20)
    aggregation = forms.ChoiceField(choices=AGGREGATIONS, required=False)

    def clean(self) -> Any:
        """Ask for a name where the value counts."""
        given = super().clean() or self.cleaned_data
        if given.get("wanted") and not given.get("name"):
            self.add_error("name", gettext("Bitte geben Sie einen Namen an."))
        return given


class FileForm(forms.Form):
    """A binding as text, and a message to try it with."""

    text = forms.CharField(
        label=_("Anbindung"),
        max_length=LARGEST_FILE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "tall mono", "spellcheck": "false"}),
        help_text=_("YAML oder JSON nach dem Schema."),
    )
    topic = forms.CharField(label=_("Thema der Probe"), max_length=500, required=False)
    message = forms.CharField(
        label=_("Nachricht der Probe"),
        max_length=LARGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "spellcheck": "false"}),
    )

    def clean_text(self) -> Any:
        """Return the file as values."""
        try:
            return yaml.safe_load(self.cleaned_data["text"])
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            text = gettext("Zeile %(line)s ist nicht lesbar.") % {"line": line}
            raise forms.ValidationError(text) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise forms.ValidationError(gettext("Der Text ist nicht lesbar.")) from error


ValueFormSet = forms.formset_factory(ValueForm, extra=0, max_num=100)
