"""The one table of pages: every browser test walks it. A new page is one more line."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "chart", "map", "picker"]


@dataclass(frozen=True)
class Screen:
    """One page as one reader sees it.

    ``path`` may name ids of the seeded town ``auental`` (see ``seed.py``): ``{thing}``,
    ``{datastream}``, ``{key}`` … ``role`` is empty for nobody signed in. ``kind`` chooses the
    weight budget: pages with a map have a larger one. A ``picker`` is a form whose map is an extra:
    places can be typed.
    """

    name: str
    path: str
    role: str = "admin"
    kind: Kind = "text"
    status: int = 200

    def __str__(self) -> str:
        return self.name


OPEN: tuple[Screen, ...] = (
    Screen("help", "/hilfe/", ""),
    Screen("imprint", "/rechtliches/impressum/", ""),
    Screen("privacy", "/rechtliches/datenschutz/", ""),
    Screen("accessibility", "/rechtliches/barrierefreiheit/", ""),
    Screen("not-found", "/gibt/es/nicht/", "", status=404),
    Screen("landing", "/", ""),
    Screen("sign-in", "/konto/anmelden/", ""),
    Screen("solutions", "/loesungen/", ""),
    Screen("solutions-found", "/loesungen/?q=Pegelsensor&feld=Wasser", ""),
    Screen("solutions-transfers", "/loesungen/netz/", "", kind="map"),
    Screen("solutions-none", "/loesungen/?q=xqzwv", ""),
    Screen("solution", "/loesungen/smart-village-app/", ""),
    Screen("solution-ended", "/loesungen/maengelmelder-mannheim/", ""),
    Screen("solution-history", "/loesungen/dipas/verlauf/", ""),
    Screen("solutions-compared", "/loesungen/vergleich/?l=dipas&l=klarschiff", ""),
    Screen("solutions-to-choose", "/loesungen/vergleich/", ""),
    Screen("solutions-fitting", "/loesungen/passend/", ""),
    Screen("solutions-home", "/loesungen/kommune/?name=Au", ""),
    Screen("solutions-fields", "/loesungen/felder/", ""),
    Screen("forgotten", "/konto/passwort/vergessen/", ""),
    Screen("forgotten-sent", "/konto/passwort/vergessen/gesendet/", ""),
    Screen("password-link-dead", "/konto/passwort/neu/1-abc-def/", ""),
    Screen("password-renewed", "/konto/passwort/geaendert/", ""),
    Screen("deactivated", "/konto/deaktiviert/", ""),
    Screen("openid-cancelled", "/konto/openid-abgebrochen/", ""),
    Screen("invitation", "/konto/einladung/{invitation}/", ""),
    Screen("invitation-dead", "/konto/einladung/gibt-es-nicht/", "", status=404),
    Screen("first-steps", "/konto/erste-schritte/{first_steps}/", ""),
)
ACCOUNT: tuple[Screen, ...] = (
    Screen("profile", "/konto/"),
    Screen("password", "/konto/passwort/"),
    Screen("second-factor-off", "/konto/zweiter-faktor/"),
    Screen("second-factor-add", "/konto/zweiter-faktor/an/"),
    Screen("sessions", "/konto/sitzungen/"),
    Screen("confirm", "/konto/bestaetigen/"),
    Screen("sign-out", "/konto/abmelden/"),
    Screen("second-factor-on", "/konto/zweiter-faktor/", "operator"),
    Screen("second-factor-remove", "/konto/zweiter-faktor/aus/", "operator"),
    Screen("recovery-codes", "/konto/zweiter-faktor/codes/", "operator"),
    Screen("recovery-codes-new", "/konto/zweiter-faktor/codes/neu/", "operator"),
    Screen("confirm-by-code", "/konto/bestaetigen/code/", "operator"),
)
OPERATE: tuple[Screen, ...] = (
    Screen("people", "/betrieb/personen/", "operator"),
    Screen("people-none", "/betrieb/personen/?suche=xyz", "operator"),
    Screen("people-invite", "/betrieb/personen/einladen/", "operator"),
    Screen("mail", "/betrieb/mail/", "operator"),
    Screen("forbidden", "/betrieb/mail/", "viewer", status=403),
    Screen("sms", "/betrieb/sms/", "operator"),
    Screen("system", "/betrieb/", "operator"),
    Screen("system-events", "/betrieb/zustellungen/", "operator"),
    Screen("system-jobs", "/betrieb/auftraege/", "operator"),
    Screen("system-audit", "/betrieb/protokoll/", "operator"),
    Screen("legal-texts", "/betrieb/rechtliches/", "operator"),
    Screen("legal-text", "/betrieb/rechtliches/impressum/", "operator"),
    Screen("towns", "/betrieb/kommunen/", "operator"),
    Screen("towns-find", "/betrieb/kommunen/neu/", "operator"),
)
TOWN: tuple[Screen, ...] = (
    Screen("home", "/auental/"),
    Screen("home-viewer", "/auental/", "viewer"),
    Screen("home-stranger", "/auental/", "stranger", status=404),
    Screen("setup", "/auental/einrichtung/"),
    Screen("setup-town", "/auental/einrichtung/kommune/", kind="map"),
    Screen("setup-people", "/auental/einrichtung/personen/"),
    Screen("setup-invite", "/auental/einrichtung/personen/einladen/"),
    Screen("setup-person", "/auental/einrichtung/personen/{member}/"),
    Screen("setup-keys", "/auental/einrichtung/schluessel/"),
    Screen("setup-key-new", "/auental/einrichtung/schluessel/neu/"),
    Screen("jobs", "/auental/auftraege/"),
    Screen("job", "/auental/auftraege/{job}/"),
    Screen("audit", "/auental/protokoll/"),
    Screen("import", "/auental/daten/einlesen/"),
    Screen("import-columns", "/auental/daten/einlesen/{import_draft}/spalten/"),
    Screen("import-checked", "/auental/daten/einlesen/{import_checked}/"),
    Screen("import-hour", "/auental/daten/einlesen/{import_hour}/"),
    Screen("import-stored", "/auental/daten/einlesen/{import_stored}/"),
    Screen("alerts", "/auental/meldungen/"),
    Screen("situation", "/auental/meldungen/lage/"),
    Screen("situation-brook", "/auental/meldungen/lage/bach/"),
    Screen("situation-pumps", "/auental/meldungen/lage/pumpen/"),
    Screen("maintenance-new", "/auental/meldungen/lage/wartung/neu/"),
    Screen("alert", "/auental/meldungen/{alert}/"),
    Screen("rules", "/auental/meldungen/regeln/"),
    Screen("rule", "/auental/meldungen/regeln/{rule}/"),
    Screen("rule-new", "/auental/meldungen/regeln/neu/"),
    Screen("tasks", "/auental/meldungen/aufgaben/"),
    Screen("task", "/auental/meldungen/aufgaben/{task}/", "field"),
    Screen("task-paper", "/auental/meldungen/aufgaben/{task}/druck/"),
    Screen("duty", "/auental/meldungen/dienst/"),
    Screen("roster", "/auental/meldungen/dienst/{roster}/"),
    Screen("roster-new", "/auental/meldungen/dienst/neu/"),
    Screen("plan-edit", "/auental/meldungen/aufgaben/plaene/{plan}/"),
    Screen("packages", "/auental/pakete/"),
    Screen("package", "/auental/pakete/pegelwarnung/"),
    Screen("package-set-up", "/auental/pakete/pegelwarnung/einrichten/"),
    Screen("package-trial", "/auental/pakete/pegelwarnung/probe/"),
    Screen("evaluations", "/auental/bewertung/"),
    Screen("evaluation-new", "/auental/bewertung/neu/"),
    Screen("evaluation", "/auental/bewertung/{evaluation}/", kind="chart"),
    Screen("council-papers", "/auental/bewertung/{evaluation}/vorlage/"),
    Screen("council-paper", "/auental/bewertung/{evaluation}/vorlage/{paper}/"),
    Screen("council-paper-edit", "/auental/bewertung/{evaluation}/vorlage/{paper}/bearbeiten/"),
    Screen("projects", "/auental/vorhaben/"),
    Screen("project-new", "/auental/vorhaben/neu/"),
    Screen("project", "/auental/vorhaben/{project}/"),
    Screen("project-report-new", "/auental/vorhaben/{project}/bericht/2026-09/"),
    Screen("project-indicators", "/auental/vorhaben/{project}/kennzahlen/"),
    Screen("project-risks", "/auental/vorhaben/{project}/risiken/"),
    Screen("project-financing", "/auental/vorhaben/{project}/foerderung/"),
    Screen("projects-duties", "/auental/vorhaben/pflichten/"),
    Screen("projects-outlook", "/auental/vorhaben/ausblick/"),
    Screen("phase", "/auental/phase/"),
    Screen("phase-question", "/auental/phase/fragen/E3/"),
    Screen("evidence", "/belege/"),
    Screen("evidence-register", "/belege/plaene/"),
    Screen("own-solutions", "/auental/loesungen/"),
    Screen("solution-lists", "/auental/loesungen/listen/"),
    Screen("own-solution-new", "/auental/loesungen/neu/"),
    Screen("solution-use", "/auental/vorhaben/nachnutzung/erklaeren/dipas/"),
    Screen("solution-signed-in", "/loesungen/dipas/", "editor"),
    Screen("devices", "/auental/daten/geraete/"),
    Screen("device", "/auental/daten/geraete/{device}/"),
    Screen("device-edit", "/auental/daten/geraete/{device}/bearbeiten/"),
    Screen("device-message", "/auental/daten/geraete/nachrichten/{message}/"),
    Screen("devices-unknown", "/auental/daten/geraete/unbekannt/"),
    Screen("device-adopt", "/auental/daten/geraete/unbekannt/{unknown_device}/"),
    Screen("sources", "/auental/daten/geraete/quellen/"),
    Screen("source", "/auental/daten/geraete/quellen/{source}/"),
    Screen("source-new", "/auental/daten/geraete/quellen/neu/"),
    Screen("source-renew", "/auental/daten/geraete/quellen/{source}/erneuern/"),
    Screen("codecs", "/auental/daten/geraete/codecs/"),
    Screen("codec", "/auental/daten/geraete/codecs/{codec}/"),
    Screen("codec-new", "/auental/daten/geraete/codecs/neu/"),
    Screen("retention", "/auental/daten/aufbewahrung/?probe=1"),
    Screen("things", "/auental/daten/", kind="map"),
    Screen("thing", "/auental/daten/messstellen/{thing}/"),
    Screen("thing-new", "/auental/daten/messstellen/neu/", kind="picker"),
    Screen("thing-edit", "/auental/daten/messstellen/{thing}/bearbeiten/", kind="picker"),
    Screen("thing-delete", "/auental/daten/messstellen/{thing}/loeschen/"),
    Screen("trash", "/auental/daten/papierkorb/"),
    Screen("datastream", "/auental/daten/messreihen/{datastream}/", kind="chart"),
    Screen("datastream-empty", "/auental/daten/messreihen/{empty_datastream}/"),
    Screen("datastream-viewer", "/auental/daten/messreihen/{datastream}/", "viewer", kind="chart"),
    Screen("datastream-edit", "/auental/daten/messreihen/{datastream}/bearbeiten/"),
    Screen("datastream-flag", "/auental/daten/messreihen/{datastream}/kennzeichnen/"),
    Screen("datastream-delete", "/auental/daten/messreihen/{datastream}/loeschen/"),
)
SCREENS: tuple[Screen, ...] = OPEN + ACCOUNT + OPERATE + TOWN
