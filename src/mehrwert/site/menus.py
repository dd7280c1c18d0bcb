"""Where the pages of the house stand in the menus; tables only, part of the wiring."""

from mehrwert.base.marks import mark
from mehrwert.base.navigation import NavEntry

NAVIGATION = [
    NavEntry("start", mark("Start"), "municipalities:home", "municipalities"),
    NavEntry("solutions", mark("Lösungen"), "catalogue:list", "catalogue"),
    NavEntry("data", mark("Daten"), "observations:thing_list", "observations"),
    NavEntry("alerts", mark("Meldungen"), "alerts:alert_list", "alerts"),
    NavEntry("projects", mark("Vorhaben"), "portfolio:list", "portfolio"),
    NavEntry("evaluation", mark("Bewertung"), "evaluation:list", "evaluation"),
]

# what people come for: the first thing that the help says
TASKS = [
    NavEntry("today", mark("Sehen, was heute dringend ist"), "alerts:case_list", "alerts"),
    NavEntry("map", mark("Messwerte auf der Karte ansehen"), "observations:thing_list"),
    NavEntry("desk", mark("Am Telefon sagen, welche Straße gesperrt ist"), "geodata:desk"),
    NavEntry("round", mark("Eine Runde im Außendienst abarbeiten"), "alerts:task_list"),
    NavEntry("rule", mark("Bescheid bekommen, wenn etwas passiert"), "alerts:rule_list"),
    NavEntry("find", mark("Eine Lösung suchen und vergleichen"), "catalogue:list"),
    NavEntry("take", mark("Eine Lösung als Paket ausprobieren"), "starters:list"),
    NavEntry("projects", mark("Vorhaben führen, berichten und entscheiden"), "portfolio:list"),
    NavEntry("judge", mark("Prüfen, ob es wirkt; eine Ratsvorlage bekommen"), "evaluation:list"),
    NavEntry("import", mark("Eine Tabelle einlesen"), "table_files:start", needs="import_data"),
    NavEntry("connect", mark("Ein Gerät anschließen"), "intake:device_list", needs="import_data"),
    NavEntry("people", mark("Personen einladen"), "municipalities:people", needs="manage_people"),
]

# under the person, and at the foot of every page
USER_MENU = [
    NavEntry("setup", mark("Einrichtung"), "municipalities:setup", "municipalities", "manage_town"),
    NavEntry("devices", mark("Geräte"), "intake:device_list", "intake", "import_data"),
    NavEntry("jobs", mark("Aufträge"), "base:job_list", "base", "read"),
    NavEntry("system", mark("Betrieb"), "base:system", "", "operate"),
    NavEntry("account", mark("Mein Konto"), "accounts:profile", "accounts"),
]
SHARE = [
    NavEntry("share", mark("Seite teilen"), "municipalities:share", needs="read"),
]
FOOTER = [
    NavEntry("help", mark("Hilfe"), "base:help", "base"),
    NavEntry(
        "a11y", mark("Barrierefreiheit"), "base:legal", "base", kwargs={"page": "barrierefreiheit"}
    ),
    NavEntry("privacy", mark("Datenschutz"), "base:legal", "base", kwargs={"page": "datenschutz"}),
    NavEntry("imprint", mark("Impressum"), "base:legal", "base", kwargs={"page": "impressum"}),
]

# further pages that the setup page of a municipality leads to
SETUP = [
    NavEntry(
        "devices",
        mark("Geräte"),
        "intake:device_list",
        "intake",
        "import_data",
        hint=mark("Sensoren anschließen, Batterie und Signal sehen"),
    ),
    NavEntry(
        "packages",
        mark("Pakete"),
        "starters:list",
        "starters",
        "read",
        hint=mark("Eine Lösung ausprobieren, einrichten, entfernen"),
    ),
    NavEntry(
        "import",
        mark("Einlesen"),
        "table_files:start",
        "table_files",
        "import_data",
        hint=mark("Werte aus Excel oder CSV, mit Vorschau"),
    ),
    NavEntry(
        "retention",
        mark("Aufbewahrung"),
        "observations:retention",
        "observations",
        "manage_town",
        hint=mark("Wie lange Messwerte bleiben"),
    ),
    NavEntry(
        "trash",
        mark("Papierkorb"),
        "observations:trash",
        "observations",
        "edit_data",
        hint=mark("Gelöschtes zurückholen, 30 Tage lang"),
    ),
    NavEntry(
        "audit",
        mark("Protokoll"),
        "base:audit",
        "base",
        "read_audit",
        hint=mark("Wer wann was geändert hat"),
    ),
    NavEntry(
        "jobs",
        mark("Aufträge"),
        "base:job_list",
        "base",
        "read",
        hint=mark("Was im Hintergrund läuft oder fertig ist"),
    ),
    NavEntry("towns", mark("Alle Kommunen"), "municipalities:towns", "municipalities", "operate"),
    NavEntry("all_people", mark("Alle Personen"), "accounts:people", "accounts", "operate"),
    NavEntry("mail", mark("Mail"), "accounts:mail", "accounts", "operate"),
    NavEntry("own_keys", mark("Eigene Namen zuordnen"), "evidence:keys", "evidence", "operate"),
    NavEntry("system", mark("Betrieb"), "base:system", "base", "operate"),
]

# the pages of whoever runs the installation, as tabs on each of them
OPERATE = [
    NavEntry("system", mark("Überblick"), "base:system"),
    NavEntry("system_jobs", mark("Aufträge"), "base:system_jobs"),
    NavEntry("events", mark("Zustellungen"), "base:events"),
    NavEntry("towns", mark("Kommunen"), "municipalities:towns", "municipalities"),
    NavEntry("people", mark("Personen"), "accounts:people", "accounts"),
    NavEntry("mail", mark("Mail"), "accounts:mail"),
    NavEntry("catalogue_care", mark("Katalog"), "catalogue:care", "catalogue"),
    NavEntry("sms", mark("SMS"), "alerts_operate:sms", "alerts_operate"),
    NavEntry("legal", mark("Rechtliche Texte"), "base:legal_texts"),
    NavEntry("system_audit", mark("Protokoll"), "base:system_audit"),
]
