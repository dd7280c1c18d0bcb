"""``mehrwert mqtt_config FOLDER``: the files with which a Mosquitto broker serves this system."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.standards.sensorthings.mqtt.writing import write_files


class Command(BaseCommand):
    """Writes the files and says what to do with them."""

    help = "Schreibt Konfiguration, Passwörter und Rechte für Mosquitto in einen Ordner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="etwa /etc/mosquitto/conf.d")
        parser.add_argument(
            "--certificates",
            default="",
            help="Ordner mit fullchain.pem und privkey.pem: die Ports sprechen dann TLS",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = write_files(options["folder"], options["certificates"])
        except OSError as error:
            raise CommandError(f"Das ließ sich nicht schreiben: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"Geschrieben: {written.n_files} Dateien in {written.folder}")
            self.stdout.write(f"Schlüssel mit dem Recht MQTT: {written.n_logins}")
            for name, port in written.ports:
                self.stdout.write(f"  {name}: Messwerte senden an Port {port}")
            if settings.MEHRWERT.mqtt_config_dir:
                self.stdout.write(
                    "Neue und gesperrte Schlüssel schreibt der Server selbst hierher,"
                )
            else:
                self.stdout.write("Nach neuen oder gesperrten Schlüsseln noch einmal aufrufen,")
            self.stdout.write("danach: systemctl reload mosquitto (neue Kommune: restart).")
