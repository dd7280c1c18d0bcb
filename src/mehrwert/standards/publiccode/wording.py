"""What a finding means and what to do, for people. One entry per code of a finding."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from mehrwert.base.marks import mark

from .rules import Finding


@dataclass(frozen=True)
class Words:
    """Sentence and advice in German; both may hold named placeholders."""

    sentence: str
    advice: str


@dataclass(frozen=True)
class Told:
    """A finding in the language of the reader."""

    finding: Finding
    sentence: str
    advice: str


WORDS: Final[dict[str, Words]] = {
    "encoding": Words(
        mark("Die Datei ist nicht in UTF-8 gespeichert."),
        mark("Speichern Sie die Datei mit der Zeichenkodierung UTF-8."),
    ),
    "too_large": Words(
        mark("Die Datei ist größer als 1 MB."),
        mark("Eine publiccode.yml ist wenige Kilobyte groß. Prüfen Sie, ob es die richtige ist."),
    ),
    "too_deep": Words(
        mark("Die Datei ist tiefer verschachtelt, als der Standard es vorsieht."),
        mark("Prüfen Sie Einrückung und Klammern."),
    ),
    "yaml": Words(
        mark("Die Datei ist kein gültiges YAML."),
        mark(
            "Meist stimmt eine Einrückung nicht, es fehlt ein Anführungszeichen oder hinter einem"
            " Doppelpunkt das Leerzeichen."
        ),
    ),
    "several_documents": Words(
        mark("Die Datei enthält mehrere YAML-Dokumente."),
        mark("Entfernen Sie die Trennzeile „---“ und alles, was nicht dazugehört."),
    ),
    "duplicate_key": Words(
        mark("„%(value)s“ steht zweimal da."),
        mark("Löschen Sie eine der beiden Angaben."),
    ),
    "unknown_key": Words(
        mark("„%(value)s“ kennt der Standard nicht."),
        mark("Entfernen Sie die Angabe. Eigene Felder sind nicht erlaubt."),
    ),
    "unknown_key_meant": Words(
        mark("„%(value)s“ kennt der Standard nicht."),
        mark("Vermutlich ist „%(meant)s“ gemeint. Auf Groß- und Kleinschreibung kommt es an."),
    ),
    "unknown_section": Words(
        mark("Den Landesabschnitt „%(value)s“ kennt der Standard nicht."),
        mark("Der einzige Landesabschnitt ist „IT“. Entfernen Sie diesen Abschnitt."),
    ),
    "version_type": Words(
        mark("Die Version muss ein Text sein, hier steht eine Zahl oder nichts."),
        mark('Setzen Sie die Version in Anführungszeichen: publiccodeYmlVersion: "0".'),
    ),
    "unsupported_version": Words(
        mark("Die Version „%(value)s“ gibt es nicht."),
        mark('Schreiben Sie publiccodeYmlVersion: "0". Möglich sind: %(allowed)s.'),
    ),
    "old_version": Words(
        mark("Version %(value)s ist veraltet; geprüft wird nach 0.7."),
        mark('Schreiben Sie publiccodeYmlVersion: "0".'),
    ),
    "required": Words(
        mark("Die Pflichtangabe „%(key)s“ fehlt oder ist leer."),
        mark("Ergänzen Sie „%(key)s“."),
    ),
    "required_if": Words(
        mark("„%(key)s“ fehlt; bei der Art der Pflege „%(type)s“ ist es Pflicht."),
        mark("Ergänzen Sie „%(key)s“ mit mindestens einem Eintrag oder ändern Sie die Art."),
    ),
    "contract_only": Words(
        mark("Auftragnehmer darf nur nennen, wer die Art der Pflege „contract“ angibt."),
        mark("Setzen Sie maintenance.type auf „contract“ oder löschen Sie die Auftragnehmer."),
    ),
    "at_least_one": Words(
        mark("„%(key)s“ braucht mindestens einen Eintrag."),
        mark("Ergänzen Sie mindestens einen Eintrag."),
    ),
    "wrong_type_text": Words(
        mark("Hier muss ein Text stehen."),
        mark("Schreiben Sie einen einfachen Wert hinter den Doppelpunkt."),
    ),
    "wrong_type_flag": Words(
        mark("Hier muss „true“ oder „false“ stehen."),
        mark("Schreiben Sie true oder false ohne Anführungszeichen; yes und no gelten nicht."),
    ),
    "wrong_type_list": Words(
        mark("Hier muss eine Liste stehen."),
        mark("Schreiben Sie jeden Eintrag in eine eigene Zeile, die mit „- “ beginnt."),
    ),
    "wrong_type_section": Words(
        mark("Hier müssen Angaben der Form „Name: Wert“ stehen."),
        mark("Rücken Sie die Angaben darunter ein, ohne „- “ davor."),
    ),
    "section_unread": Words(
        mark("„%(key)s“ zählt als fehlend: In „%(section)s“ hat eine Angabe den falschen Typ."),
        mark("Berichtigen Sie die Angabe mit dem falschen Typ; dann zählt der Abschnitt wieder."),
    ),
    "choice": Words(
        mark("„%(value)s“ ist hier nicht vorgesehen."),
        mark("Wählen Sie einen dieser Werte: %(allowed)s."),
    ),
    "url": Words(
        mark("„%(value)s“ ist keine vollständige Adresse."),
        mark("Schreiben Sie die Adresse mit https:// davor."),
    ),
    "http_url": Words(
        mark("„%(value)s“ ist keine Web-Adresse."),
        mark("Schreiben Sie die Adresse mit https:// davor."),
    ),
    "date": Words(
        mark("„%(value)s“ ist kein Datum der Form JJJJ-MM-TT."),
        mark("Schreiben Sie zum Beispiel 2026-04-15, ohne Uhrzeit."),
    ),
    "mail": Words(
        mark("Das ist keine gültige E-Mail-Adresse."),
        mark("Prüfen Sie die Adresse oder lassen Sie die Angabe weg."),
    ),
    "media_type": Words(
        mark("„%(value)s“ ist kein Medientyp."),
        mark("Die Angabe ist veraltet und kann entfallen; sonst zum Beispiel text/plain."),
    ),
    "licence": Words(
        mark("„%(value)s“ ist keine Lizenz nach SPDX."),
        mark("Schreiben Sie das Kürzel von spdx.org/licenses, zum Beispiel EUPL-1.2."),
    ),
    "language": Words(
        mark("„%(value)s“ ist kein Sprachkürzel nach BCP 47."),
        mark("Schreiben Sie zum Beispiel de, en oder de-AT, mit Bindestrich."),
    ),
    "description_language": Words(
        mark("Unter „description“ stehen ungültige Sprachkürzel: %(value)s."),
        mark("Schreiben Sie zum Beispiel de, en oder de-AT, mit Bindestrich."),
    ),
    "category": Words(
        mark("Die Kategorie „%(value)s“ gibt es nicht."),
        mark("Wählen Sie eine Kategorie aus der Liste des Standards; im Zweifel „other“."),
    ),
    "scope": Words(
        mark("Den Anwendungsbereich „%(value)s“ gibt es nicht."),
        mark("Wählen Sie einen Bereich der Liste, zum Beispiel local-authorities."),
    ),
    "country": Words(
        mark("„%(value)s“ ist kein Länderkürzel nach ISO 3166-1."),
        mark("Schreiben Sie zwei Großbuchstaben, zum Beispiel DE."),
    ),
    "lowercase_country": Words(
        mark("Länderkürzel in Kleinbuchstaben sind veraltet: „%(value)s“."),
        mark("Schreiben Sie %(upper)s."),
    ),
    "lowercase_section": Words(
        mark("Der Abschnitt „it“ in Kleinbuchstaben ist veraltet."),
        mark("Nennen Sie den Abschnitt IT."),
    ),
    "country_section_twice": Words(
        mark("Die Abschnitte „IT“ und „it“ stehen beide da."),
        mark("Löschen Sie den Abschnitt „it“."),
    ),
    "too_long": Words(
        mark("Der Text hat %(n)s Zeichen, erlaubt sind %(limit)s."),
        mark("Kürzen Sie den Text auf höchstens %(limit)s Zeichen."),
    ),
    "too_short": Words(
        mark("Der Text hat %(n)s Zeichen, nötig sind mindestens %(limit)s."),
        mark("Beschreiben Sie ausführlicher: mindestens %(limit)s Zeichen."),
    ),
    "video": Words(
        mark("„%(value)s“ gehört zu keinem Video-Anbieter mit oEmbed."),
        mark("Verlinken Sie das Video bei einem Anbieter der oEmbed-Liste oder lassen Sie es weg."),
    ),
    "organisation_uri": Words(
        mark("„%(value)s“ ist keine Kennung einer Organisation."),
        mark("Schreiben Sie eine Adresse mit https:// oder eine URN (urn:…)."),
    ),
    "ipa_code": Words(
        mark("Den italienischen Behördenschlüssel „%(value)s“ gibt es nicht."),
        mark("Prüfen Sie den Schlüssel im Verzeichnis der italienischen Verwaltungen (iPA)."),
    ),
    "ipa_unchecked": Words(
        mark("Der italienische Behördenschlüssel „%(value)s“ wurde nicht nachgeschlagen."),
        mark("Mit der Option --ipa-codes DATEI wird er geprüft."),
    ),
    "alias": Words(
        mark("Die Kurzbezeichnung „%(value)s“ gibt es nicht."),
        mark("Bekannt sind gdpr, eidas, nis2, cra, spid, cie, anpr, pagopa und io."),
    ),
    "support_id": Words(
        mark("„%(value)s“ benennt keine Vorschrift und keinen Standard."),
        mark("Schreiben Sie alias:…, eine Adresse mit https:// oder eine URN."),
    ),
    "absolute_path": Words(
        mark("„%(value)s“ ist ein absoluter Pfad."),
        mark("Nennen Sie den Pfad ab der obersten Ebene des Repositories, ohne / am Anfang."),
    ),
    "file_url": Words(
        mark("„%(value)s“ zeigt auf eine Datei des eigenen Rechners."),
        mark("Nennen Sie einen Pfad im Repository oder eine Web-Adresse."),
    ),
    "extension": Words(
        mark("„%(value)s“ hat eine Dateiendung, die hier nicht erlaubt ist."),
        mark("Erlaubt sind: %(allowed)s."),
    ),
    "outside": Words(
        mark("„%(value)s“ liegt außerhalb des Ordners der Datei."),
        mark("Nennen Sie eine Datei im selben Repository."),
    ),
    "missing_file": Words(
        mark("Die Datei „%(value)s“ gibt es nicht."),
        mark("Legen Sie die Datei dort ab oder berichtigen Sie den Pfad."),
    ),
    "file_unchecked": Words(
        mark("Ob es „%(value)s“ gibt, wurde nicht geprüft: Das Repository liegt nicht daneben."),
        mark("Prüfen Sie die Datei in ihrem Repository, wenn Sie das wissen möchten."),
    ),
    "not_png": Words(
        mark("„%(value)s“ ist kein PNG-Bild."),
        mark("Speichern Sie das Logo als PNG oder, besser, als SVG."),
    ),
    "narrow_logo": Words(
        mark("Das Logo „%(value)s“ ist nur %(n)s Pixel breit."),
        mark("Nehmen Sie ein Bild mit mindestens %(limit)s Pixeln Breite oder ein SVG."),
    ),
    "deprecated_drop": Words(
        mark("„%(key)s“ ist veraltet."),
        mark("Die Angabe kann entfallen."),
    ),
    "deprecated_logo": Words(
        mark("„%(key)s“ ist veraltet."),
        mark("Verwenden Sie „logo“."),
    ),
    "deprecated_owner": Words(
        mark("„%(key)s“ ist veraltet."),
        mark("Verwenden Sie organisation.name und organisation.uri."),
    ),
    "deprecated_ipa": Words(
        mark("„%(key)s“ ist veraltet."),
        mark("Verwenden Sie organisation.uri mit urn:x-italian-pa:%(value)s."),
    ),
}


def entry_code(finding: Finding) -> str:
    """Return which entry of ``WORDS`` tells a finding best."""
    if finding.code == "wrong_type":
        return f"wrong_type_{finding.values['type']}"
    if finding.code == "unknown_key":
        name = str(finding.values["value"])
        if finding.values.get("meant"):
            return "unknown_key_meant"
        return "unknown_section" if _is_country_section(finding, name) else "unknown_key"
    return finding.code


def _is_country_section(finding: Finding, name: str) -> bool:
    return finding.key == name and len(name) == 2 and name.isalpha()


def tell(finding: Finding) -> Told:
    """Return a finding in the active language."""
    words = WORDS[entry_code(finding)]
    values = {"key": finding.key, **finding.values}
    return Told(finding, _(words.sentence) % values, _(words.advice) % values)
