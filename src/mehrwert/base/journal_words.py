"""The words of the audit page: verbs, kinds and fields as people say them."""

from typing import Any

from django.utils.translation import gettext

from mehrwert.base.clock import from_us
from mehrwert.base.marks import mark
from mehrwert.base.wiring import resolve, table

VERBS = {
    "accept_invitation": mark("Einladung angenommen"),
    "activate": mark("wieder zugelassen"),
    "answer": mark("übernommen"),
    "become_operator": mark("Betrieb übernommen"),
    "cancel": mark("abgebrochen"),
    "change_password": mark("Passwort geändert"),
    "create": mark("angelegt"),
    "deactivate": mark("ausgeschlossen"),
    "delete": mark("gelöscht"),
    "end_sessions": mark("Sitzungen beendet"),
    "import": mark("eingelesen"),
    "invite": mark("eingeladen"),
    "make": mark("gemacht"),
    "read": mark("gelesen"),
    "purge": mark("endgültig gelöscht"),
    "remove": mark("entfernt"),
    "rest": mark("ruhen gelassen"),
    "remove_second_factor": mark("zweiten Faktor entfernt"),
    "renew_recovery_codes": mark("Notfallcodes erneuert"),
    "restore": mark("zurückgeholt"),
    "retry": mark("noch einmal versucht"),
    "revoke": mark("gesperrt"),
    "rotate": mark("erneuert"),
    "set": mark("eingestellt"),
    "sign_in": mark("angemeldet"),
    "switch_on": mark("eingeschaltet"),
    "take_role": mark("Rolle der Demo gewählt"),
    "undo": mark("zurückgenommen"),
    "update": mark("geändert"),
    "write": mark("geschrieben"),
}
KINDS = {
    "backup": mark("Sicherung"),
    "event": mark("Zustellung"),
    "job": mark("Auftrag"),
    "legal_text": mark("Rechtlicher Text"),
    "setting": mark("Einstellung"),
}
FIELDS = {
    "description": mark("Beschreibung"),
    "display_name": mark("Name"),
    "email": mark("E-Mail-Adresse"),
    "language": mark("Sprache"),
    "name": mark("Name"),
    "role": mark("Rolle"),
    "scopes": mark("Rechte"),
    "sessions": mark("Sitzungen"),
    "size_mb": mark("Größe in MB"),
    "slug": mark("Kurzname"),
    "text": mark("Text"),
    "unit_symbol": mark("Einheit"),
    "value": mark("Wert"),
}
MOST_LETTERS = 300


def kinds() -> dict[str, str]:
    """Return every kind that the audit knows, with its marked word; rooms add theirs by wiring."""
    return {**KINDS, **table("AUDIT_KINDS", {})}


def verb_word(verb: str) -> str:
    """Return what was done, in words."""
    word = {**VERBS, **table("AUDIT_VERBS", {})}.get(verb)
    return gettext(word) if word else verb


def kind_word(kind: str) -> str:
    """Return what it was done to, in words."""
    word = kinds().get(kind)
    return gettext(word) if word else kind


def field_word(name: str) -> str:
    """Return the name of a field, in words where there is one."""
    word = {**FIELDS, **table("AUDIT_FIELDS", {})}.get(name)
    return gettext(word) if word else name.replace("_", " ")


def value_words(name: str, value: Any) -> str:
    """Return a recorded value as people read it."""
    if value is None or value == "":
        return "–"
    labels = table("AUDIT_VALUES", {}).get(name)
    if labels and isinstance(value, str) and value in resolve(labels):
        return gettext(resolve(labels)[value])
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    if name.endswith("_us") and isinstance(value, int):
        return from_us(value).strftime("%d.%m.%Y %H:%M UTC")
    if isinstance(value, list | tuple):
        return ", ".join(value_words("", part) for part in value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{field_word(k)}: {value_words(k, v)}" for k, v in value.items()) or "–"
    text = str(value)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]} …"


def changes(before: Any, after: Any) -> list[tuple[str, str, str]]:
    """Return (field, before, after) in words for everything that reads differently."""
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    found = [
        (field_word(name), value_words(name, old.get(name)), value_words(name, new.get(name)))
        for name in dict.fromkeys([*old, *new])
    ]
    return [change for change in found if change[1] != change[2]]
