"""The own calculation of five years beside what others pay; nothing of it is stored (TRF-407)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.errors import NotFoundError
from mehrwert.base.http import render_page
from mehrwert.catalogue import presenting, queries, wording
from mehrwert.catalogue.choices import COST_BLOCK_LABELS, CostBlock
from mehrwert.catalogue.cost_book import ORDER, cost_book
from mehrwert.catalogue.forms_costs import OwnCostsForm
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import SolutionCosts
from mehrwert.catalogue.rules.own_costs import BlockLine, Calculation, OwnCosts, calculate
from mehrwert.catalogue.views.browse import enter, home_of
from mehrwert.documents.workbook import ODS_TYPE, XLSX_TYPE, ods, xlsx
from mehrwert.figures import number

FILES = {"ods": (ods, ODS_TYPE), "xlsx": (xlsx, XLSX_TYPE)}


@require_safe
def own_costs(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for own inhabitants, prices, hours and funding; show where they differ from others."""
    found = queries.read_solution(slug)
    enter(request)
    data = request.GET.copy()
    home = home_of(request)
    if "einwohner" not in data and home and home.population:
        data["einwohner"] = str(home.population)
    form = OwnCostsForm(data if "einwohner" in data else None)
    paid, own = _paid(found, form)
    if own is not None and "mittel" in data:
        data = _with_middle(data, paid, own.population)
        form = OwnCostsForm(data)
        paid, own = _paid(found, form)
    told = _calculated(paid, own) if own else None
    context = {
        "crumbs": _crumbs(found),
        "solution": found,
        "form": form,
        "paid": paid,
        "rows": [_row(form, block, told) for block in ORDER],
        "sums": _sums(told) if told else [],
        "told": told,
        "own": own,
        "query": data.urlencode() if own else "",
        "span": _ends(told),
    }
    status = 422 if form.is_bound and own is None else 200
    return render_page(request, "catalogue/own_costs.html", context, status)


@require_safe
def costs_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Return the same as a workbook, ODS or XLSX, whose formulas work it out again (TRF-406)."""
    found = queries.read_solution(slug)
    form = OwnCostsForm(request.GET)
    paid, own = _paid(found, form)
    if own is None or ending not in FILES:
        raise NotFoundError
    write, media_type = FILES[ending]
    book = cost_book(found.name, paid, own, _calculated(paid, own), timezone.localdate())
    response = HttpResponse(write(book), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="kosten-{slug}.{ending}"'
    return response


def _crumbs(found: Solution) -> list[tuple[str, str]]:
    return [
        (gettext("Lösungen"), reverse("catalogue:list")),
        (found.name, presenting.url_of(found.slug)),
        (gettext("Kosten"), reverse("catalogue:costs", args=[found.slug])),
        (gettext("Eigene Rechnung"), ""),
    ]


def _paid(found: Solution, form: OwnCostsForm) -> tuple[SolutionCosts, OwnCosts | None]:
    own = form.own() if form.is_bound and form.is_valid() else None
    return queries.read_costs(found, own.population if own else None), own


def _calculated(paid: SolutionCosts, own: OwnCosts) -> Calculation:
    others = {one.block: one.total for one in paid.blocks}
    return calculate(own, others, paid.total, ORDER)


def _with_middle(given: QueryDict, paid: SolutionCosts, people: int) -> QueryDict:
    """Return the same with the middle of the others where nobody typed an amount."""
    data = given.copy()
    del data["mittel"]
    split = [one for one in paid.blocks if one.total is not None]
    parts = split or [paid.whole]
    for one in parts:
        block = one.block or CostBlock.UNSPLIT.value
        for part, span in (("einmalig", one.once), ("jaehrlich", one.yearly)):
            name = f"{part}-{block}"
            if span is not None and not data.get(name):
                data[name] = _cents(people * span.base)
    return data


def _cents(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def _row(form: OwnCostsForm, block: str, told: Calculation | None) -> dict[str, Any]:
    line = _line_of(told, block)
    once, yearly = form.pair(block)
    return {
        "label": gettext(COST_BLOCK_LABELS[block]),
        "once": once,
        "yearly": yearly,
        "own": _euros(line.own) if line else "",
        "base": _euros(line.others.base) if line and line.others else "",
        "difference": _signed(line.difference) if line else "",
    }


def _line_of(told: Calculation | None, block: str) -> BlockLine | None:
    lines = told.lines if told else ()
    return next((line for line in lines if line.block == block), None)


def _ends(told: Calculation | None) -> dict[str, str] | None:
    if told is None or told.others is None:
        return None
    span = told.others
    return {"low": _euros(span.low), "base": _euros(span.base), "high": _euros(span.high)}


def _sums(told: Calculation) -> list[tuple[str, str]]:
    """Return what comes out, line by line; empty while no amount is known."""
    if told.own is None:
        return []
    lines = [
        (gettext("Eigene Kosten in fünf Jahren"), _euros(told.own)),
        (gettext("Davon zahlt ein Programm"), _euros(told.funding)),
        (gettext("Das bleibt zu tragen"), _euros(told.borne)),
    ]
    if told.difference is not None:
        lines += [
            (gettext("Unterschied zur Mitte der anderen"), _signed(told.difference)),
            (gettext("davon durch die Blöcke erklärt"), _signed(told.explained)),
            (gettext("davon nicht erklärt"), _signed(told.rest)),
        ]
    if told.hours is not None:
        lines.append((gettext("Eigene Stunden in fünf Jahren"), f"{_number(told.hours)} h"))
    if told.hours_eur is not None:
        label = gettext("Stunden zum Stundensatz; kein Betrag des Haushalts, keine Einsparung")
        lines.append((label, _euros(told.hours_eur)))
    return lines


def _euros(value: Fraction | None) -> str:
    return "" if value is None else f"{_number(value)} €"


def _signed(value: Fraction | None) -> str:
    if value is None:
        return ""
    return ("+" if round(value) > 0 else "") + _euros(value)


def _number(value: Fraction) -> str:
    return number(float(value), 0, language=wording.language())
