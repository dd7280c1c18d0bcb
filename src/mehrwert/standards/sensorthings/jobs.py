"""Doors for work in the background; each bears being called twice."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext
from django_tasks import task

from mehrwert.base.actions import start_job
from mehrwert.base.events import Event
from mehrwert.standards.sensorthings.errors import BrokerFilesError
from mehrwert.standards.sensorthings.mqtt.settings import is_on
from mehrwert.standards.sensorthings.mqtt.writing import write_files


@task()
def write_broker_files() -> int:
    """Write the files of the broker where the operator wants them; return how many are new.

    Raises:
        BrokerFilesError: The folder cannot be written; the page of jobs says so.
    """
    options = settings.MEHRWERT
    if not options.mqtt_config_dir:
        return 0
    try:
        return write_files(Path(options.mqtt_config_dir), options.mqtt_certificates).n_changed
    except OSError as error:
        raise BrokerFilesError(folder=options.mqtt_config_dir) from error


def renew_broker_files(event: Event, *, tenant_id: int | None) -> None:
    """Let the broker know a key that changed, if the operator said where its files lie."""
    if is_on() and settings.MEHRWERT.mqtt_config_dir:
        start_job(
            write_broker_files,
            title=gettext("MQTT-Broker: Schlüssel neu schreiben"),
            tenant_id=None,
        )
