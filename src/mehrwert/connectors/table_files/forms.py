"""Forms of the room: hand in a file, say how it is written, what its columns mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.tables.reading import TableFormat
from mehrwert.base.tables.sniffing import TimeColumns
from mehrwert.base.tables.times import TimeKind
from mehrwert.base.tables.zones import ClockChange
from mehrwert.connectors.table_files.choices import DIFFERENCE_LABELS, OnDifference
from mehrwert.connectors.table_files.presenting import meaning
from mehrwert.connectors.table_files.rules.meaning import INTERVALS_S, find_unit
from mehrwert.connectors.table_files.rules.plan import ReadingPlan, TimePlan
from mehrwert.connectors.table_files.rules.preview import Preview, PreviewColumn, Role
from mehrwert.connectors.table_files.rules.targets import Column, Targets
from mehrwert.observations.choices import AGGREGATION_LABELS, PROTECTION_LABELS, Protection

ENCODINGS = (
    ("utf-8-sig", _("UTF-8 (üblich)")),
    ("cp1252", _("Windows, westeuropäisch (ältere Excel-Dateien)")),
    ("utf-16", _("UTF-16 (Excel: Unicode-Text)")),
    ("utf-16-le", _("UTF-16 ohne Kennung, LE")),
    ("utf-16-be", _("UTF-16 ohne Kennung, BE")),
    ("cp850", _("DOS, westeuropäisch")),
    ("mac_roman", _("Mac, ältere Programme")),
)
DELIMITERS = (
    (";", _("Semikolon ;")),
    (",", _("Komma ,")),
    ("\t", _("Tabulator")),
    ("|", _("senkrechter Strich |")),
)
DECIMALS = ((",", _("Komma (3,5)")), (".", _("Punkt (3.5)")))
KINDS = (
    (TimeKind.DMY.value, _("Tag, Monat, Jahr (31.12.2025 14:00)")),
    (TimeKind.YMD.value, _("Jahr, Monat, Tag (2025-12-31 14:00)")),
    (TimeKind.MDY.value, _("Monat, Tag, Jahr (12/31/2025 14:00)")),
    (TimeKind.UNIX_S.value, _("Sekunden seit 1970")),
    (TimeKind.UNIX_MS.value, _("Millisekunden seit 1970")),
)
ZONES = (
    ("Europe/Berlin", _("Deutschland, mit Sommerzeit")),
    ("Etc/GMT-1", _("Deutschland, das ganze Jahr Winterzeit")),
    ("UTC", _("Weltzeit (UTC)")),
)
COVERS = (
    ("instant", _("Der Wert gilt für diesen Zeitpunkt")),
    ("from", _("Der Wert gilt für den Zeitraum ab dieser Zeit")),
)
CHANGES = (
    (ClockChange.BOTH.value, _("Beide Stunden stehen da: zuerst Sommerzeit, dann Winterzeit")),
    (ClockChange.MERGED.value, _("Eine Zeile enthält beide Stunden zusammen")),
    (ClockChange.SKIP.value, _("Ich weiß es nicht: diese Zeilen weglassen")),
)
INTERVAL_LABELS = {
    60: _("jede Minute"),
    300: _("alle 5 Minuten"),
    600: _("alle 10 Minuten"),
    900: _("alle 15 Minuten"),
    1800: _("alle 30 Minuten"),
    3600: _("jede Stunde"),
    10_800: _("alle 3 Stunden"),
    21_600: _("alle 6 Stunden"),
    86_400: _("jeden Tag"),
}
ROLES = (
    (Role.TIME.value, _("Zeit")),
    (Role.CLOCK.value, _("Uhrzeit (Datum in einer anderen Spalte)")),
    (Role.IGNORE.value, _("weglassen")),
    ("new", _("Werte einer neuen Messreihe")),
)

NEW_THING = "neu"


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Datei"),
        error_messages={
            "required": _("Bitte wählen Sie eine Datei aus."),
            "empty": _("Die Datei ist leer. Bitte wählen Sie eine andere."),
        },
    )

    def __init__(self, *args: Any, limit_mb: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = gettext("Excel (.xlsx), CSV oder Text, auch gepackt (.gz), höchstens %(mb)s MB.")
        self.fields["file"].help_text = hint % {"mb": limit_mb}


class SheetForm(forms.Form):
    """Which sheet of a workbook."""

    sheet = forms.ChoiceField(label=_("Blatt"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sheets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sheet"]
        field.choices = [(name, name) for name in sheets]


class FormatForm(forms.Form):
    """How the file is written."""

    encoding = forms.ChoiceField(label=_("Zeichenkodierung"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=_("Trennzeichen"), choices=DELIMITERS)
    decimal = forms.ChoiceField(label=_("Dezimalzeichen"), choices=DECIMALS)
    header_row = forms.IntegerField(
        label=_("Zeile mit den Namen der Spalten"),
        help_text=_("0, wenn es keine gibt."),
        min_value=0,
        max_value=100,
    )
    first_row = forms.IntegerField(label=_("Erste Zeile mit Werten"), min_value=1, max_value=100)

    def clean(self) -> dict[str, Any]:
        """Refuse data above its header."""
        given = super().clean() or {}
        header, first = given.get("header_row"), given.get("first_row")
        if header is not None and first is not None and first <= header:
            self.add_error("first_row", gettext("Die Werte stehen unter den Namen der Spalten."))
        return given

    def to_format(self) -> TableFormat:
        """Return the format that was chosen."""
        return TableFormat(**self.cleaned_data)


class ClockChangeForm(forms.Form):
    """The question that only the maker of the file can answer."""

    change = forms.ChoiceField(
        label=_("Was steht in diesen Zeilen?"), choices=CHANGES, widget=forms.RadioSelect
    )


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column on the page: what it shows and its fields."""

    column: PreviewColumn
    role: Any
    name: Any
    unit: Any
    aggregation: Any

    @property
    def errors(self) -> list[str]:
        """Return the sentences about this column."""
        fields = (self.role, self.name, self.unit, self.aggregation)
        return [error for field in fields for error in field.errors]


class ColumnsForm(forms.Form):
    """What the columns mean, and what new series have in common."""

    kind = forms.ChoiceField(label=_("Die Zeit ist geschrieben als"), choices=KINDS)
    zone = forms.ChoiceField(
        label=_("Die Uhr der Datei geht nach"),
        help_text=_("Gilt für Zeiten ohne eigene Angabe wie +01:00."),
        choices=ZONES,
    )
    covers = forms.ChoiceField(label=_("Bedeutung der Zeit"), choices=COVERS)
    interval_s = forms.TypedChoiceField(
        label=_("Werte kommen"),
        coerce=int,
        choices=[(0, _("unregelmäßig")), *((s, INTERVAL_LABELS[s]) for s in INTERVALS_S)],
    )
    thing = forms.ChoiceField(label=_("Messstelle der neuen Messreihen"))
    thing_name = forms.CharField(
        label=_("Name der neuen Messstelle"),
        help_text=_("Zum Beispiel „Pegel Mühlbach“."),
        max_length=200,
        required=False,
    )
    source = forms.CharField(
        label=_("Quelle"),
        help_text=_("Wer hat gemessen, woher stammt die Datei?"),
        max_length=300,
        required=False,
    )
    licence = forms.CharField(
        label=_("Lizenz"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "licences"}),
    )
    credit = forms.CharField(
        label=_("Namensnennung"),
        help_text=_("Steht überall, wo die Werte gezeigt werden."),
        max_length=300,
        required=False,
    )
    protection = forms.ChoiceField(label=_("Schutzbedarf"), initial=Protection.INTERNAL.value)
    difference = forms.ChoiceField(
        label=_("Wenn zu einer Zeit schon ein anderer Wert gespeichert ist"),
        choices=[(key.value, _(label)) for key, label in DIFFERENCE_LABELS.items()],
        initial=OnDifference.KEEP.value,
    )
    own_units = forms.BooleanField(
        label=_("Unbekannte Einheiten so übernehmen, wie sie geschrieben sind"), required=False
    )

    def __init__(
        self,
        *args: Any,
        preview: Preview,
        things: Sequence[tuple[int, str]],
        series: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self._choice("thing").choices = [
            (NEW_THING, gettext("neue Messstelle anlegen")),
            *things,
        ]
        self._choice("protection").choices = [
            (key.value, gettext(label)) for key, label in PROTECTION_LABELS.items()
        ]
        for column in preview.columns:
            self._add_column(column, series)

    def column_rows(self) -> Iterator[ColumnRow]:
        """Yield the columns with their fields, for the page."""
        for column in self.preview.columns:
            i = column.position
            fields = [self[f"{name}_{i}"] for name in ("role", "name", "unit", "aggregation")]
            yield ColumnRow(column, *fields)

    def column_lines(self) -> list[tuple[ColumnRow, str]]:
        """Return the columns with what each seems to be, in words."""
        return [(row, meaning(row.column)) for row in self.column_rows()]

    def clean(self) -> dict[str, Any]:
        """Check that there is one time, something to store, and a place for it."""
        given = super().clean() or {}
        roles = {c.position: given.get(f"role_{c.position}", "") for c in self.preview.columns}
        times = [i for i, role in roles.items() if role == Role.TIME]
        clocks = [i for i, role in roles.items() if role == Role.CLOCK]
        values = [i for i, role in roles.items() if role not in set(Role) - {Role.VALUE}]
        if len(times) != 1:
            self.add_error(None, gettext("Bitte wählen Sie genau eine Spalte als Zeit."))
        if len(clocks) > 1:
            self.add_error(None, gettext("Bitte wählen Sie höchstens eine Spalte als Uhrzeit."))
        if not values:
            self.add_error(None, gettext("Bitte wählen Sie mindestens eine Spalte mit Werten."))
        self._check_new([i for i, role in roles.items() if role == "new"], given)
        self._check_twice(roles)
        if given.get("covers") == "from" and not given.get("interval_s"):
            sentence = gettext("Bitte geben Sie an, wie lang der Zeitraum ist.")
            self.add_error("interval_s", sentence)
        return given

    def to_plan(self, plan: ReadingPlan) -> ReadingPlan:
        """Return how rows become readings."""
        given = self.cleaned_data
        roles = {c.position: given[f"role_{c.position}"] for c in self.preview.columns}
        date = next(i for i, role in roles.items() if role == Role.TIME)
        clock = next((i for i, role in roles.items() if role == Role.CLOCK), -1)
        where: TimeColumns = replace(
            plan.time.columns, date=date, clock=clock, kind=TimeKind(given["kind"])
        )
        covers_s = given["interval_s"] if given["covers"] == "from" else 0
        time = TimePlan(where, given["zone"], plan.time.change, covers_s or 0)
        return replace(plan, time=time, values=tuple(self._values(roles)))

    def to_targets(self) -> Targets:
        """Return where the columns go."""
        given = self.cleaned_data
        roles = {c.position: given[f"role_{c.position}"] for c in self.preview.columns}
        return Targets(
            columns={i: self._target(i, roles[i]) for i in self._values(roles)},
            thing_id=None if given["thing"] == NEW_THING else int(given["thing"]),
            thing_name=given["thing_name"].strip(),
            expected_interval_s=given["interval_s"] or None,
            source=given["source"],
            licence=given["licence"],
            credit=given["credit"],
            protection=given["protection"],
            difference=OnDifference(given["difference"]),
        )

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _add_column(self, column: PreviewColumn, series: Sequence[tuple[int, str]]) -> None:
        i, label = column.position, column.name or column.letter
        choices: list[Any] = list(ROLES)
        if series:
            choices.append((gettext("Werte einer bestehenden Messreihe"), list(series)))
        self.fields[f"role_{i}"] = forms.ChoiceField(choices=choices, label=label)
        self.fields[f"name_{i}"] = forms.CharField(max_length=200, required=False, label=label)
        self.fields[f"unit_{i}"] = forms.CharField(
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"list": "units", "autocapitalize": "none"}),
            label=label,
        )
        self.fields[f"aggregation_{i}"] = forms.ChoiceField(
            choices=[(key.value, gettext(text)) for key, text in AGGREGATION_LABELS.items()],
            required=False,
            label=label,
        )
        words = {
            "role": gettext("Bedeutung der Spalte %(name)s"),
            "name": gettext("Name der Messreihe aus %(name)s"),
            "unit": gettext("Einheit von %(name)s"),
            "aggregation": gettext("Zusammenfassung von %(name)s"),
        }
        for key, text in words.items():
            self.fields[f"{key}_{i}"].widget.attrs["aria-label"] = text % {"name": label}

    def _check_new(self, new: list[int], given: dict[str, Any]) -> None:
        names: set[str] = set()
        for i in new:
            name = (given.get(f"name_{i}") or "").strip()
            if not name:
                sentence = gettext("Bitte geben Sie der neuen Messreihe einen Namen.")
                self.add_error(f"name_{i}", sentence)
            elif name.casefold() in names:
                sentence = gettext("Diesen Namen hat schon eine andere Spalte.")
                self.add_error(f"name_{i}", sentence)
            names.add(name.casefold())
            self._check_unit(i, given)
        if new and given.get("thing") == NEW_THING and not (given.get("thing_name") or "").strip():
            sentence = gettext("Bitte geben Sie der neuen Messstelle einen Namen.")
            self.add_error("thing_name", sentence)

    def _check_unit(self, i: int, given: dict[str, Any]) -> None:
        unit = (given.get(f"unit_{i}") or "").strip()
        if unit and find_unit(unit) is None and not given.get("own_units"):
            column = self.preview.columns[i]
            sentence = gettext(
                "Spalte %(letter)s: Die Einheit „%(unit)s“ ist nicht bekannt. Bitte wählen Sie eine"
                " aus der Liste oder erlauben Sie unten eigene Einheiten."
            )
            self.add_error(f"unit_{i}", sentence % {"letter": column.letter, "unit": unit})

    def _check_twice(self, roles: dict[int, str]) -> None:
        seen: set[str] = set()
        for i, role in roles.items():
            if role.isdecimal() and role in seen:
                sentence = gettext("In diese Messreihe geht schon eine andere Spalte.")
                self.add_error(f"role_{i}", sentence)
            seen.add(role)

    def _values(self, roles: dict[int, str]) -> list[int]:
        return [i for i, role in roles.items() if role == "new" or role.isdecimal()]

    def _target(self, i: int, role: str) -> Column:
        if role.isdecimal():
            return Column(datastream_id=int(role))
        given = self.cleaned_data
        written = given[f"unit_{i}"].strip()
        unit = find_unit(written)
        guess = self.preview.columns[i].guess
        return Column(
            name=given[f"name_{i}"].strip(),
            quantity=gettext(guess.quantity.name) if guess and guess.quantity else "",
            unit_symbol=unit.symbol if unit else written,
            unit_name=gettext(unit.name) if unit else written,
            aggregation=given[f"aggregation_{i}"] or "mean",
        )
