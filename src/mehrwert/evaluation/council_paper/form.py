"""The form of a paper: few fields first, the rest folded in groups; empty means not known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import AmountField, DayInput
from mehrwert.evaluation.choices import DECISION_LABELS
from mehrwert.evaluation.council_paper.facts import (
    COST_POSITIONS,
    Consultation,
    CostLine,
    Finance,
    Funding,
    LaterCost,
    Review,
    Year,
)
from mehrwert.evaluation.council_paper.inputs import PaperInput
from mehrwert.evaluation.council_paper.profile import SECTION_NAMES
from mehrwert.evaluation.council_paper.sections import KIND_NAMES, NOTE_NAMES
from mehrwert.evaluation.profiles import known_profiles

MOST_LETTERS = 4_000
TEXT_SECTIONS = ("background", "goals_effects", "programme", "staff", "legal", "protection")
_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


class MoneyField(AmountField):
    """Euros with a comma; empty is unknown, not nought."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(label=label, required=False, max_digits=14, decimal_places=2, **given)


class DayField(forms.DateField):
    """A day."""

    def __init__(self, label: Any, *, required: bool = False, **given: Any) -> None:
        widget = DayInput(format="%Y-%m-%d")
        super().__init__(
            label=label, required=required, widget=widget, input_formats=_DAY_FORMATS, **given
        )


class TextField(forms.CharField):
    """Several lines."""

    def __init__(self, label: Any, *, rows: int = 3, **given: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": rows}),
            **given,
        )


class LinesField(TextField):
    """One entry per line, its parts separated by semicolons."""

    def __init__(self, label: Any, parse: Callable[[list[str]], Any], example: Any) -> None:
        self.parse, self.example = parse, example
        super().__init__(label, help_text=format_lazy(_("Je Zeile: {example}"), example=example))

    def to_python(self, value: Any) -> Any:
        """Return the parsed lines."""
        found = []
        for line in str(super().to_python(value) or "").splitlines():
            if not line.strip():
                continue
            try:
                found.append(self.parse([part.strip() for part in line.split(";")]))
            except (ValueError, InvalidOperation, IndexError) as error:
                raise forms.ValidationError(
                    _("„%(line)s“ ist nicht lesbar. Erwartet wird je Zeile: %(example)s"),
                    params={"line": line[:60], "example": self.example},
                ) from error
        return tuple(found)


def _day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 (a day has no zone)


def _euros(parts: list[str], index: int) -> Decimal | None:
    text = parts[index].replace(".", "").replace(",", ".") if index < len(parts) else ""
    return Decimal(text) if text else None


def _consultation(parts: list[str]) -> Consultation:
    session = _day(parts[1]) if len(parts) > 1 and parts[1] else None
    role = parts[2] if len(parts) > 2 else ""
    return Consultation(parts[0], session, role, role.casefold().startswith("beschluss"))


def _year(parts: list[str]) -> Year:
    return Year(int(parts[0]), *(_euros(parts, index) for index in (1, 2, 3)))


def _later(parts: list[str]) -> LaterCost:
    return LaterCost(int(parts[0]), parts[1], _euros(parts, 2))


def _one(parts: list[str]) -> str:
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together on the page."""

    title: Any
    names: tuple[str, ...]
    is_open: bool = False


class PaperForm(forms.Form):
    """Everything a person may add to a paper."""

    profile = forms.ChoiceField(label=_("Form der Vorlage"))
    number = forms.CharField(label=_("Nummer"), max_length=60, required=False)
    created = DayField(_("Datum"), required=True)
    kind = forms.ChoiceField(label=_("Art"))
    lead = forms.CharField(
        label=_("Federführung"),
        max_length=200,
        required=False,
        help_text=_("Amt oder Stelle, keine Namen."),
    )
    involved = LinesField(_("Beteiligte Stellen"), _one, _("Kämmerei"))
    is_public = forms.BooleanField(label=_("öffentlich"), required=False)
    consultations = LinesField(
        _("Beratungsfolge"), _consultation, _("Rat; 23.03.2027; Beschlussfassung")
    )
    decision = forms.ChoiceField(label=_("Beschlussvorschlag"), required=False)
    override_reason = TextField(_("Grund, wenn anders als die Entscheidungstabelle"))
    until = DayField(_("Befristet bis / beendet zum"))
    adaptation = TextField(_("Was angepasst wird"))
    partners = forms.CharField(label=_("Partner im Verbund"), max_length=300, required=False)
    data_handover = forms.CharField(
        label=_("Beim Beenden: Daten gehen an"), max_length=300, required=False
    )
    target = forms.CharField(
        label=_("Ziel bis zum nächsten Bericht"), max_length=300, required=False
    )
    next_report = DayField(_("Nächster Bericht oder Lernbericht am"))
    stop_criterion = TextField(_("Abbruchkriterium"), help_text=_("Wann hören wir auf?"))
    account = forms.CharField(
        label=_("Finanzstelle, Produkt, Sachkonto"), max_length=200, required=False
    )
    planned = forms.ChoiceField(
        label=_("Veranschlagt"),
        required=False,
        choices=[
            ("", _("nicht bekannt")), ("yes", _("ja")), ("partly", _("teilweise")),
            ("no", _("nein")),
        ],
    )  # fmt: skip
    cover = forms.CharField(label=_("Deckung"), max_length=300, required=False)
    investive = MoneyField(_("Investiv (Euro)"))
    consumptive = MoneyField(_("Konsumtiv (Euro)"))
    depreciation = MoneyField(_("Abschreibung je Jahr (Euro)"))
    per_inhabitant = MoneyField(_("Kosten je Einwohner und Jahr (Euro)"))
    years = LinesField(
        _("Jährliche Aufwendungen, Erträge, Einsparungen"), _year, _("2027; 18.900; 0; 9.100")
    )
    has_later = forms.ChoiceField(
        label=_("Entstehen Folgekosten erst später?"),
        required=False,
        choices=[("", _("nicht bekannt")), ("no", _("nein")), ("yes", _("ja, wie folgt"))],
    )
    later = LinesField(_("Spätere Folgekosten"), _later, _("2031; Ersatz der Sensoren; 4.000"))
    has_funding = forms.ChoiceField(
        label=_("Fördermittel"),
        required=False,
        choices=[("", _("nicht bekannt")), ("no", _("keine")), ("yes", _("ja, wie folgt"))],
    )
    programme = forms.CharField(label=_("Förderprogramm"), max_length=200, required=False)
    share = forms.CharField(label=_("Anteil"), max_length=60, required=False)
    funding_state = forms.ChoiceField(
        label=_("Stand der Förderung"),
        required=False,
        choices=[
            ("", _("nicht bekannt")), ("applied", _("beantragt")), ("granted", _("bewilligt")),
        ],
    )  # fmt: skip
    ends = DayField(_("Ende der Förderung"))
    committed_until = DayField(_("Zweckbindung bis"))
    own_share_after_funding = MoneyField(_("Eigenanteil nach Förderende, je Jahr (Euro)"))
    hours_per_year = MoneyField(_("Arbeitszeit eigener Beschäftigter je Jahr (Stunden)"))
    joint_yearly = MoneyField(_("Kosten je Jahr im Verbund (Euro)"))
    joint_per_inhabitant = MoneyField(_("Kosten je Einwohner und Jahr im Verbund (Euro)"))
    nothing = TextField(_("Was geschieht, wenn wir nichts tun?"))
    objections = LinesField(_("Offene Einwände"), _one, _("Personalrat: Aufgaben nicht geklärt"))
    smallest_measurement = forms.CharField(
        label=_("Kleinste Messung, die die Entscheidung ändern könnte"),
        max_length=300,
        required=False,
    )
    annexes = LinesField(_("Anlagen"), _one, _("Kostenblatt"))
    cosigned = LinesField(_("Mitgezeichnet"), _one, _("Kämmerei"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        own: dict[str, Any] = self.fields
        own["profile"].choices = [(one.key, one.name) for one in known_profiles().values()]
        own["kind"].choices = [(key, gettext(name)) for key, name in KIND_NAMES.items()]
        own["decision"].choices = [
            ("", gettext("wie die Entscheidungstabelle")),
            *((key, gettext(name)) for key, name in DECISION_LABELS.items()),
        ]
        for key in TEXT_SECTIONS:
            own[f"text_{key}"] = TextField(gettext(SECTION_NAMES[key]))
        for key, name in NOTE_NAMES.items():
            own[f"note_{key}"] = TextField(gettext(name), rows=2)
        for key, name in COST_POSITIONS.items():
            own[f"once_{key}"] = MoneyField(f"{gettext(name)}: {gettext('einmalig')}")
            own[f"yearly_{key}"] = MoneyField(f"{gettext(name)}: {gettext('je Jahr')}")
            own[f"reason_{key}"] = forms.CharField(
                label=f"{gettext(name)}: {gettext('Anmerkung')}", max_length=200, required=False
            )

    def groups(self) -> Iterator[tuple[Group, list[forms.BoundField]]]:
        """Yield the groups of the page with their fields; a group with an error is open."""
        for group in GROUPS:
            bound = [self[name] for name in group.names]
            yield group, bound

    def cost_rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Return the fourteen positions as rows of a table."""
        return [
            (gettext(name), self[f"once_{key}"], self[f"yearly_{key}"], self[f"reason_{key}"])
            for key, name in COST_POSITIONS.items()
        ]

    def to_input(self, *, indicator: str) -> PaperInput:
        """Return what was typed."""
        given = self.cleaned_data
        same = {f.name for f in fields(Review)} | {"finance", "texts", "notes", "review"}
        plain = {
            name: given[name]
            for name in PaperInput.__struct_fields__
            if name in given and name not in same and name != "decision"
        }
        return PaperInput(
            **plain,
            decision=given["decision"] or None,
            review=Review(
                indicator=indicator,
                target=given["target"],
                next_report=given["next_report"],
                stop_criterion=given["stop_criterion"],
            ),
            texts=_filled(given, "text_"),
            notes=_filled(given, "note_"),  # type: ignore[arg-type]
            finance=finance_of(given),
        )


def initial_of(stored: PaperInput) -> dict[str, Any]:
    """Return the values of the form for what was typed before."""
    finance = stored.finance
    found: dict[str, Any] = {
        name: getattr(stored, name)
        for name in PaperInput.__struct_fields__
        if name not in ("review", "finance", "texts", "notes")
    }
    found |= {f.name: getattr(stored.review, f.name) for f in fields(Review)}
    found |= {f.name: getattr(finance, f.name) for f in fields(Finance)}
    found |= {f"text_{key}": text for key, text in stored.texts.items()}
    found |= {f"note_{key}": text for key, text in stored.notes.items()}
    for key, line in finance.positions.items():
        found |= {f"once_{key}": line.once, f"yearly_{key}": line.yearly}
        found[f"reason_{key}"] = line.reason
    for name in ("involved", "objections", "annexes", "cosigned"):
        found[name] = "\n".join(found[name])
    found["consultations"] = "\n".join(map(_consultation_line, stored.consultations))
    found["years"] = "\n".join(map(_year_line, finance.years))
    found["later"] = "\n".join(map(_later_line, finance.later or ()))
    found["has_later"] = _said(finance.later)
    found["has_funding"] = _said(finance.funding)
    for one in finance.funding or ():
        found |= {f.name: getattr(one, f.name) for f in fields(Funding) if f.name != "state"}
        found["funding_state"] = one.state
    return found


def _said(items: tuple[Any, ...] | None) -> str:
    return "" if items is None else "yes" if items else "no"


def _written(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}".replace(".", ",")


def _consultation_line(one: Consultation) -> str:
    session = f"{one.session:%d.%m.%Y}" if one.session else ""
    return f"{one.body}; {session}; {one.role}"


def _year_line(one: Year) -> str:
    amounts = (one.expense, one.income, one.savings)
    return "; ".join([str(one.year), *map(_written, amounts)])


def _later_line(one: LaterCost) -> str:
    return f"{one.year}; {one.what}; {_written(one.amount)}"


def _filled(given: dict[str, Any], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): text
        for name, text in given.items()
        if name.startswith(prefix) and text
    }


def finance_of(given: dict[str, Any]) -> Finance:
    """Return the financial block; what was left empty stays unknown."""
    positions = {
        key: CostLine(given[f"once_{key}"], given[f"yearly_{key}"], given[f"reason_{key}"])
        for key in COST_POSITIONS
    }
    funding = Funding(
        given["programme"] or gettext("Förderprogramm nicht bekannt"),
        given["share"],
        given["funding_state"],
        given["ends"],
        given["committed_until"],
    )
    plain = (
        "investive", "consumptive", "account", "planned", "cover", "depreciation", "years",
        "own_share_after_funding", "per_inhabitant", "hours_per_year",
    )  # fmt: skip
    return Finance(
        **{name: given[name] for name in plain},
        later={"": None, "no": ()}.get(given["has_later"], given["later"]),
        funding={"": None, "no": ()}.get(given["has_funding"], (funding,)),
        positions={key: line for key, line in positions.items() if line != CostLine()},
    )


GROUPS = (
    Group(
        _("Kopf"),
        ("profile", "number", "created", "kind", "lead", "involved", "is_public", "consultations"),
        is_open=True,
    ),
    Group(
        _("Vorschlag und Überprüfung"),
        (
            "decision", "override_reason", "until", "adaptation", "partners", "data_handover",
            "target", "next_report", "stop_criterion",
        ),
        is_open=True,
    ),
    Group(
        _("Finanzielle Auswirkungen"),
        (
            "account", "planned", "cover", "investive", "consumptive", "depreciation",
            "per_inhabitant", "years", "has_later", "later", "has_funding", "programme", "share",
            "funding_state", "ends", "committed_until", "own_share_after_funding",
            "hours_per_year",
        ),
    ),
    Group(
        _("Alternativen und offene Fragen"),
        (
            "nothing", "joint_yearly", "joint_per_inhabitant", "objections",
            "smallest_measurement",
        ),
    ),
    Group(_("Klima und weitere Belange"), tuple(f"note_{key}" for key in NOTE_NAMES)),
    Group(
        _("Eigene Texte"),
        (*(f"text_{key}" for key in TEXT_SECTIONS), "annexes", "cosigned"),
    ),
)  # fmt: skip
