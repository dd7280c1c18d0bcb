"""Jobs of a municipality or of the installation: list, progress, stop."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base import actions, queries
from mehrwert.base.access import may_cancel
from mehrwert.base.clock import now_us
from mehrwert.base.errors import ForbiddenError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.models import Job, JobState
from mehrwert.base.paging import paginate
from mehrwert.base.rules import Progress, is_local_path, progress_of

TAGS = {
    JobState.READY: "",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "warn",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as its page shows it."""

    job: Job
    progress: Progress
    tag_kind: str
    url: str
    cancel_url: str
    result_url: str


@needs("read")
@require_safe
def job_list(request: Any) -> HttpResponse:
    """List the jobs of a municipality."""
    return _list(request, request.tenant.pk)


@needs("read")
@require_safe
def job(request: Any, job_id: str) -> HttpResponse:
    """Show one job of a municipality."""
    return _page(request, job_id, request.tenant.pk)


@needs("read")
@require_POST
def cancel(request: Any, job_id: str) -> HttpResponse:
    """Ask a job of a municipality to stop."""
    return _cancel(request, job_id, request.tenant.pk)


@needs("operate")
@require_safe
def system_jobs(request: Any) -> HttpResponse:
    """List the jobs of the installation."""
    return _list(request, None)


@needs("operate")
@require_safe
def system_job(request: Any, job_id: str) -> HttpResponse:
    """Show one job of the installation."""
    request.nav_key = "system_jobs"
    return _page(request, job_id, None)


@needs("operate")
@require_POST
def cancel_system_job(request: Any, job_id: str) -> HttpResponse:
    """Ask a job of the installation to stop."""
    return _cancel(request, job_id, None)


def _list(request: Any, tenant_id: int | None) -> HttpResponse:
    page = paginate(request, queries.list_jobs(tenant_id), size=30)
    context = {
        "page": page,
        "rows": [_shown(request, row) for row in page.items],
        "is_system": tenant_id is None,
    }
    return render_page(request, "base/jobs/list.html", context)


def _page(request: Any, job_id: str, tenant_id: int | None) -> HttpResponse:
    found = queries.read_job(job_id, tenant_id)
    crumbs = [(gettext("Aufträge"), _url("list", found, request)), (gettext(found.title), "")]
    live_url = ""
    if tenant_id is not None and found.is_open:
        position = queries.last_live_id()
        live_url = f"/live/{request.tenant.slug}?topics=job&nach={position}"
    context = {
        "shown": _shown(request, found),
        "crumbs": crumbs,
        "live_url": live_url,
        "is_system": tenant_id is None,
    }
    response = render_page(
        request, "base/jobs/job.html", context, fragment="base/jobs/progress.html"
    )
    response["Cache-Control"] = "no-store"
    return response


def _cancel(request: Any, job_id: str, tenant_id: int | None) -> HttpResponse:
    found = queries.read_job(job_id, tenant_id)
    if found.is_open and not may_cancel(found, user_id=request.user.pk, can=request.can):
        raise ForbiddenError
    actions.cancel_job(job_id, tenant_id=tenant_id, actor=actor_of(request))
    messages.info(request, gettext("Der Auftrag hält an, sobald der laufende Schritt es erlaubt."))
    return redirect(_url("page", found, request))


def _shown(request: Any, found: Job) -> Shown:
    progress = progress_of(
        done=found.done,
        total=found.total,
        started_us=found.started_us,
        ended_us=found.finished_us,
        now_us=now_us(),
    )
    allowed = may_cancel(found, user_id=request.user.pk, can=request.can)
    result = found.result if isinstance(found.result, dict) else {}
    return Shown(
        job=found,
        progress=progress,
        tag_kind=TAGS[JobState(found.state)],
        url=_url("page", found, request),
        cancel_url=_url("cancel", found, request) if allowed else "",
        result_url=result["url"] if is_local_path(result.get("url")) else "",
    )


NAMES = {
    "list": ("base:job_list", "base:system_jobs"),
    "page": ("base:job", "base:system_job"),
    "cancel": ("base:cancel_job", "base:cancel_system_job"),
}


def _url(what: str, found: Job, request: Any) -> str:
    """Return an address of the municipality's or the installation's pages."""
    of_town, of_system = NAMES[what]
    kwargs = {} if what == "list" else {"job_id": found.id}
    if found.tenant_id is None:
        return reverse(of_system, kwargs=kwargs)
    return reverse(of_town, kwargs={**kwargs, "mandant": request.tenant.slug})
