"""Entry by field of action and task: what there is, and what is not yet sorted (CAT-108)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.http import render_page
from mehrwert.catalogue import presenting, queries, wording
from mehrwert.catalogue.choices import FIELDS_OF_ACTION
from mehrwert.catalogue.views.browse import enter


def _task(task: queries.TaskCount) -> dict[str, Any]:
    """Return a task with its key in a public list, whether it is a duty, and where a click leads.

    The duty is shown where somebody said it; unknown is no voluntary task.
    """
    scheme = {"leika": "LeiKa", "ozg": "OZG"}.get(task.scheme, "")
    duty = {"duty": gettext("Pflichtaufgabe"), "voluntary": gettext("freiwillig")}
    unknown = gettext("Pflicht oder freiwillig: keine Angabe")
    parts = [f"{scheme} {task.key}" if scheme else "", duty.get(task.duty, unknown)]
    return {
        "name": task.name,
        "count": task.count,
        "told": " · ".join(part for part in parts if part),
        "url": f"{reverse('catalogue:list')}?{urlencode({'q': task.name})}",
    }


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Show the nineteen fields with their solutions counted, and the tasks below them."""
    enter(request)
    tree = queries.read_task_tree()
    shown = [
        {
            "name": wording.field_name(field.code),
            "css": presenting.colour_of(field.code),
            "code": field.code,
            "count": tree.fields.get(field.code, 0),
            "tasks": [_task(task) for task in tree.tasks.get(field.code, [])],
        }
        for field in FIELDS_OF_ACTION
    ]
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (gettext("Handlungsfelder und Aufgaben"), ""),
        ],
        "fields": shown,
        "without_task": tree.without_task,
    }
    return render_page(request, "catalogue/fields.html", context)
