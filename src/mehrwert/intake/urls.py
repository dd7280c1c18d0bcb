"""Routes of the room, below ``/<mandant>/daten/geraete/``."""

from django.urls import path

from mehrwert.intake.views import codecs, devices, sources, unknown

app_name = "intake"
urlpatterns = [
    path("", devices.device_list, name="device_list"),
    path("geraete.csv", devices.device_csv, name="device_csv"),
    path("<int:device_id>/", devices.device, name="device"),
    path("<int:device_id>/bearbeiten/", devices.device_edit, name="device_edit"),
    path("<int:device_id>/neu-lesen/", devices.device_replay, name="device_replay"),
    path("nachrichten/<int:message_id>/", devices.message, name="message"),
    path("unbekannt/", unknown.unknown_list, name="unknown_list"),
    path("unbekannt/<int:device_id>/", unknown.adopt, name="adopt"),
    path("unbekannt/<int:device_id>/beiseite/", unknown.put_aside, name="put_aside"),
    path("quellen/", sources.source_list, name="source_list"),
    path("quellen/neu/", sources.source_new, name="source_new"),
    path("quellen/<int:source_id>/", sources.source, name="source"),
    path("quellen/<int:source_id>/erneuern/", sources.source_rotate, name="source_rotate"),
    path("quellen/<int:source_id>/sperren/", sources.source_end, name="source_end"),
    path("quellen/<int:source_id>/probe/", sources.source_sample, name="source_sample"),
    path("codecs/", codecs.codec_list, name="codec_list"),
    path("codecs/neu/", codecs.codec_new, name="codec_new"),
    path("codecs/<int:codec_id>/", codecs.codec, name="codec"),
    path("codecs/<int:codec_id>/bearbeiten/", codecs.codec_edit, name="codec_edit"),
    path("codecs/<int:codec_id>/probieren/", codecs.codec_try, name="codec_try"),
    path("codecs/<int:codec_id>/schalten/", codecs.codec_switch, name="codec_switch"),
]
