"""Every option of an installation. ``docs/operate/options.md`` is made from this table."""

from mehrwert.base.options import Option

OPTIONS: tuple[Option, ...] = (
    Option(
        "data_dir", "data", "Ordner für Datenbanken, Schlüssel und Dateien.", "/var/lib/mehrwert"
    ),
    Option(
        "database_url",
        "",
        "PostgreSQL mit PostGIS. Leer: SQLite im Datenordner.",
        "postgresql://mehrwert@localhost/mehrwert",
        secret=True,
    ),
    Option(
        "public_url",
        "",
        "Adresse, unter der Menschen die Installation sehen.",
        "https://daten.auental.example",
    ),
    Option(
        "allowed_hosts",
        ("localhost", "127.0.0.1", "[::1]"),
        "Erlaubte Host-Namen.",
        "daten.auental.example",
    ),
    Option(
        "trusted_proxies",
        (),
        "Adressen des Reverse-Proxys, dessen X-Forwarded-* gilt.",
        "127.0.0.1",
    ),
    Option(
        "secret_key", "", "Schlüssel für Sitzungen. Leer: wird im Datenordner erzeugt.", secret=True
    ),
    Option("debug", False, "Nur für die Entwicklung.", "nein"),
    Option("log_level", "INFO", "DEBUG, INFO, WARNING oder ERROR.", "INFO"),
    Option("log_format", "text", "text oder json.", "json"),
    Option("body_limit_mb", 16, "Größte Anfrage an Seiten und Schnittstellen, in Megabyte.", "16"),
    Option("upload_limit_mb", 512, "Größte hochgeladene Datei, in Megabyte.", "512"),
    Option(
        "outgoing_hosts",
        (),
        "Rechner, die angesprochen werden dürfen: Namen, IP-Adressen, Netze. Leer: keiner. Ein"
        " Name, der in ein inneres Netz führt, gilt nur, wenn auch die Adresse dort steht.",
        "mail.auental.example,broker.auental.example,10.20.0.5",
    ),
    Option(
        "catalogue_publisher",
        "",
        "Wer den öffentlichen Katalog herausgibt, für DCAT-AP.de und ADMS-AP.",
        "Stadt Auental",
    ),
    Option(
        "catalogue_contact",
        "",
        "E-Mail oder Seite für Fragen zum Katalog. Leer: das Impressum.",
        "daten@auental.example",
    ),
    Option(
        "govdata_contributor",
        "",
        "Kennung als Datenlieferant von GovData. Leer: nicht für GovData.",
        "http://dcat-ap.de/def/contributors/kennung",
    ),
    Option(
        "repository_copies",
        "",
        "Ordner mit Kopien (git clone) von Repositories, je Lösung einer mit ihrem Kurznamen; jede"
        " Nacht gelesen. Leer: keiner.",
        "/var/lib/mehrwert/repositories",
    ),
    Option(
        "oidc_issuer",
        "",
        "Adresse des OpenID-Anbieters. Leer: nur eigene Anmeldung.",
        "https://login.example/realms/stadt",
    ),
    Option("oidc_client_id", "", "Client-Kennung beim OpenID-Anbieter."),
    Option("oidc_client_secret", "", "Client-Geheimnis beim OpenID-Anbieter.", secret=True),
    Option(
        "package_keys",
        (),
        "Wessen unterschriebene Pakete angenommen werden: Name=ed25519:Schlüssel. Pakete, die"
        " mitkommen, brauchen keine Unterschrift.",
        "Landkreis=ed25519:3d40…",
    ),
    Option(
        "package_signature_required",
        False,
        "Fremde Pakete nur mit Unterschrift annehmen.",
        "ja",
    ),
    Option(
        "backup_dir",
        "",
        "Ordner für Sicherungen. Leer: backups im Datenordner.",
        "/var/backups/mehrwert",
    ),
    Option("backup_keep", 14, "So viele nächtliche Sicherungen bleiben liegen.", "14"),
    Option("disk_warning_mb", 2048, "Warnen, wenn weniger Platz frei ist, in Megabyte.", "2048"),
    Option(
        "metrics_token",
        "",
        "Geheimnis für /metrics. Leer: nur von diesem Rechner aus.",
        secret=True,
    ),
    Option(
        "demo", False, "Demo-Betrieb: erfundene Kommune, Rollenwechsel mit einem Klick.", "nein"
    ),
    Option(
        "conformance",
        False,
        "Nur script/conformance-server: anonymes Schreiben auf Loopback.",
        "nein",
    ),
    Option(
        "mqtt_broker",
        "",
        "MQTT-Broker, bei dem sich der Server anmeldet. Leer: kein MQTT. Siehe mqtt.md.",
        "mqtt://127.0.0.1:1884",
    ),
    Option(
        "mqtt_password",
        "",
        "Passwort des Servers beim Broker. Leer: wird im Datenordner erzeugt.",
        secret=True,
    ),
    Option(
        "mqtt_config_dir",
        "",
        "Ordner der Dateien des Brokers: Der Server schreibt sie neu, sobald sich ein Schlüssel mit"
        " dem Recht MQTT ändert. Leer: nur der Befehl „mehrwert mqtt_config“ schreibt sie.",
        "/etc/mosquitto/conf.d",
    ),
    Option(
        "mqtt_certificates",
        "",
        "Ordner mit fullchain.pem und privkey.pem für die Ports des Brokers. Leer: ohne TLS.",
        "/etc/letsencrypt/live/daten.auental.example",
    ),
    Option("mqtt_read_port", 1883, "Port des Brokers für alle, die Werte abonnieren.", "1883"),
    Option("mqtt_websocket_port", 9001, "Dasselbe für Webseiten; nur auf diesem Rechner.", "9001"),
    Option(
        "mqtt_create_port",
        18830,
        "Port zum Senden von Messwerten: dieser plus die Nummer der Kommune.",
        "18830",
    ),
    Option(
        "mqtt_all_observations",
        False,
        "Jeden Messwert auch unter v1.1/Observations melden: sehr viele Nachrichten.",
        "nein",
    ),
    Option("worker_threads", 2, "Gleichzeitige Aufträge je Prozess.", "2"),
)
