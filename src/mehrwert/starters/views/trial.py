"""Page: a package with sample data or an own table; nothing is left behind."""

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mehrwert.base.http import needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.starters import presenting, queries
from mehrwert.starters.errors import TrialTableError
from mehrwert.starters.forms import TrialForm
from mehrwert.starters.trial import Columns, read_table


@needs("read")
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: Any, slug: str) -> HttpResponse:
    """Show what the rules would have said; with the sample data, or with an own table."""
    request.nav_key = "solutions"
    library = queries.bundled_package(slug)
    row = queries.list_installations().get(slug)
    form = TrialForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        series=queries.series_to_try(library, row),
        own=queries.own_series(request.tenant.pk),
    )
    tried = queries.try_draft(row, library)
    is_own = False
    if request.method == "POST" and form.is_valid():
        try:
            columns = _columns_of(request, form.cleaned_data)
        except TrialTableError as error:
            form.add_error("file", sentence_of(error))
        else:
            is_own = True
            tried = queries.try_table(row, library, form.cleaned_data["series"], columns)
    context = {
        "crumbs": presenting.crumbs(request, library, gettext("Probe")),
        "package": library,
        "form": form,
        "is_own": is_own,
        "tried": presenting.trial_shown(tried),
        "may_edit": request.can("edit_data"),
    }
    return render_page(request, "starters/trial.html", context, 422 if form.errors else 200)


def _columns_of(request: Any, given: Any) -> Columns:
    """Return the readings to try: those of an own series, or of a table."""
    if given["own"] is not None:
        return queries.last_year_of(request.tenant.pk, given["own"])
    return _columns(given["file"])


def _columns(file: Any) -> Columns:
    """Read an uploaded table from a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        return read_table(path)
