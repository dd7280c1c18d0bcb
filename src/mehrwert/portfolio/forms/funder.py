"""The mapping for a funder: one line per field of its form."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.portfolio.actions import FunderField
from mehrwert.portfolio.choices.funder import MOST_FIELDS, PERIOD_RULES


class FunderForm(forms.Form):
    """Fields of the funder's form, each with its own indicator or open."""

    fields_of_funder = forms.CharField(
        label=_("Felder des Fördergebers"),
        required=False,
        max_length=20_000,
        help_text=_(
            "Je Zeile: Feld; Einheit; eigene Kennzahl; Faktor; Summe, Mittel oder letzter Wert."
            " Beispiel: Gießwasser je Jahr; m³; Gießwasser; 0,001; Summe. Ohne Kennzahl bleibt das"
            " Feld offen und steht so im Bericht."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, names: Mapping[str, str], **given: Any) -> None:
        """Take the own indicators: name in lower case → key."""
        super().__init__(*args, **given)
        self.names = names

    def clean_fields_of_funder(self) -> tuple[FunderField, ...]:
        """Return the lines; each that cannot be read is one sentence."""
        found, wrong = [], []
        for line in self.cleaned_data["fields_of_funder"].splitlines():
            if not line.strip():
                continue
            try:
                found.append(self._field([part.strip() for part in line.split(";")]))
            except ValueError as error:
                wrong.append(f"„{line.strip()[:60]}“: {error}")
        names = [one.name for one in found]
        wrong += [
            gettext("Das Feld „%(name)s“ steht zweimal da.") % {"name": name}
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]
        if len(found) > MOST_FIELDS:
            wrong.append(gettext("Höchstens %(n)s Felder.") % {"n": MOST_FIELDS})
        if wrong:
            raise forms.ValidationError(wrong)
        return tuple(found)

    def _field(self, parts: list[str]) -> FunderField:
        name, unit, own, factor, rule = (*parts, "", "", "", "")[:5]
        if not name or len(parts) > 5:
            raise ValueError(gettext("erwartet werden ein Feld und höchstens vier Angaben dazu."))
        key = self.names.get(own.casefold(), "")
        if own and not key:
            raise ValueError(gettext("diese Kennzahl hat das Vorhaben nicht."))
        return FunderField(name[:200], unit[:30], key, _factor(factor), _rule(rule))


def lines_of(fields: list[dict[str, str]], names: Mapping[str, str]) -> str:
    """Return stored fields as the lines a person typed; ``names`` is key → name."""
    lines = []
    for one in fields:
        if not one["indicator"]:
            lines.append(f"{one['name']}; {one['unit']}".rstrip("; "))
            continue
        own = names.get(one["indicator"], one["indicator"])
        factor, rule = one["factor"].replace(".", ","), PERIOD_RULES[one["rule"]]
        lines.append(f"{one['name']}; {one['unit']}; {own}; {factor}; {gettext(rule)}")
    return "\n".join(lines)


def _factor(text: str) -> str:
    try:
        value = Decimal(text.replace(".", "").replace(",", ".")) if text else Decimal(1)
    except InvalidOperation as error:
        raise ValueError(gettext("der Faktor ist keine Zahl.")) from error
    if not value.is_finite() or value == 0 or abs(value.adjusted()) > 12:
        raise ValueError(gettext("der Faktor ist keine Zahl."))
    return f"{value:f}"


def _rule(text: str) -> str:
    if not text:
        return "sum"
    words = {gettext(word).casefold(): key for key, word in PERIOD_RULES.items()}
    if text.casefold() not in words:
        raise ValueError(gettext("erlaubt sind Summe, Mittel oder letzter Wert."))
    return words[text.casefold()]
