"""What municipalities agree on: coded answers counted over all of them (EVI-34)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import csv_response, needs, render_page
from mehrwert.evaluation import queries
from mehrwert.evaluation.choices import CODES, QUESTIONS, SIZE_LABELS
from mehrwert.evaluation.rules.agreement import LEAST, Agreement
from mehrwert.evaluation.views.common import address, crumbs


@needs("read")
@require_safe
def agreement(request: Any) -> HttpResponse:
    """Show how many municipalities said what, nothing below three."""
    found = queries.read_agreement(is_demo=request.tenant.is_demo)
    title = gettext("Worin Kommunen sich einig sind")
    context = {
        "crumbs": crumbs(request, None, title),
        "title": title,
        "tables": [_table(one) for one in found if one.n is not None],
        "n_hidden": sum(one.n is None for one in found),
        "least": LEAST,
        "sizes": [gettext(label) for label in SIZE_LABELS.values()],
        "csv_url": address(request, "agreement_csv"),
        "back_url": address(request, "list"),
    }
    return render_page(request, "evaluation/agreement.html", context)


def _table(one: Agreement) -> dict[str, Any]:
    words = dict(CODES[one.question])
    return {
        "id": one.question,
        "question": gettext(QUESTIONS[one.question][0]),
        "n": one.n,
        "lines": [
            {
                "label": gettext(words[line.code]),
                "n": line.n,
                "cells": [
                    (gettext(label), line.by_kind[kind]) for kind, label in SIZE_LABELS.items()
                ],
            }
            for line in one.lines
        ],
    }


@needs("read")
@require_safe
def agreement_csv(request: Any) -> HttpResponse:
    """Return the same as a table; a suppressed cell is empty."""
    found = queries.read_agreement(is_demo=request.tenant.is_demo)
    head = ("frage", "antwort", "kommunen", "alle", *SIZE_LABELS)
    return csv_response(request, "antworten.csv", head, _rows(found))


def _rows(found: list[Agreement]) -> Iterator[list[Any]]:
    for one in found:
        for line in one.lines:
            cells = ["" if n is None else n for n in (line.n, *line.by_kind.values())]
            yield [one.question, line.code, one.n, *cells]
