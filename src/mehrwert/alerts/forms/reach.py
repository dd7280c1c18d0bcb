"""Input of the pages about who is told: webhooks, rosters, stand-ins, the gateway for SMS."""

from dataclasses import replace
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.alerts.actions import Contact, RosterChoice
from mehrwert.alerts.forms.addresses import AddressesField, clean_address
from mehrwert.alerts.models import DutyPerson, Roster
from mehrwert.alerts.rules import phone_number
from mehrwert.alerts.sms import SmsGateway

MOST_PEOPLE = 50
WIDE = {"rows": 4, "spellcheck": "false"}


class WebhookForm(forms.Form):
    """A program that is told."""

    title = forms.CharField(
        label=_("Name"), help_text=_("Zum Beispiel: Leitstand des Klärwerks."), max_length=120
    )
    url = forms.CharField(
        label=_("Adresse"),
        help_text=_("Beginnt mit https://."),
        max_length=500,
        widget=forms.URLInput,
    )


class PeopleField(forms.CharField):
    """People of a roster, one per line: name, then mail and phone, split by semicolons."""

    def clean(self, value: Any) -> tuple[Contact, ...]:  # type: ignore[override]
        """Return the people in their turn.

        Raises:
            ValidationError: A line has no name or no way to reach somebody, or a name comes twice.
        """
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip()]
        people = tuple(_contact(line) for line in lines)
        names = {person.name.casefold() for person in people}
        if len(names) < len(people):
            raise ValidationError(gettext("Ein Name steht zweimal in der Liste."))
        if len(people) > MOST_PEOPLE:
            raise ValidationError(gettext("Bitte höchstens %(n)s Personen.") % {"n": MOST_PEOPLE})
        return people


def _contact(line: str) -> Contact:
    name, *ways = [part.strip() for part in line.split(";")]
    person = Contact(name[:120])
    for way in filter(None, ways):
        address = clean_address(way)
        person = replace(person, **{"mail" if "@" in address else "phone": address})
    if not name or "@" in name or not (person.mail or person.phone):
        raise ValidationError(
            gettext("„%(line)s“: Bitte Name; Mailadresse; Handynummer, eine Person je Zeile.")
            % {"line": line.strip()[:80]}
        )
    return person


class RosterForm(forms.Form):
    """Who takes turns."""

    title = forms.CharField(
        label=_("Name"), help_text=_("Zum Beispiel: Bereitschaft Bauhof."), max_length=120
    )
    people = PeopleField(
        label=_("Personen in der Reihenfolge ihres Dienstes"),
        help_text=_("Eine je Zeile: Name; Mailadresse; Handynummer."),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    begins_on = forms.DateField(
        label=_("Die erste Person beginnt am"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    handover = forms.TimeField(
        label=_("Wechsel um"),
        initial=time(7),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    turn_days = forms.IntegerField(
        label=_("nach so vielen Tagen"), initial=7, min_value=1, max_value=92
    )
    fallback = AddressesField(
        label=_("Wenn niemand im Dienst erreichbar ist, an"),
        help_text=_("Mailadressen oder Handynummern, eine je Zeile."),
    )

    def to_choice(self) -> RosterChoice:
        """Return what was chosen."""
        return RosterChoice(**self.cleaned_data)


def initial_roster(roster: Roster, people: list[DutyPerson]) -> dict[str, Any]:
    """Return a roster as its form shows it."""
    lines = ["; ".join(filter(None, (p.name, p.mail, p.phone))) for p in people]
    return {
        "title": roster.title,
        "people": "\n".join(lines),
        "begins_on": roster.begins_on,
        "handover": roster.handover,
        "turn_days": roster.turn_days,
        "fallback": "\n".join(roster.fallback),
    }


class CoverForm(forms.Form):
    """Somebody stands in."""

    person = forms.TypedChoiceField(label=_("Wer vertritt"), coerce=int)
    start = forms.DateTimeField(
        label=_("ab"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    end = forms.DateTimeField(
        label=_("bis"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, people: list[DutyPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.pk, person.name) for person in people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class GatewayForm(forms.Form):
    """How SMS go out."""

    url = forms.CharField(
        label=_("Adresse des Gateways"),
        help_text=_("Sein Rechner muss in MEHRWERT_OUTGOING_HOSTS stehen."),
        max_length=500,
    )
    body_type = forms.ChoiceField(
        label=_("Art der Anfrage"),
        choices=[
            ("json", _("POST mit JSON")),
            ("form", _("POST wie ein Formular")),
            ("none", _("GET, alles in der Adresse")),
        ],
    )
    body = forms.CharField(
        label=_("Vorlage"),
        help_text=_(
            "{to} ist die Nummer, {text} die Nachricht, {secret} das Geheimnis, {key} eine Kennung,"
            " die bei jeder Wiederholung gleich ist."
        ),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs=WIDE),
    )
    header = forms.CharField(
        label=_("Kopfzeile"),
        help_text=_("Zum Beispiel: Authorization: Bearer {secret}"),
        max_length=300,
        required=False,
    )
    secret = forms.CharField(
        label=_("Geheimnis"),
        help_text=_("Leer lassen, wenn es so bleiben soll. Es wird verschlüsselt gespeichert."),
        max_length=254,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    success = forms.CharField(
        label=_("Wort in der Antwort, wenn es gelang"),
        help_text=_("Leer: Der Status der Antwort genügt."),
        max_length=100,
        required=False,
    )

    def chosen(self) -> SmsGateway:
        """Return the gateway; the secret goes apart."""
        names = ("url", "body_type", "body", "header", "success")
        return SmsGateway(**{name: self.cleaned_data[name] for name in names})


class PhoneForm(forms.Form):
    """Where a test goes."""

    phone = forms.CharField(label=_("Handynummer"), max_length=40)

    def clean_phone(self) -> str:
        """Return the number with its country code."""
        phone = phone_number(str(self.cleaned_data["phone"]))
        if phone is None:
            raise ValidationError(gettext("Das ist keine Handynummer."))
        return phone
