"""Page and table: the years of a series beside each other (OBS-53)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import needs, render_page
from mehrwert.figures import PAGE, PAPER, Look, number, quantity, year_lines, year_lines_pair
from mehrwert.figures.text import MONTHS
from mehrwert.observations import queries, years
from mehrwert.observations.access import context_of, tenant_of
from mehrwert.observations.actions import note_reads
from mehrwert.observations.choices import DAY_KIND_LABELS, Aggregation, DayKind
from mehrwert.observations.exports import csv_text, dialect_of, download, file_name
from mehrwert.observations.forms import LimitForm
from mehrwert.observations.periods import BERLIN, Columns, midnight
from mehrwert.observations.presenting import address, common
from mehrwert.observations.wording import aggregation_text, language, reference, value_text

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
FOREVER_US = 2**61


@dataclass(frozen=True, slots=True)
class Told:
    """A series with its local days, and the limit somebody chose."""

    series: queries.DatastreamRow
    days: Columns
    limit: float | None
    form: LimitForm

    @property
    def aggregation(self) -> Aggregation:
        """Return how readings are summed up."""
        return Aggregation(self.series.aggregation)

    @property
    def unit(self) -> str:
        """Return the unit, empty for counts."""
        return self.series.unit_symbol or ""

    @property
    def kinds(self) -> tuple[DayKind, ...]:
        """Return the kinds of days that are counted."""
        return years.kinds_of(self.series.unit_symbol, self.series.property_name)

    def years(self) -> list[years.Year]:
        """Return the years, newest first."""
        return years.years_of(self.days, self.aggregation, self.kinds, self.limit)


@needs("read")
@require_safe
def datastream_years(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Show each year of a series: value, extremes, percentiles, hot and cold days."""
    told = _told(request, datastream_id)
    series, found = told.series, told.years()
    title = gettext("Jahre im Vergleich")
    back = address(request, "datastream", datastream_id=series.id)
    context = {
        "crumbs": [
            (gettext("Daten"), address(request, "thing_list")),
            (series.name, back),
            (title, ""),
        ],
        "title": title,
        "series": series,
        "series_url": back,
        "rows": [_row(told, year) for year in found],
        "heads": _heads(told),
        "months": _months(told),
        "month_names": [name[:3] for name in MONTHS[language()].split()],
        "figure": _figure(request, told) if found else None,
        "limit_form": told.form,
        "aggregation": aggregation_text(series.aggregation),
        "share_heads": [f"P{share}" for share in years.SHARES],
        **common(request),
    }
    return render_page(request, "observations/years.html", context)


@needs("read")
@require_safe
def years_csv(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Return the table of years, and the values of the months behind it."""
    told = _told(request, datastream_id, "downloads")
    dialect = dialect_of(request.GET.get("format", ""))
    kinds = told.kinds
    months = years.months_of(told.days, told.aggregation)
    rows = [
        [
            *(year.year, told.unit, year.value, year.low, year.high, *year.percentiles),
            *(year.n_days, year.n_expected, *(year.days[kind] for kind in kinds)),
            *([] if year.n_above is None else [year.n_above]),
            *months[year.year],
        ]
        for year in told.years()
    ]
    head = [
        *(gettext("Jahr"), gettext("Einheit"), aggregation_text(told.series.aggregation)),
        *(gettext("Kleinster"), gettext("Größter"), *(f"P{share}" for share in years.SHARES)),
        *(gettext("Tage mit Werten"), gettext("Tage der Reihe")),
        *(head.replace("\u00a0", " ") for head in _heads(told)),
        *MONTHS[language()].split(),
    ]
    return download(
        dialect.start + csv_text([head, *rows], dialect), f"{file_name(told.series)}-jahre.csv"
    )


@needs("read")
@require_safe
def years_svg(request: HttpRequest, datastream_id: int) -> HttpResponse:
    """Return the figure as a file with fixed colours."""
    told = _told(request, datastream_id, "downloads")
    look = Look(palette=PAPER, language=language(), key=f"j{told.series.id}")
    drawn = year_lines(
        years.months_of(told.days, told.aggregation), **_naming(told), unit=told.unit, look=look
    )
    response = HttpResponse(XML + drawn, content_type="image/svg+xml")
    name = f"{file_name(told.series)}-jahre.svg"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _told(request: HttpRequest, datastream_id: int, door: str = "pages") -> Told:
    tenant_id = tenant_of(request).pk
    series = queries.read_datastream(tenant_id, datastream_id)
    note_reads(context_of(request, door), [series.id])
    days = queries.read_local_days(tenant_id, series.id, -FOREVER_US, FOREVER_US)
    form = LimitForm(request.GET if "ab" in request.GET else None)
    limit = form.cleaned_data.get("ab") if form.is_bound and form.is_valid() else None
    return Told(series, days, limit, form)


def _heads(told: Told) -> list[str]:
    heads = [gettext(DAY_KIND_LABELS[kind]) for kind in told.kinds]
    if told.limit is not None:
        heads.append(gettext("Tage ab %(value)s") % {"value": value_text(told.limit, told.unit)})
    return heads


def _row(told: Told, year: years.Year) -> dict[str, Any]:
    counts = [*year.days.values(), *([] if year.n_above is None else [year.n_above])]
    return {
        "year": str(year.year),
        "value": value_text(year.value, told.unit),
        "low": value_text(year.low, told.unit),
        "high": value_text(year.high, told.unit),
        "shares": [value_text(value, told.unit) for value in year.percentiles],
        "n_days": year.n_days,
        "n_expected": year.n_expected,
        "is_thin": year.coverage < years.ENOUGH,
        "is_part": year.is_part,
        "counts": counts,
    }


def _months(told: Told) -> list[tuple[str, list[str]]]:
    table = years.months_of(told.days, told.aggregation)
    return [
        (str(year), [number(value, language=language()) for value in table[year]])
        for year in sorted(table, reverse=True)
    ]


def _naming(told: Told) -> dict[str, str]:
    title = gettext("%(name)s, %(what)s je Monat und Jahr") % {
        "name": told.series.name,
        "what": aggregation_text(told.series.aggregation),
    }
    return {"title": title, "description": gettext("Verlauf von %(name)s") % {"name": title}}


def _figure(request: HttpRequest, told: Told) -> dict[str, Any]:
    series, query = told.series, request.GET.urlencode()
    csv = address(request, "years_csv", datastream_id=series.id)
    look = Look(palette=PAGE, language=language(), key=f"j{series.id}")
    months = years.months_of(told.days, told.aggregation)
    drawn = year_lines_pair(months, **_naming(told), unit=told.unit, look=look)
    return {
        "title": _naming(told)["title"],
        "svg": mark_safe(drawn),  # noqa: S308 (drawn by figures)
        "sentence": _sentence(told),
        "svg_url": address(request, "years_svg", datastream_id=series.id),
        "downloads": [
            (gettext("für Programme"), f"{csv}?{query}"),
            (gettext("für Excel"), f"{csv}?{query}{'&' if query else ''}format=excel"),
        ],
        "sources": [text for text in (series.source, series.credit, series.licence) if text],
        "as_of": series.last_time_us,
        "cite": reference(
            series,
            tenant_of(request).name,
            request.build_absolute_uri(request.path),
            _ends(told.days),
        ),
    }


def _ends(days: Columns) -> tuple[int, int]:
    noons = [int(days.keys[place]) * 86_400 + 43_200 for place in (0, -1)]
    return noons[0] * 1_000_000, noons[1] * 1_000_000


def _sentence(told: Told) -> str:
    """Say how the newest year stands to the one before, over the same days."""
    pair = years.same_stretch(told.days, told.aggregation)
    if pair is None:
        return gettext(
            "Für einen Vergleich mit dem Vorjahr fehlen noch Tage. Die Tabelle zeigt, was da ist."
        )
    until = midnight(pair.until).astimezone(BERLIN)
    values: dict[str, str] = {
        "year": str(until.year),
        "day": f"{until.day}. {MONTHS[language()].split()[until.month - 1]}",
        "value": quantity(pair.value, told.unit, language=language()),
        "before": quantity(pair.before, told.unit, language=language()),
        "difference": quantity(abs(pair.value - pair.before), told.unit, language=language()),
        "last": str(until.year - 1),
    }
    is_sum = told.aggregation is Aggregation.SUM
    words = _sum_words(pair) if is_sum else _mean_words(pair)
    return words % values


def _sum_words(pair: years.SameStretch) -> str:
    if pair.value >= pair.before:
        return gettext(
            "%(year)s bis zum %(day)s zusammen %(value)s,"
            " %(difference)s mehr als in denselben Tagen %(last)s (%(before)s)."
        )
    return gettext(
        "%(year)s bis zum %(day)s zusammen %(value)s,"
        " %(difference)s weniger als in denselben Tagen %(last)s (%(before)s)."
    )


def _mean_words(pair: years.SameStretch) -> str:
    if pair.value >= pair.before:
        return gettext(
            "%(year)s bis zum %(day)s im Mittel %(value)s,"
            " %(difference)s mehr als in denselben Tagen %(last)s (%(before)s)."
        )
    return gettext(
        "%(year)s bis zum %(day)s im Mittel %(value)s,"
        " %(difference)s weniger als in denselben Tagen %(last)s (%(before)s)."
    )
