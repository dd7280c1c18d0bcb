"""Routes of the room."""

from django.urls import path

from mehrwert.base import shell_views
from mehrwert.base.views import audit, jobs, legal, system

app_name = "base"
urlpatterns = [
    path("darstellung/", shell_views.appearance, name="appearance"),
    path("hilfe/", shell_views.help_page, name="help"),
    path(
        "rechtliches/barrierefreiheit/pruefung/",
        shell_views.accessibility_report,
        name="accessibility_report",
    ),
    path("rechtliches/<slug:page>/", shell_views.legal, name="legal"),
    path("betrieb/", system.system, name="system"),
    path("betrieb/sichern/", system.back_up, name="back_up"),
    path("betrieb/probe/", system.drill, name="drill"),
    path("betrieb/zustellungen/", system.events, name="events"),
    path("betrieb/zustellungen/<int:delivery_id>/", system.retry_event, name="retry_event"),
    path("betrieb/auftraege/", jobs.system_jobs, name="system_jobs"),
    path("betrieb/auftraege/<slug:job_id>/", jobs.system_job, name="system_job"),
    path(
        "betrieb/auftraege/<slug:job_id>/abbrechen/",
        jobs.cancel_system_job,
        name="cancel_system_job",
    ),
    path("betrieb/protokoll/", audit.system_audit, name="system_audit"),
    path("betrieb/protokoll/csv/", audit.system_audit_csv, name="system_audit_csv"),
    path("betrieb/rechtliches/", legal.legal_texts, name="legal_texts"),
    path("betrieb/rechtliches/<slug:page>/", legal.legal_text, name="legal_text"),
    path(
        "betrieb/rechtliches/<slug:page>/<int:version>/", legal.legal_version, name="legal_version"
    ),
    path(
        "betrieb/rechtliches/<slug:page>/<int:version>/gilt/",
        legal.take_up_version,
        name="take_up_version",
    ),
    # last: their first part is the name of a municipality
    path("<slug:mandant>/auftraege/", jobs.job_list, name="job_list"),
    path("<slug:mandant>/auftraege/<slug:job_id>/", jobs.job, name="job"),
    path("<slug:mandant>/auftraege/<slug:job_id>/abbrechen/", jobs.cancel, name="cancel_job"),
    path("<slug:mandant>/protokoll/", audit.audit, name="audit"),
    path("<slug:mandant>/protokoll/csv/", audit.audit_csv, name="audit_csv"),
]
