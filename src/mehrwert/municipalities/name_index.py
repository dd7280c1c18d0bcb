"""Finds municipalities by what people type: names, parts, keys, post codes, typing errors.

Plain Python in memory: 12,600 rows take about 15 MB and answer within a few milliseconds. Names
are kept in two spellings (``ö`` → ``oe`` and ``ö`` → ``o``), cut into words; small words that
people shorten as they like (an der, a.d., bei) and kinds (Stadt, Landkreis) do not count.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from rapidfuzz import fuzz, process

from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.rules import fold, fold_short

_SMALL = "a an am auf b bei d den dem der des i im in o ob u und v vom von vor z zu"
SMALL = frozenset(_SMALL.split())
KINDS: dict[str, str] = {
    "bundesland": Level.LAND,
    "land": Level.LAND,
    "freistaat": Level.LAND,
    "regierungsbezirk": Level.DISTRICT,
    "reg": Level.DISTRICT,
    "bez": Level.DISTRICT,
    "bezirk": Level.DISTRICT,
    "landkreis": Level.COUNTY,
    "kreis": Level.COUNTY,
    "lk": Level.COUNTY,
    "lkr": Level.COUNTY,
    "amt": Level.ASSOCIATION,
    "samtgemeinde": Level.ASSOCIATION,
    "verbandsgemeinde": Level.ASSOCIATION,
    "verwaltungsgemeinschaft": Level.ASSOCIATION,
    "verwaltungsverband": Level.ASSOCIATION,
    "vg": Level.ASSOCIATION,
    "vgem": Level.ASSOCIATION,
    "gvv": Level.ASSOCIATION,
    "gemeinde": Level.MUNICIPALITY,
    "stadt": Level.MUNICIPALITY,
    "kreisstadt": Level.MUNICIPALITY,
    "hansestadt": Level.MUNICIPALITY,
    "landeshauptstadt": Level.MUNICIPALITY,
    "universitaetsstadt": Level.MUNICIPALITY,
    "kreisfreie": Level.MUNICIPALITY,
    "markt": Level.MUNICIPALITY,
    "lutherstadt": Level.MUNICIPALITY,
    "stadtverwaltung": Level.MUNICIPALITY,
    "gemeindeverwaltung": Level.MUNICIPALITY,
    "landratsamt": Level.COUNTY,
    "kreisverwaltung": Level.COUNTY,
    "flecken": Level.MUNICIPALITY,
    "ortsgemeinde": Level.MUNICIPALITY,
}
SHORT_FORMS = {"st": "sankt", "kr": "kreis", "gr": "gross", "kl": "klein", "ffm": "frankfurt main"}
LEVEL_BONUS = {
    Level.MUNICIPALITY: 3.0,
    Level.LAND: 2.0,
    Level.COUNTY: 1.0,
    Level.ASSOCIATION: 0.0,
    Level.DISTRICT: -2.0,
}
EXACT, NEARLY, BEGINS, WORDS, CONTEXT, INSIDE, PARTLY = 100.0, 97.0, 90.0, 84.0, 82.0, 70.0, 60.0
HINT_BONUS, POPULATION_BONUS, UNINHABITED = 12.0, 1.6, 12.0
WORST_RATIO, MOST_ALIKE = 70.0, 60
# with fewer rows than this, none of exactly that name, a typing error is thought of as well
FEW = 5
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of the register as a search result; population is None where nobody counted."""

    level: str
    ars: str
    ags: str
    name: str
    type: str
    land: str
    kreis: str
    verband: str
    population: int | None
    postal_code: str

    @property
    def county(self) -> str:
        """Return the county of a municipality, empty for a town that is its own county."""
        is_inside = self.level == Level.MUNICIPALITY and self.ars[5:] != "0000000"
        return self.kreis if is_inside else ""


@dataclass(frozen=True, slots=True)
class _Query:
    """One reading of a text; ``is_loose`` bears typing errors."""

    words: tuple[str, ...]
    key: str
    hint: str
    is_loose: bool


def words_of(text: str) -> list[str]:
    """Return folded words with short forms written out."""
    found = WORD.findall(text)
    return [part for word in found for part in SHORT_FORMS.get(word, word).split()]


@cache
def _words_once(text: str) -> tuple[str, ...]:
    """Return the words of a county or Land; few different texts in many rows."""
    return tuple(words_of(fold(text)))


def strip_kinds(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return (words that name the place, level that was hinted at); never without words."""
    kept = tuple(w for w in words if w not in KINDS and w not in SMALL)
    hints = [KINDS[w] for w in words if w in KINDS]
    if not kept:
        return tuple(words), ""
    return kept, hints[0] if hints else ""


class _Vocabulary:
    """Words and the rows they stand in; finds by the beginning of a word."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = defaultdict(set)
        self.words: list[str] = []

    def add(self, word: str, row: int) -> None:
        self._rows[word].add(row)

    def close(self) -> None:
        self.words = sorted(self._rows)

    def begins(self, beginning: str) -> set[int]:
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + "\x7f")
        return set().union(*(self._rows[word] for word in self.words[first:last]))

    def rows(self, word: str) -> set[int]:
        return self._rows.get(word, set())


class NameIndex:
    """All rows of the register, ready to be searched."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = list(hits)
        self._names, self._places = _Vocabulary(), _Vocabulary()
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._codes: list[tuple[str, int]] = []
        for number, hit in enumerate(self._hits):
            self._add(number, hit)
        self._names.close()
        self._places.close()
        self._codes.sort()
        self._key_list = list(self._keys)
        self._lines = "\n".join(self._key_list)
        lengths = (len(key) + 1 for key in self._key_list)
        self._starts = [0, *accumulate(lengths)][:-1]
        self._bonus = [_bonus(hit) for hit in self._hits]

    def __len__(self) -> int:
        return len(self._hits)

    def search(self, text: str, limit: int = 10, *, level: str = "") -> list[Hit]:
        """Return the best rows, best first; nothing for nonsense.

        Args:
            text: A name or a part of it, AGS, ARS (with or without spaces) or a post code.
            limit: How many at most.
            level: Only rows of this level.
        """
        code = re.sub(r"[\s./-]", "", text)
        is_code = code.isdecimal() and len(code) >= 2
        scores = self._by_code(code) if is_code else self._by_name(text)
        if level:
            scores = {n: s for n, s in scores.items() if self._hits[n].level == level}
        order = sorted(scores, key=lambda n: (-scores[n], self._hits[n].ars, self._hits[n].level))
        return self._without_twins(order, level)[:limit]

    def _add(self, number: int, hit: Hit) -> None:
        exact = fold(hit.name)
        for folded in {exact, fold_short(hit.name)}:
            words, _ = strip_kinds(words_of(folded))
            key = " ".join(words)
            self._keys[key].append(number)
            if folded == exact:
                self._exact[key].add(number)
            for word in words:
                self._names.add(word, number)
        for text in (hit.kreis, hit.land, hit.verband):
            for word in _words_once(text):
                self._places.add(word, number)
        for code in {hit.ags, hit.ars, hit.postal_code} - {""}:
            self._codes.append((code, number))

    def _by_code(self, code: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        at = bisect_left(self._codes, (code, -1))
        while at < len(self._codes) and self._codes[at][0].startswith(code):
            whole, number = self._codes[at]
            value = (EXACT if whole == code else BEGINS) + self._bonus[number]
            scores[number] = max(scores.get(number, 0.0), value)
            at += 1
        return scores

    def _by_name(self, text: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        for query in _readings(text):
            for number, value in self._scored(query).items():
                if query.hint:
                    value += HINT_BONUS if self._hits[number].level == query.hint else 0.0
                scores[number] = max(scores.get(number, 0.0), value + self._bonus[number])
        return scores

    def _scored(self, query: _Query) -> dict[int, float]:
        scores: dict[int, float] = {}
        self._add_words(query, scores)
        for number in self._keys.get(query.key, ()):
            scores[number] = EXACT if number in self._exact[query.key] else NEARLY
        if len(query.key) >= 3:
            self._add_inside(query, scores)
        best = max(scores.values(), default=0.0)
        is_loose = query.is_loose and len(query.key) >= 4
        if is_loose and (best < NEARLY or self._may_be_misspelt(query, scores)):
            self._add_alike(query, scores)
        if is_loose and best < (WORDS if len(query.words) > 1 else NEARLY):
            self._add_alike_words(query, scores)
        if len(query.words) > 1 and max(scores.values(), default=0.0) < PARTLY:
            for word in query.words:
                for number in self._names.rows(word):
                    scores.setdefault(number, PARTLY)
        return scores

    def _may_be_misspelt(self, query: _Query, scores: dict[int, float]) -> bool:
        """Say whether a few rows were found and none is called so: „Wakendorf“ has a number."""
        if len(scores) >= FEW:
            return False
        return all(fold(self._hits[number].name) != query.key for number in scores)

    def _add_words(self, query: _Query, scores: dict[int, float]) -> None:
        """Add rows where each word begins a word of the name, or of the county or Land around."""
        by_name = [self._names.begins(word) for word in query.words]
        by_place = [self._places.begins(word) for word in query.words]
        named = set.intersection(*by_name)
        around = set.intersection(*(a | b for a, b in zip(by_name, by_place, strict=True)))
        for number in around & set().union(*by_name):
            scores[number] = CONTEXT
        if len(query.words) > 1:
            for number in self._names.rows(query.words[0]) & around:
                scores[number] = CONTEXT + 4
        for number in named:
            scores[number] = WORDS

    def _add_inside(self, query: _Query, scores: dict[int, float]) -> None:
        """Add rows whose name has the text in it; one scan over all names, one per line."""
        at = self._lines.find(query.key)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            key = self._key_list[line]
            share = len(query.key) / len(key)
            is_first = at == self._starts[line]
            value = BEGINS + 4 * share if is_first else INSIDE + 8 * share
            for number in self._keys[key]:
                scores[number] = max(scores.get(number, 0.0), value)
            at = self._lines.find(query.key, self._starts[line] + len(key))

    def _add_alike(self, query: _Query, scores: dict[int, float]) -> None:
        """Add rows whose name is spelled nearly so."""
        alike = process.extract(
            query.key,
            self._key_list,
            scorer=fuzz.ratio,
            score_cutoff=WORST_RATIO,
            limit=MOST_ALIKE,
        )
        for key, ratio, _ in alike:
            for number in self._keys[key]:
                scores[number] = max(scores.get(number, 0.0), ratio * 0.93)

    def _add_alike_words(self, query: _Query, scores: dict[int, float]) -> None:
        """Add rows where each word is nearly a word of the name, or of the county or Land."""
        parts: list[dict[int, float]] = []
        for word in query.words:
            found = dict.fromkeys(self._names.begins(word) | self._places.begins(word), 100.0)
            if len(word) >= 4:
                for vocabulary in (self._names, self._places):
                    near = process.extract(
                        word,
                        vocabulary.words,
                        scorer=fuzz.ratio,
                        score_cutoff=WORST_RATIO + 5,
                        limit=20,
                    )
                    for other, ratio, _ in near:
                        for number in vocabulary.rows(other):
                            found[number] = max(found.get(number, 0.0), ratio)
            parts.append(found)
        for number in set.intersection(*(set(part) for part in parts)):
            mean = sum(part[number] for part in parts) / len(parts)
            if self._is_named(number, query):
                scores[number] = max(scores.get(number, 0.0), mean * 0.82)

    def _is_named(self, number: int, query: _Query) -> bool:
        """Say whether at least one word of the query is nearly a word of the row's name."""
        own = words_of(fold(self._hits[number].name))
        return any(
            word.startswith(given) or fuzz.ratio(word, given) >= WORST_RATIO
            for given in query.words
            for word in own
        )

    def _without_twins(self, order: list[int], level: str) -> list[Hit]:
        """Leave out the county row of a town that is its own county, unless counties are wanted."""
        hits = [self._hits[number] for number in order]
        if level:
            return hits
        places = {(h.level, h.ars): at for at, h in enumerate(hits)}
        kept = []
        for at, hit in enumerate(hits):
            twin = Level.MUNICIPALITY if hit.level == Level.COUNTY else Level.COUNTY
            other = places.get((twin, hit.ars))
            if hit.level not in {Level.COUNTY, Level.MUNICIPALITY} or other is None or at < other:
                kept.append(hit)
        return kept


def _bonus(hit: Hit) -> float:
    people = math.log10(hit.population) if hit.population else 0.0
    empty = UNINHABITED if hit.type.startswith("gemeindefreies") else 0.0
    return people * POPULATION_BONUS + LEVEL_BONUS.get(Level(hit.level), 0.0) - empty


def _readings(text: str) -> list[_Query]:
    """Return what may be meant: with and without words like Stadt, in both spellings."""
    found: dict[tuple[str, ...], _Query] = {}
    for folded in (fold(text), fold_short(text)):
        words = words_of(folded)[:8]
        if not words:
            continue
        kept, hint = strip_kinds(words)
        if kept not in found:
            found[kept] = _Query(kept, " ".join(kept), hint, is_loose=True)
        whole = tuple(word for word in words if word not in SMALL)
        if whole and whole not in found:
            found[whole] = _Query(whole, " ".join(whole), "", is_loose=False)
    return list(found.values())
