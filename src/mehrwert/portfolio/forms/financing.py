"""Fundings, what is switched off, dependencies, duties, who benefits where."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.municipalities.choices import LANDS
from mehrwert.portfolio.actions import DutyInput, SplitInput
from mehrwert.portfolio.choices.financing import DUTY_KIND_LABELS, LEVEL_LABELS, DutyKind
from mehrwert.portfolio.choices.indicators import DEPENDENCY_LABELS
from mehrwert.portfolio.forms.projects import day_field, money_field
from mehrwert.portfolio.forms.reports import words
from mehrwert.portfolio.models import Duty


class FundingForm(forms.Form):
    """Money from elsewhere."""

    programme = forms.CharField(label=_("Programm"), max_length=160)
    percent = forms.DecimalField(
        label=_("Anteil an den laufenden Kosten (Prozent)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=True,
    )
    ends_on = day_field(_("Letzter geförderter Tag"))
    committed_until = day_field(
        _("Zweckbindung bis"), required=False, help_text=_("Leer heißt: nicht bekannt.")
    )


class FundingDecisionForm(forms.Form):
    """How it goes on after a funding."""

    decision = forms.CharField(label=_("Wie geht es danach weiter?"), max_length=300)
    on = day_field(_("Beschlossen am"), initial=timezone.localdate)


class ReplacementForm(forms.Form):
    """What is switched off in return."""

    name = forms.CharField(label=_("Altes Verfahren oder Lizenz"), max_length=160)
    off_on = day_field(_("Wird abgeschaltet am"))
    yearly_eur = money_field(_("Spart im Jahr (Euro)"))
    confirmed_by = forms.CharField(
        label=_("Bestätigt von"),
        max_length=120,
        required=False,
        help_text=_("Ein Amt. Erst bestätigt und nach dem Tag zählt der Betrag."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["yearly_eur"].required = True


class ConfirmReplacementForm(forms.Form):
    """Who confirms that something old is switched off."""

    confirmed_by = forms.CharField(
        label=_("Welches Amt bestätigt das?"), max_length=120, help_text=_("Keine Person.")
    )


class DependencyForm(forms.Form):
    """What a project needs, feeds or replaces."""

    kind = forms.ChoiceField(label=_("Dieses Vorhaben"), choices=lambda: words(DEPENDENCY_LABELS))
    target = forms.TypedChoiceField(label=_("anderes Vorhaben"), coerce=int)

    def __init__(self, *args: Any, projects: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["target"].choices = projects


class DutyForm(forms.Form):
    """One duty: task, norm, Land, since when, how far one is free."""

    task = forms.CharField(
        label=_("Aufgabe"), max_length=160, help_text=_("Zum Beispiel: Abwasser beseitigen.")
    )
    norm = forms.CharField(
        label=_("Norm"),
        max_length=160,
        help_text=_("Gesetz und Paragraf, wie sie zitiert werden."),
    )
    land = forms.ChoiceField(label=_("Recht"), required=False)
    kind = forms.ChoiceField(label=_("Art"))
    since = day_field(_("Gilt seit"), required=False, help_text=_("Leer heißt: nicht bekannt."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["land"].choices = [("", gettext("Bund")), *LANDS.items()]
        fields["kind"].choices = words(DUTY_KIND_LABELS)

    def told(self) -> DutyInput:
        """Return what was said."""
        given = dict(self.cleaned_data)
        given["kind"] = DutyKind(given["kind"])
        return DutyInput(**given)


class ProjectDutyForm(DutyForm):
    """A duty of the list, or a new one."""

    known = forms.TypedChoiceField(
        label=_("Aus der Liste"), coerce=int, required=False, empty_value=None
    )
    field_order = ("known", "task", "norm", "land", "kind", "since")

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if duties:
            fields["known"].choices = [
                ("", gettext("– keine davon, neu eintragen –")),
                *((one.pk, str(one)) for one in duties),
            ]
        else:
            del fields["known"]
        for name in ("task", "norm"):
            fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for task and norm unless one of the list is chosen."""
        given = super().clean() or {}
        if given.get("known") is None:
            for name in ("task", "norm"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Bitte ausfüllen, oder oben eine Pflicht wählen."))
        return given

    def told(self) -> DutyInput:
        """Return what was said of a new one."""
        self.cleaned_data.pop("known", None)
        return super().told()


class ReviewForm(forms.Form):
    """Who checked a duty."""

    reviewer = forms.CharField(
        label=_("Welche Stelle hat geprüft?"), max_length=120, help_text=_("Keine Person.")
    )
    on = day_field(_("Geprüft am"), initial=timezone.localdate)


class SplitForm(forms.Form):
    """Where the benefit arises, level by level, and which costs serve others too."""

    def __init__(self, *args: Any, positions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for level, label in LEVEL_LABELS.items():
            fields[level] = forms.DecimalField(
                label=_("%(level)s: Anteil am Nutzen (Prozent)") % {"level": gettext(label)},
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                localize=True,
            )
            fields[f"{level}_evidence"] = forms.CharField(
                label=_("%(level)s: Worauf beruht das?") % {"level": gettext(label)},
                max_length=200,
                required=False,
                help_text=_("Herkunft der Nutzer, Abnehmer der Daten, anderswo vermiedene Kosten."),
            )
        if positions:
            fields["shared_positions"] = forms.MultipleChoiceField(
                label=_("Welche Kosten tragen auch andere mit?"),
                choices=positions,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Unterstützung, Standard, gemeinsame Daten. Alles andere ist örtlich."),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse shares that do not add up, before anything is kept."""
        given = super().clean() or {}
        shares = [given[level] for level in LEVEL_LABELS if given.get(level) is not None]
        if len(shares) == len(LEVEL_LABELS) and sum(shares) != 100:
            raise forms.ValidationError(_("Die vier Anteile müssen zusammen 100 Prozent ergeben."))
        return given

    def told(self) -> SplitInput:
        """Return what was said."""
        given = self.cleaned_data
        return SplitInput(
            shares={level: given[level] for level in LEVEL_LABELS},
            evidence={level: given[f"{level}_evidence"] for level in LEVEL_LABELS},
            shared_positions=tuple(given.get("shared_positions", ())),
        )
