"""The list of things under a filter: what is asked, what fits, what each choice would show.

Plain functions on rows of ``queries.list_glances``; map, list, CSV and GeoJSON share them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mehrwert.observations.choices import Freshness
from mehrwert.observations.queries.overview import SeriesGlance, ThingGlance

SORTS = ("zustand", "name", "neueste", "wert")
FACETS = ("groesse", "zustand", "feld")
_ORDER = list(Freshness)


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody asked for, as it stands in the address.

    ``groesse`` is the name of an observed property, ``zustand`` a freshness, ``feld`` a field of
    action, ``q`` a part of any text.
    """

    q: str = ""
    groesse: str = ""
    zustand: str = ""
    feld: str = ""
    sortierung: str = "zustand"
    ansicht: str = "karte"

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.q or self.groesse or self.zustand or self.feld)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the number of things it would show."""

    value: str
    count: int
    is_on: bool


def filter_of(query: Mapping[str, str]) -> Filter:
    """Read a filter from an address; unknown values mean the default."""
    state = query.get("zustand", "")
    sort, view = query.get("sortierung", ""), query.get("ansicht", "")
    return Filter(
        q=query.get("q", "").strip()[:100],
        groesse=query.get("groesse", "")[:200],
        zustand=state if state in set(Freshness) else "",
        feld=query.get("feld", "")[:40],
        sortierung=sort if sort in SORTS else "zustand",
        ansicht="liste" if view == "liste" else "karte",
    )


def select(things: Iterable[ThingGlance], asked: Filter) -> list[ThingGlance]:
    """Return the things that fit, in the order asked for."""
    found = [thing for thing in things if _fits(thing, asked)]
    key = _KEYS[asked.sortierung]
    return sorted(found, key=lambda thing: key(thing, asked))


def choices(things: Sequence[ThingGlance], asked: Filter, facet: str) -> list[Choice]:
    """Return the values of a facet with counts under all *other* filters, most frequent first.

    States keep their own order. The value that is on is always there, even with nothing left.
    """
    others = replace(asked, **{facet: ""})
    counts: Counter[str] = Counter()
    for thing in things:
        if _fits(thing, others):
            counts.update(_values(thing, facet))
    chosen = getattr(asked, facet)
    if chosen:
        counts.setdefault(chosen, 0)
    order = (
        (lambda item: (_ORDER.index(Freshness(item[0])), ""))
        if facet == "zustand"
        else (lambda item: (-item[1], item[0]))
    )
    return [Choice(value, n, value == chosen) for value, n in sorted(counts.items(), key=order)]


def count_states(things: Iterable[ThingGlance]) -> dict[str, int]:
    """Return how many things are in each state; every state is there."""
    counts = Counter(thing.state.value for thing in things)
    return {state.value: counts.get(state.value, 0) for state in Freshness}


def main_series(thing: ThingGlance, asked: Filter | None = None) -> SeriesGlance | None:
    """Return the series that stands for a thing: of the property asked for, else the first.

    A series with readings goes before one without.
    """
    fitting = [s for s in thing.series if asked and s.property_name == asked.groesse]
    candidates = fitting or list(thing.series)
    return next((s for s in candidates if s.n), candidates[0] if candidates else None)


def _fits(thing: ThingGlance, asked: Filter) -> bool:
    return (
        (not asked.groesse or asked.groesse in _values(thing, "groesse"))
        and (not asked.zustand or thing.state.value == asked.zustand)
        and (not asked.feld or thing.field == asked.feld)
        and (not asked.q or _mentions(thing, asked.q))
    )


def _values(thing: ThingGlance, facet: str) -> set[str]:
    if facet == "zustand":
        return {thing.state.value}
    if facet == "feld":
        return {thing.field} if thing.field else set()
    return {series.property_name for series in thing.series}


def _mentions(thing: ThingGlance, text: str) -> bool:
    """Say whether every word asked for stands somewhere in what is known of a thing."""
    known = [thing.name, thing.description, thing.place]
    known += [f"{series.name} {series.property_name}" for series in thing.series]
    whole = "\n".join(known).casefold()
    return all(word in whole for word in text.casefold().split())


def _by_state(thing: ThingGlance, asked: Filter) -> tuple[int, int, str]:
    late = thing.state in (Freshness.SILENT, Freshness.LATE)
    return (_ORDER.index(thing.state), waiting_since(thing) if late else 0, thing.name.casefold())


def waiting_since(thing: ThingGlance) -> int:
    """Return the time of the latest reading of the series that has been waited for longest."""
    waiting = [s.last_time_us or 0 for s in thing.series if s.state is thing.state]
    return min(waiting, default=thing.last_time_us or 0)


def _by_value(thing: ThingGlance, asked: Filter) -> tuple[bool, float, str]:
    series = main_series(thing, asked)
    value = series.value if series else None
    if not isinstance(value, int | float):
        return (True, 0.0, thing.name.casefold())
    return (False, -float(value), thing.name.casefold())


_KEYS: dict[str, Callable[[ThingGlance, Filter], tuple[object, ...]]] = {
    "zustand": _by_state,
    "name": lambda thing, asked: (thing.name.casefold(), thing.id),
    "neueste": lambda thing, asked: (-(thing.last_time_us or 0), thing.name.casefold()),
    "wert": _by_value,
}
