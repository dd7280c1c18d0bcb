"""A recipe: what is asked of a person, which addresses to fetch, where the values stand. Data."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from functools import cache
from importlib.resources import files
from typing import Any

from mehrwert.connectors.pulls.errors import PullInputError, UnknownRecipeError

FOLDER = files("mehrwert.connectors.pulls") / "recipes"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a recipe: free text with a pattern, or a choice (value, label)."""

    key: str
    label: str
    help: str = ""
    pattern: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    pad: int = 0
    lines: bool = False

    def check(self, given: str) -> str:
        """Return an answer as the address needs it.

        Raises:
            PullInputError: It does not fit.
        """
        text = given.strip()
        fits = text in dict(self.choices) if self.choices else re.fullmatch(self.pattern, text)
        if not fits:
            raise PullInputError(field=self.key, label=self.label)
        return text.zfill(self.pad)


@dataclass(frozen=True, slots=True)
class Url:
    """One address; with ``older_than_s`` only when values are missing for longer."""

    url: str
    older_than_s: int = 0


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where rows and their time stand; see ``json_rows`` and ``csv_rows``."""

    at: str = ""
    time_at: str = ""
    time_format: str = ""
    zone: str = "UTC"
    duration_s: int = 0
    member: str = ""
    delimiter: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row; ``name`` may hold ``{question}``, ``units`` depends on a choice.

    ``station`` is set where one pull reads many stations: its name there, and where it is.
    """

    field: str
    at: str
    name: str
    unit: str = ""
    symbol: str = ""
    aggregation: str = "mean"
    units: Mapping[str, tuple[str, str]] = with_default(default_factory=dict)
    station: "Station | None" = None


@dataclass(frozen=True, slots=True)
class Station:
    """A thing of another server: its id and name there, longitude and latitude if it has any."""

    key: str
    name: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server says where a station is."""

    url: str
    lon: str
    lat: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One recipe. Times in seconds or days; ``window_days`` is how far back the source gives."""

    slug: str
    name: str
    text: str
    kind: str
    every_s: int
    window_days: int
    span_days: int
    asks: tuple[Ask, ...]
    host: str = ""
    licence: str = ""
    credit: str = ""
    interval_s: int | None = None
    overlap_s: int = 0
    initial_days: int = 0
    urls: tuple[Url, ...] = ()
    rows: RowShape = RowShape()
    values: tuple[Value, ...] = ()
    place: Place | None = None

    def check(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the answers as the addresses need them.

        Raises:
            PullInputError: One does not fit; names which.
        """
        return {ask.key: ask.check(str(given.get(ask.key, ""))) for ask in self.asks}

    def named_values(self, answers: Mapping[str, str]) -> list[Value]:
        """Return the values with the names and units that the answers give them."""
        labels = {a.key: dict(a.choices).get(answers[a.key], answers[a.key]) for a in self.asks}
        found = []
        for value in self.values:
            unit, symbol = value.unit, value.symbol
            for chosen in answers.values():
                unit, symbol = value.units.get(chosen, (unit, symbol))
            name = value.name.format(**labels)
            found.append(Value(value.field, value.at, name, unit, symbol, value.aggregation))
        return found


@cache
def list_recipes() -> tuple[Recipe, ...]:
    """Return all recipes by name."""
    found = [
        read_toml(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in FOLDER.iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda recipe: recipe.name))


def find_recipe(slug: str) -> Recipe:
    """Return one recipe.

    Raises:
        UnknownRecipeError: There is none of this name.
    """
    for recipe in list_recipes():
        if recipe.slug == slug:
            return recipe
    raise UnknownRecipeError


def read_toml(slug: str, text: str) -> Recipe:
    """Return the recipe that a file describes."""
    given: dict[str, Any] = tomllib.loads(text)
    if given.pop("format") != 1:
        raise ValueError(slug)
    rows = dict(given.pop("rows", {}))
    rows["missing"] = tuple(rows.get("missing", ()))
    place = given.pop("place", None)
    return Recipe(
        slug=slug,
        asks=tuple(_ask(row) for row in given.pop("asks")),
        urls=tuple(Url(**row) for row in given.pop("urls", ())),
        rows=RowShape(**rows),
        values=tuple(_value(row) for row in given.pop("values", ())),
        place=Place(**place) if place else None,
        **given,
    )


def _ask(row: dict[str, Any]) -> Ask:
    choices = tuple((str(value), str(label)) for value, label in row.pop("choices", ()))
    return Ask(choices=choices, **row)


def _value(row: dict[str, Any]) -> Value:
    units = {key: (str(u), str(s)) for key, (u, s) in row.pop("units", {}).items()}
    return Value(units=units, **row)
