"""Options: what an operator may set, as one documented table, read from environment or file.

The table itself is ``site/options.py``; ``docs/operate/options.md`` is generated from it.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Value = str | int | bool | tuple[str, ...]


class OptionError(Exception):
    """An option has a value of the wrong kind. The sentence names option and remedy."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. The environment variable is ``MEHRWERT_`` + the name in capitals."""

    name: str
    default: Value
    doc: str
    example: str = ""
    secret: bool = False

    @property
    def env(self) -> str:
        """Name of the environment variable."""
        return f"MEHRWERT_{self.name.upper()}"

    def parse(self, raw: Any) -> Value:
        """Turn text from the environment or a TOML value into the type of the default."""
        try:
            if isinstance(self.default, bool):
                return _parse_bool(raw)
            if isinstance(self.default, int):
                return int(raw)
            if isinstance(self.default, tuple):
                parts = raw.split(",") if isinstance(raw, str) else raw
                return tuple(str(p).strip() for p in parts if str(p).strip())
        except (TypeError, ValueError) as error:
            raise OptionError(
                f"Option {self.env}: „{raw}“ ist kein gültiger Wert. Beispiel: {self.example}"
            ) from error
        return str(raw)


def _parse_bool(raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text in {"1", "true", "yes", "ja", "on", "an"}:
        return True
    if text in {"0", "false", "no", "nein", "off", "aus", ""}:
        return False
    raise ValueError(text)


class Options:
    """The values in force, as attributes: ``options.public_url``."""

    def __init__(self, values: dict[str, Value]) -> None:
        vars(self).update(values)

    def __getattr__(self, name: str) -> Any:
        """Refuse an unknown name: a programming error. Called for no other."""
        raise AttributeError(f"no option {name}")


@cache
def in_force() -> Options:
    """Return the options of this process: ``settings.MEHRWERT`` without its detour.

    An attribute of Django's settings costs a microsecond, which a reading has few of.
    """
    from django.conf import settings  # which is made with this module

    options: Options = settings.MEHRWERT
    return options


def read_options(
    table: tuple[Option, ...], env: Mapping[str, str] = os.environ, file: Path | None = None
) -> Options:
    """Read all options; the environment wins over the file, the file over the default.

    Raises:
        OptionError: A value has the wrong kind, or the file names an unknown option.
    """
    stored: dict[str, Any] = {}
    if file is not None and file.exists():
        try:
            stored = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise OptionError(f"{file} ist keine gültige TOML-Datei: {error}") from error
    unknown = sorted(set(stored) - {option.name for option in table})
    if unknown:
        raise OptionError(f"{file} nennt unbekannte Optionen: {', '.join(unknown)}")
    values: dict[str, Value] = {}
    for option in table:
        raw = env.get(option.env, stored.get(option.name))
        values[option.name] = option.default if raw is None else option.parse(raw)
    return Options(values)


PAGE = """# Optionen

Gemacht von `mehrwert options`; ein Test hält die Seite wahr. Jede Option ist eine
Umgebungsvariable oder eine Zeile der TOML-Datei, die `MEHRWERT_CONFIG` nennt (dort klein und ohne
`MEHRWERT_`). Die Umgebung gilt vor der Datei, die Datei vor der Vorgabe. Ja und nein: `ja`/`nein`,
`true`/`false`, `1`/`0`. Listen: mit Komma getrennt.

| Option | Vorgabe | Bedeutung | Beispiel |
|---|---|---|---|
"""


def options_page(table: tuple[Option, ...]) -> str:
    """Return the page of all options in Markdown."""
    rows = []
    for option in table:
        meaning = f"{option.doc} Geheim." if option.secret else option.doc
        example = f"`{option.example}`" if option.example else ""
        rows.append(f"| `{option.env}` | {_shown(option.default)} | {meaning} | {example} |\n")
    return PAGE + "".join(rows)


def _shown(value: Value) -> str:
    """Return a default as people write it."""
    if isinstance(value, bool):
        return "`ja`" if value else "`nein`"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if value != "" else "leer"
