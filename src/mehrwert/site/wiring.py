"""Who listens to what, which rooms contribute to which page. Tables only, no behaviour.

Names are dotted strings, resolved when they are needed.
"""

from mehrwert.base.marks import mark
from mehrwert.base.wiring import Timed
from mehrwert.site.audit_fields import AUDIT_FIELDS as AUDIT_FIELDS
from mehrwert.site.audit_words import AUDIT_KINDS as AUDIT_KINDS
from mehrwert.site.audit_words import AUDIT_VERBS as AUDIT_VERBS
from mehrwert.site.menus import FOOTER as FOOTER
from mehrwert.site.menus import NAVIGATION as NAVIGATION
from mehrwert.site.menus import OPERATE as OPERATE
from mehrwert.site.menus import SETUP as SETUP
from mehrwert.site.menus import SHARE as SHARE
from mehrwert.site.menus import TASKS as TASKS
from mehrwert.site.menus import USER_MENU as USER_MENU

# event → functions (event, *, tenant_id); each is called at least once after the commit
ON_EVENT: dict[str, list[str]] = {
    "BrokerKeyChanged": ["mehrwert.standards.sensorthings.jobs.renew_broker_files"],
    "DecisionRecorded": ["mehrwert.provision.handlers.on_change"],
    "EntityChanged": ["mehrwert.standards.sensorthings.handlers.queue_news"],
    "EffectMeasured": ["mehrwert.evaluation.handlers.on_effect"],
    "EvidenceChanged": ["mehrwert.evidence.handlers.on_evidence"],
    "FindingWithdrawn": ["mehrwert.evaluation.handlers.on_withdrawn"],
    "ObservationsCorrected": [
        "mehrwert.observations.handlers.follow_raw",
        "mehrwert.observations.handlers.publish_values",
        "mehrwert.standards.sensorthings.handlers.queue_news",
    ],
    "ObservationsDeleted": ["mehrwert.observations.handlers.follow_raw"],
    "ObservationsRecorded": [
        "mehrwert.observations.handlers.publish_values",
        "mehrwert.standards.sensorthings.handlers.queue_news",
        "mehrwert.alerts.handlers.on_readings",
        "mehrwert.observations.handlers.calibrate",
    ],
    "ProjectAdvanced": ["mehrwert.provision.handlers.on_change"],
    "ProjectCreated": ["mehrwert.provision.handlers.on_change"],
    "SolutionPublished": [
        "mehrwert.evidence.handlers.on_solution",
        "mehrwert.standards.software_catalog.handlers.on_solution",
    ],
    "SolutionRevised": ["mehrwert.standards.software_catalog.handlers.on_solution"],
    "SolutionWithdrawn": ["mehrwert.standards.software_catalog.handlers.on_solution"],
}

OUTBOX_MODELS = [
    "mehrwert.base.models.OutboxEvent",
    "mehrwert.observations.models.ObservationsOutboxEvent",
]
AUDIT_MODELS = [
    "mehrwert.base.models.AuditRow",
    "mehrwert.observations.models.ObservationsAuditRow",
]

# started with the process, stopped in the opposite order
SERVICES = [
    "mehrwert.observations.writer.WriterService",
    "mehrwert.base.delivery.EventDispatcher",
    "mehrwert.intake.decoder.Decoder",
    "mehrwert.connectors.mqtt.service.MqttBindings",
    "mehrwert.connectors.pulls.service.PullClock",
    "mehrwert.base.worker.JobWorker",
    "mehrwert.base.timetable.Timetable",
    "mehrwert.standards.sensorthings.mqtt.service.SensorThingsMqtt",
    "mehrwert.alerts.clock.AlertClock",
    "mehrwert.alerts.clock.AlertPost",
    "mehrwert.demo.simulator.Simulator",
]

# called once before the doors open, with the address of the server
BEFORE_SERVE = ["mehrwert.accounts.first_start.announce"]

# words for values of the audit: field → table
AUDIT_VALUES = {
    "benefit_kind": "mehrwert.portfolio.choices.BENEFIT_LABELS",
    "decision": "mehrwert.evaluation.choices.DECISION_LABELS",
    "financing": "mehrwert.portfolio.choices.FINANCING_LABELS",
    "good_direction": "mehrwert.portfolio.choices.indicators.DIRECTION_LABELS",
    "moment": "mehrwert.evaluation.choices.MOMENT_LABELS",
    "period": "mehrwert.portfolio.choices.indicators.PERIOD_LABELS",
    "proposal": "mehrwert.evaluation.choices.DECISION_LABELS",
    "relation": "mehrwert.catalogue.choices.RELATION_LABELS",
    "result": "mehrwert.evidence.choices.RESULT_LABELS",
    "role": "mehrwert.municipalities.choices.ROLE_LABELS",
    "severity": "mehrwert.alerts.choices.SEVERITY_LABELS",
}

TIMETABLE = [
    Timed(
        "age_solutions",
        "mehrwert.catalogue.jobs.age_solutions",
        mark("Aktualität der Lösungen fortschreiben"),
        daily_at="00:30",
    ),
    Timed(
        "send_webhooks",
        "mehrwert.standards.software_catalog.jobs.send_webhooks",
        mark("Webhooks der Software Catalog API zustellen"),
        every_s=60,
    ),
    # keys end by time, too
    Timed(
        "write_broker_files",
        "mehrwert.standards.sensorthings.jobs.write_broker_files",
        mark("Dateien des MQTT-Brokers schreiben"),
        every_s=600,
    ),
    Timed(
        "check_links",
        "mehrwert.catalogue.jobs.check_links",
        mark("Quellen der Lösungen aufrufen"),
        daily_at="04:30",
    ),
    Timed(
        "saved_searches",
        "mehrwert.catalogue.jobs.look_for_news",
        mark("Neues zu gemerkten Suchen finden"),
        daily_at="05:00",
    ),
    Timed(
        "remind_owners",
        "mehrwert.catalogue.jobs.remind_owners",
        mark("An ablaufende Angaben der Lösungen erinnern"),
        daily_at="05:30",
    ),
    Timed(
        "remind_editors",
        "mehrwert.portfolio.jobs.remind_editors",
        mark("An Berichte und Bestätigungen erinnern"),
        daily_at="05:45",
    ),
    Timed(
        "clear_old_files",
        "mehrwert.connectors.table_files.jobs.clear_old_files",
        mark("Liegengebliebene Dateien aufräumen"),
        daily_at="03:30",
    ),
    Timed(
        "clear_old_events",
        "mehrwert.base.jobs.clear_old_events",
        mark("Alte Ereignisse aufräumen"),
        every_s=600,
    ),
    Timed(
        "clear_old_messages",
        "mehrwert.intake.jobs.clear_old_messages",
        mark("Alte Nachrichten von Geräten aufräumen"),
        daily_at="03:45",
    ),
    Timed(
        "clear_old_sign_ins",
        "mehrwert.accounts.jobs.clear_old_sign_ins",
        mark("Beendete Sitzungen aufräumen"),
        daily_at="03:15",
    ),
    Timed(
        "open_dump",
        "mehrwert.standards.dcat_ap.jobs.write_dump",
        mark("Offene Daten schreiben"),
        daily_at="02:30",
    ),
    Timed(
        "empty_trash",
        "mehrwert.observations.jobs.empty_trash",
        mark("Papierkorb leeren"),
        daily_at="03:45",
    ),
    Timed(
        "keep_reports",
        "mehrwert.portfolio.jobs.keep_reports",
        mark("Berichte und Ampeln der Vorhaben fortschreiben"),
        daily_at="00:45",
    ),
    Timed(
        "mark_readings",
        "mehrwert.observations.jobs.mark_readings",
        mark("Stand der Messwerte festhalten"),
        daily_at="00:10",
    ),
    Timed(
        "nightly_backup",
        "mehrwert.base.jobs.back_up_at_night",
        mark("Nächtliche Sicherung"),
        daily_at="01:30",
    ),
    Timed(
        "push_all_phases",
        "mehrwert.provision.jobs.push_all_phases",
        mark("Phasen der Vorhaben fortschreiben"),
        daily_at="00:40",
    ),
    Timed(
        "feed_phone_desks",
        "mehrwert.starters.jobs.feed_phone_desks",
        mark("Strichliste der Telefonzentrale als Messwerte schreiben"),
        daily_at="00:20",
    ),
    Timed(
        "thin_readings",
        "mehrwert.observations.jobs.thin_readings",
        mark("Rohwerte nach Frist entfernen"),
        daily_at="04:00",
    ),
    Timed(
        "read_copies",
        "mehrwert.connectors.repositories.jobs.read_copies",
        mark("Kopien von Repositories lesen"),
        daily_at="02:00",
    ),
    Timed(
        "restore_drill",
        "mehrwert.base.jobs.drill",
        mark("Probe der Wiederherstellung"),
        every_s=7 * 24 * 3600,
    ),
]

PANELS: dict[str, list[str]] = {
    "alerts.case": ["mehrwert.starters.panels.case"],
    "landing": ["mehrwert.demo.panels.landing"],
    "sign_in": ["mehrwert.demo.panels.sign_in"],
    "shell.notice": ["mehrwert.demo.panels.roles"],
    "observations.ways": ["mehrwert.intake.panels.ways"],
    "home": [
        "mehrwert.demo.panels.home",
        "mehrwert.alerts.panels.home",
        "mehrwert.portfolio.panels.home",
        "mehrwert.geodata.panels.home",
        "mehrwert.observations.panels.home",
        "mehrwert.catalogue.panels.home",
    ],
    "intake.source": [
        "mehrwert.connectors.mqtt.panels.source",
        "mehrwert.connectors.pulls.panels.source",
    ],
    "catalogue.fitting": ["mehrwert.starters.panels.fitting"],
    "catalogue.new": ["mehrwert.standards.publiccode.panels.new"],
    "portfolio.adoption": [
        "mehrwert.portfolio.panels.adoption_costs",
        "mehrwert.starters.panels.adoption",
    ],
    "catalogue.own": ["mehrwert.portfolio.panels.own_catalogue"],
    "portfolio.indicator": ["mehrwert.evaluation.panels.indicator"],
    "portfolio.rail": ["mehrwert.provision.panels.portfolio", "mehrwert.alerts.panels.home"],
    "portfolio.project": [
        "mehrwert.evaluation.panels.project",
        "mehrwert.provision.panels.project",
    ],
    "catalogue.solution.head": ["mehrwert.standards.schema_org.panels.head"],
    "catalogue.solution.step": ["mehrwert.portfolio.panels.solution_step"],
    "catalogue.solution": [
        "mehrwert.evidence.panels.solution",
        "mehrwert.connectors.repositories.panels.solution",
    ],
    "catalogue.solution.rail": [
        "mehrwert.starters.panels.solution",
        "mehrwert.evaluation.panels.ask",
    ],
}

# what rooms beside ``portfolio`` tell a report of a project: (series, from, to) → (label, words)
PROJECT_FACTS = ["mehrwert.alerts.project_facts.count_of_series"]

# section of a council paper → functions (evaluation) → sentences of rooms above or beside; what
# nobody looked at is printed as „nicht geprüft“
PAPER_SECTIONS: dict[str, list[str]] = {
    "background": ["mehrwert.provision.papers.phase"],
    "legal": ["mehrwert.portfolio.papers.duties"],
    "protection": [],
}

# called after each migration; must bear being called again
AFTER_MIGRATE = [
    "mehrwert.municipalities.actions.load_register",
    "mehrwert.catalogue.actions.import_bundled",
    "mehrwert.starters.actions.list_in_catalogue",
    "mehrwert.catalogue.actions.fill_search_index",
    "mehrwert.standards.dcat_ap.actions.write_first_dump",
]

# what a key may be limited to, and how much is measured; rows with id and name
KEY_TARGETS = {
    "things": "mehrwert.observations.queries.list_things",
    "datastreams": "mehrwert.observations.queries.list_datastreams",
}
COUNT_DATA = "mehrwert.observations.queries.count_things"
COUNT_SOURCES = "mehrwert.intake.queries.count_sources"

# public files about code: rows with solution, text, url, created_us, changed_us
SOFTWARE_METADATA = "mehrwert.standards.publiccode.queries.read_metadata"
# the same one after the other from a place on: (function, its question)
SOFTWARE_PAGES = (
    "mehrwert.standards.publiccode.queries.iterate_metadata",
    "mehrwert.standards.publiccode.queries.Part",
)
SOFTWARE_ORIGINS = "mehrwert.standards.publiccode.queries.iterate_origins"

# (session key, slug) → id of the municipality whose live values may be followed
LIVE_ACCESS = "mehrwert.municipalities.access.live_access"

# what the tables of known folders mean: package:file
TABLE_DESCRIPTIONS = ["mehrwert.demo:data/muenster/muenster.toml"]

# what sends messages of devices: key → (name, where its messages go, what to enter there)
INTAKE_KINDS = {
    "lorawan": (
        mark("LoRaWAN (The Things Stack, ChirpStack)"),
        "/eingang/lorawan/",
        mark(
            "The Things Stack: Anwendung, Integrationen, Webhooks, „Custom webhook“, Format JSON,"
            " diese Adresse als Base URL, Haken bei „Uplink message“ ohne weiteren Pfad."
            "\nChirpStack: Anwendung, Integrationen, HTTP, Payload encoding JSON, diese Adresse"
            " als Event endpoint URL."
        ),
    ),
}

# kind → an invented message of an invented device: (source id, microseconds) → NewMessage
INTAKE_SAMPLES = {"lorawan": "mehrwert.connectors.lorawan.actions.read_sample"}

# kinds of sources that connectors keep themselves
SOURCE_KINDS = {"mqtt": mark("MQTT"), "pull": mark("Abruf")}

# ways to get data in: name, what for, page that begins it, what its reader must be allowed
WAYS_IN = [
    (
        mark("LoRaWAN-Webhook"),
        mark("The Things Stack oder ChirpStack schickt jede Nachricht an eine eigene Adresse."),
        "intake:source_new",
        "import_data",
    ),
    (
        mark("MQTT-Broker"),
        mark("Mehrwert hört bei einem Broker mit, den es schon gibt."),
        "mqtt:new",
        "import_data",
    ),
    (
        mark("Regelmäßiger Abruf"),
        mark("Pegelonline, Wetterdienst, Umweltbundesamt, SensorThings oder Dateien im Netz."),
        "pulls:choose",
        "import_data",
    ),
    (
        mark("Tabelle einlesen"),
        mark("Eine Datei mit Messwerten hochladen, prüfen und übernehmen."),
        "table_files:start",
        "import_data",
    ),
    (
        mark("Eigenes Programm oder selbst gebautes Gerät"),
        mark("Es bekommt einen Schlüssel und schickt seine Werte selbst, über SensorThings."),
        "municipalities:new_key",
        "manage_keys",
    ),
]

# content of a binding → who reads such messages: (body, event) → NewMessage
BINDING_READERS = {"lorawan": "mehrwert.connectors.lorawan.actions.read_message"}

# part of the path → option with the largest body there; elsewhere it is ``body_limit_mb``
BODY_LIMITS = [("/daten/einlesen/", "upload_limit_mb")]

# path prefix → ASGI callable; everything else goes to Django
RAW_DOORS = {
    "/eingang/lorawan/": "mehrwert.connectors.lorawan.api.lorawan_door",
    "/sta/": "mehrwert.standards.sensorthings.api.sensorthings_door",
    "/live/": "mehrwert.base.live.live_door",
    "/-/": "mehrwert.base.health.health_door",
    "/metrics": "mehrwert.base.health.health_door",
}
