"""The few words that writers add themselves, German and English."""

from mehrwert.documents.model import Language

_WORDS = {
    "page": ("Seite {n} von {total}", "Page {n} of {total}"),
    "continued": ("Fortsetzung: {title}", "Continued: {title}"),
    "table": ("Tabelle", "Table"),
    "figure": ("Abbildung", "Figure"),
    "source": ("Quelle: {source}", "Source: {source}"),
    "numbers": ("Zahlen zu: {caption}", "Numbers of: {caption}"),
    "contents": ("Inhalt", "Contents"),
    "sources": ("Quellen", "Sources"),
    "as_of": ("Stand {day}", "as of {day}"),
    "attachments": ("Beigefügte Daten", "Attached data"),
    "checksum": ("{name}: {description}. SHA-256 {sum}", "{name}: {description}. SHA-256 {sum}"),
    "provenance": ("Herkunft dieses Papiers", "Provenance of this paper"),
    "fingerprint": ("Prüfsumme des Inhalts", "Checksum of the content"),
    "notes": ("Fußnoten", "Footnotes"),
    "back": ("zurück zum Text", "back to the text"),
    "alternative": ("Beschreibung: {text}", "Description: {text}"),
}


def word(key: str, language: Language, **values: str | int) -> str:
    """Return a word in the language of the document."""
    return _WORDS[key][0 if language == "de" else 1].format(**values)
