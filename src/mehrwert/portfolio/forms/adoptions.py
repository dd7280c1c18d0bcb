"""Declaring a use, ending it, answering a line of the checklist."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.catalogue.choices import (
    ADOPTION_STATUS_LABELS,
    END_REASON_LABELS,
    ORIGIN_BASIS_LABELS,
    RELATION_LABELS,
    AdoptionStatus,
    Relation,
)
from mehrwert.catalogue.models import Solution
from mehrwert.portfolio.actions import AdoptionInput, EndInput, ItemInput
from mehrwert.portfolio.choices import (
    ITEM_STATE_LABELS,
    OPERATING_MODEL_LABELS,
    YES_NO_LABELS,
    ItemState,
)
from mehrwert.portfolio.forms.projects import day_field, known_field
from mehrwert.portfolio.rules.adoptions import first_day_of

SINCE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def labels(table: dict[str, str], *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return the choices of a table of labels in the language of the reader."""
    return [(key, gettext(label)) for key, label in table.items() if key not in without]


class AdoptionForm(forms.Form):
    """Five fields suffice; the rest is folded away (TRF-101)."""

    relation = forms.ChoiceField(
        label=_("Wie hängen Sie mit der Lösung zusammen?"),
        help_text=_("Nur „nachgenutzt“ zählt als Nachnutzung."),
    )
    status = forms.ChoiceField(label=_("Wie weit sind Sie?"))
    since = forms.RegexField(
        label=_("Seit wann?"),
        regex=SINCE,
        required=False,
        help_text=_("Jahr, Monat oder Tag: 2024, 2024-05, 2024-05-17. Leer heißt: ab heute."),
        error_messages={"invalid": _("Bitte so: 2024, 2024-05 oder 2024-05-17.")},
    )
    contact_role = forms.CharField(
        label=_("Welche Stelle kann man fragen?"),
        max_length=120,
        required=False,
        help_text=_("Ein Amt oder eine Aufgabe, kein Name einer Person."),
    )
    extent = forms.CharField(
        label=_("In welchem Umfang?"),
        max_length=200,
        required=False,
        help_text=_("Zum Beispiel: 40 Sensoren, 3 Stadtteile, 12 Schulen."),
    )
    operating_model = forms.ChoiceField(label=_("Wer betreibt es?"), required=False)
    operator = forms.CharField(label=_("Name des Betreibers"), max_length=160, required=False)
    origin_name = forms.CharField(
        label=_("Von wem haben Sie es gelernt oder übernommen?"), max_length=160, required=False
    )
    origin_basis = forms.ChoiceField(label=_("Diese Stelle …"), required=False)
    variant = forms.CharField(
        label=_("Was haben Sie geändert?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    variant_entry = forms.TypedChoiceField(
        label=_("Eigener Eintrag, der die Änderung beschreibt"),
        coerce=int,
        required=False,
        empty_value=None,
    )
    variant_is_public = known_field(_("Ist die Änderung öffentlich?"))
    variant_is_offered = known_field(_("Wurde sie dem Ursprung angeboten?"))
    note = forms.CharField(label=_("Bemerkung zur Änderung"), max_length=300, required=False)
    is_public = forms.BooleanField(
        label=_("Öffentlich im Katalog zeigen"),
        required=False,
        help_text=_("Andere sehen dann Ort, Beziehung, Stand, Umfang und die Stelle."),
    )

    def __init__(self, *args: Any, own: dict[int, Solution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = own
        fields: dict[str, Any] = self.fields
        fields["variant_entry"].choices = [
            ("", gettext("keiner")),
            *((pk, row.name) for pk, row in own.items()),
        ]
        for name in ("variant_is_public", "variant_is_offered"):
            fields[name].choices = labels(YES_NO_LABELS)
        fields["relation"].choices = labels(RELATION_LABELS, without=(Relation.SITE,))
        fields["status"].choices = labels(
            ADOPTION_STATUS_LABELS, without=(AdoptionStatus.ENDED, AdoptionStatus.UNKNOWN)
        )
        fields["operating_model"].choices = labels(OPERATING_MODEL_LABELS)
        fields["origin_basis"].choices = [("", "–"), *labels(ORIGIN_BASIS_LABELS)]

    def clean_since(self) -> str:
        """Refuse a day that does not exist."""
        since: str = self.cleaned_data["since"]
        if since:
            try:
                first_day_of(since)
            except ValueError as error:
                raise forms.ValidationError(_("Diesen Tag gibt es nicht.")) from error
        return since

    def told(self) -> AdoptionInput:
        """Return what was said."""
        given = dict(self.cleaned_data)
        given["relation"] = Relation(given["relation"])
        given["status"] = AdoptionStatus(given["status"])
        given["operating_model"] = given["operating_model"] or "unknown"
        given["variant_entry"] = self._own.get(given["variant_entry"])
        return AdoptionInput(**given)


class EndForm(forms.Form):
    """How a use ended."""

    reason = forms.ChoiceField(label=_("Warum endet es?"))
    on = day_field(_("Letzter Tag"))
    replaced_by = forms.CharField(label=_("Ersetzt durch"), max_length=160, required=False)
    lessons = forms.CharField(
        label=_("Was sollten andere wissen?"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ein Ende ist nicht immer ein Misserfolg. Keine Namen von Personen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["reason"].choices = labels(END_REASON_LABELS)

    def told(self) -> EndInput:
        """Return how it ended."""
        return EndInput(**self.cleaned_data)


class ItemForm(forms.Form):
    """One line of the checklist."""

    state = forms.ChoiceField(label=_("Stand"))
    owner = forms.CharField(
        label=_("Wer kümmert sich?"),
        max_length=120,
        required=False,
        help_text=_("Amt oder Aufgabe, keine Person."),
    )
    day = day_field(_("Bis wann, oder wann erledigt?"), required=False)
    proof = forms.CharField(
        label=_("Nachweis"),
        max_length=300,
        required=False,
        help_text=_("Aktenzeichen, Adresse oder ein Satz."),
    )
    reason = forms.CharField(label=_("Wenn es entfällt: warum?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].choices = labels(ITEM_STATE_LABELS)

    def told(self) -> ItemInput:
        """Return what was said."""
        given = dict(self.cleaned_data)
        given["state"] = ItemState(given["state"])
        return ItemInput(**given)
