"""What people may answer: about their municipality, about a solution."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.forms import AmountField, DayInput
from mehrwert.catalogue.choices import FIELDS_OF_ACTION
from mehrwert.catalogue.rules.matching import Wishes

NETWORKS = [
    ("lorawan", _("LoRaWAN")),
    ("mobile", _("Mobilfunk")),
    ("wlan", _("WLAN")),
    ("wired", _("Kabel")),
    ("none", _("keines davon")),
]


def _field_choices() -> list[tuple[str, str]]:
    from mehrwert.catalogue.wording import field_name

    return [(field.code, field_name(field.code)) for field in FIELDS_OF_ACTION]


def _float(given: Any) -> float | None:
    return None if given is None else float(given)


class WishesForm(forms.Form):
    """Goals and at most five questions; each may stay unanswered (CAT-502)."""

    feld = forms.MultipleChoiceField(
        label=_("Worum geht es Ihnen?"),
        choices=_field_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stunden = AmountField(
        label=_("Wie viele Stunden je Woche hätte jemand Zeit?"),
        min_value=0,
        max_value=1000,
        required=False,
    )
    netz = forms.MultipleChoiceField(
        label=_("Welche Netze sind vor Ort da?"),
        choices=NETWORKS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bausteine = forms.CharField(
        label=_("Welche Basiskomponenten nutzen Sie schon?"),
        help_text=_("Mit Komma getrennt, etwa: urbane Datenplattform"),
        max_length=300,
        required=False,
    )
    hoechstens = AmountField(
        label=_("Wie viel Euro im Jahr dürfte es höchstens kosten?"),
        min_value=0,
        max_value=1_000_000_000,
        required=False,
    )
    it = forms.CharField(label=_("Wer betreibt Ihre IT?"), max_length=120, required=False)

    def wishes(self) -> Wishes:
        """Return the answers; what is wrong or missing counts as unanswered."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        networks = given.get("netz") or []
        parts = [part.strip() for part in (given.get("bausteine") or "").split(",")]
        return Wishes(
            fields_of_action=frozenset(given.get("feld") or ()),
            it_provider=given.get("it") or "",
            staff_hours_per_week=_float(given.get("stunden")),
            networks=frozenset(networks) - {"none"} if networks else None,
            base_components=frozenset(filter(None, parts)) or None,
            ceiling_eur=_float(given.get("hoechstens")),
        )


class ImportForm(forms.Form):
    """A ``mehrwert.yml`` as file or as text."""

    datei = forms.FileField(label=_("Datei mehrwert.yml"), required=False)
    text = forms.CharField(
        label=_("oder als Text"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file as UTF-8; one of both must be given."""
        given: dict[str, Any] = super().clean() or {}
        upload = given.get("datei")
        if upload is not None:
            if upload.size > 1_000_000:
                raise forms.ValidationError(_("Die Datei ist zu groß: höchstens 1 MB."))
            try:
                given["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                text = _("Die Datei ist kein Text in UTF-8. Bitte speichern Sie sie so.")
                raise forms.ValidationError(text) from error
        if not given.get("text"):
            raise forms.ValidationError(_("Bitte wählen Sie eine Datei, oder fügen Sie Text ein."))
        return given


class ReplyForm(forms.Form):
    """What somebody says whom the reason of an end names."""

    party = forms.ChoiceField(label=_("Wer äußert sich?"))
    on = forms.DateField(
        label=_("Vom"),
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    text = forms.CharField(
        label=_("Wortlaut der Stellungnahme"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Ungekürzt. Mailadressen und Telefonnummern werden entfernt. Eine Stellungnahme bleibt"
            " stehen, solange der Grund jemanden nennt."
        ),
    )

    def __init__(self, parties: Sequence[str], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        own: dict[str, Any] = self.fields
        own["party"].choices = [(party, party) for party in parties]

    def clean_on(self) -> date:
        """Refuse a day that has not come yet."""
        day: date = self.cleaned_data["on"]
        if day > from_us(now_us()).date():
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return day


class ObjectionForm(forms.Form):
    """What the maintainer says against a declaration; empty takes it back."""

    text = forms.CharField(
        label=_("Was stimmt aus Ihrer Sicht nicht?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Die Angabe der anderen Kommune bleibt stehen. Leer nimmt den Einwand zurück."),
    )
