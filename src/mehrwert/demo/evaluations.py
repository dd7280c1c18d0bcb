"""The invented evaluations of Auental, and the real question of Münster. Plain values.

Everything about Auental and its comparison towns is invented. The counts of Münster are real; the
question put to them is an example of this demo and no evaluation by the city.
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mehrwert.demo.choices import PEOPLE_OF

MONTHLY = Path(__file__).resolve().parent / "data" / "muenster" / "monthly.csv"
MONTHS_BEFORE, MONTHS_AFTER = 30, 12
MONTH_S = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Story:
    """One invented evaluation.

    Attributes:
        key: Stable; also the root of the invented solution.
        solution, goal, indicator, unit: Words.
        level: Usual value of a month.
        effect: On the log scale in Auental, from the start.
        swing, noise: Wave of the year, and chance.
        months_ago: Months since full operation began.
        sesoi: Smallest relevant difference on the log scale.
        end: What happens after the estimate: ``decide``, ``end``, or nothing.
    """

    key: str
    solution: str
    goal: str
    indicator: str
    indicator_key: str
    unit_name: str
    unit: str
    level: float
    effect: float
    swing: float
    noise: float
    months_ago: int
    sesoi: float
    end: str
    seed: int
    also_begun: tuple[int, int, float] | None = None  # place, months after Auental, effect


COMPARISONS = ("Erlbach", "Hohenried", "Lindenau", "Seebrück")
STORIES = (
    Story(
        key="demo-baumbewaesserung",
        solution="die Bewässerung nach Bodenfeuchte",
        goal="Der Bauhof braucht weniger Gießwasser, ohne dass Bäume leiden.",
        indicator="Gießwasser",
        indicator_key="demo-giesswasser@1",
        unit_name="Kubikmeter je Tag",
        unit="m³/Tag",
        level=42.0,
        effect=-0.24,
        swing=0.35,
        noise=0.34,
        months_ago=14,
        sesoi=math.log1p(0.05),
        end="decide",
        seed=11,
        also_begun=(4, -8, -0.19),
    ),
    Story(
        key="demo-glascontainer",
        solution="der Fühler im Glascontainer",
        goal="Der Entsorger fährt seltener umsonst zu halbleeren Containern.",
        indicator="Leerungsfahrten",
        indicator_key="demo-leerungsfahrten@1",
        unit_name="Fahrten je Tag",
        unit="Fahrten/Tag",
        level=6.5,
        effect=0.01,
        swing=0.05,
        noise=0.2,
        months_ago=16,
        sesoi=math.log1p(0.10),
        end="end",
        seed=47,
    ),
    Story(
        key="demo-raumluft",
        solution="die Lüftungsampel im Klassenraum",
        goal="Die Schule heizt weniger zum Fenster hinaus.",
        indicator="Heizenergie der Grundschule",
        indicator_key="demo-heizenergie@1",
        unit_name="Kilowattstunden je Tag",
        unit="kWh/Tag",
        level=310.0,
        effect=-0.06,
        swing=0.5,
        noise=0.08,
        months_ago=3,
        sesoi=math.log1p(0.05),
        end="",
        seed=83,
    ),
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What an invented town found with the first solution; θ below 0 is better."""

    name: str
    design: str
    level: int
    theta: float
    se: float
    year: int
    evaluator: str

    @property
    def municipality(self) -> str:
        """Return the town, marked as invented."""
        return f"{self.name} (erfunden)"

    @property
    def population(self) -> int:
        """Return its inhabitants."""
        return PEOPLE_OF[self.name]


FINDINGS = (
    Elsewhere("Erlbach", "controlled_its", 3, -0.31, 0.07, 2021, "Erlbach"),
    Elsewhere("Hohenried", "controlled_its", 3, -0.17, 0.06, 2022, "Kreis"),
    Elsewhere("Lindenau", "its", 2, -0.29, 0.12, 2022, "Lindenau"),
    Elsewhere("Ostheim", "before_after", 1, -0.05, 0.13, 2023, "Ostheim"),
    Elsewhere("Rodewald", "controlled_its", 3, -0.22, 0.08, 2024, "Hochschule"),
)


CONTROLLED = "controlled_its"


@dataclass(frozen=True, slots=True)
class PoolElsewhere:
    """What invented towns found with another solution of the demo.

    ``good_direction`` is where better lies; ``sesoi`` is on the log scale.
    """

    key: str
    solution: str
    indicator: str
    good_direction: str
    sesoi: float
    findings: tuple[Elsewhere, ...]


ELSEWHERE = (
    PoolElsewhere(
        "demo-pegelwarnung",
        "die Pegelwarnung",
        "Vorwarnzeit",
        "up",
        math.log1p(0.10),
        (
            Elsewhere("Erlbach", CONTROLLED, 3, -0.34, 0.10, 2021, "Kreis"),
            Elsewhere("Seebrück", CONTROLLED, 3, -0.19, 0.09, 2022, "Kreis"),
            Elsewhere("Lindenau", CONTROLLED, 3, -0.25, 0.07, 2023, "Kreis"),
            Elsewhere("Rodewald", CONTROLLED, 3, -0.29, 0.08, 2023, "Kreis"),
            Elsewhere("Ostheim", "its", 2, -0.22, 0.11, 2023, "Ostheim"),
        ),
    ),
    PoolElsewhere(
        "demo-telefon",
        "die Auskunft am Telefon",
        "Anrufe ohne Weiterleiten",
        "up",
        math.log1p(0.05),
        (
            Elsewhere("Hohenried", "its", 2, -0.16, 0.05, 2023, "Hohenried"),
            Elsewhere("Lindenau", CONTROLLED, 3, -0.12, 0.04, 2024, "Kreis"),
            Elsewhere("Erlbach", CONTROLLED, 3, -0.14, 0.05, 2024, "Kreis"),
            Elsewhere("Seebrück", "its", 2, -0.10, 0.06, 2024, "Kreis"),
        ),
    ),
    PoolElsewhere(
        "demo-klimastele",
        "die Klima-Stele",
        "Menschen auf dem Platz",
        "up",
        math.log1p(0.05),
        (
            Elsewhere("Rodewald", CONTROLLED, 3, 0.01, 0.04, 2023, "Kreis"),
            Elsewhere("Hohenried", "its", 2, -0.02, 0.05, 2024, "Hohenried"),
            Elsewhere("Lindenau", CONTROLLED, 3, 0.01, 0.04, 2024, "Kreis"),
        ),
    ),
)
OVERDUE = ("Niederfeld (erfunden)", 19_700, 2024)


def pseudo(index: NDArray[np.int64] | int) -> NDArray[np.float64]:
    """Return reproducible numbers in [0, 1) from an index: no generator, no seed."""
    h = np.sin(12.9898 * np.asarray(index, dtype=np.float64)) * 43758.5453
    return np.asarray(h - np.floor(h))


def values_of(story: Story, months: NDArray[np.int64], *, place: int, start: int) -> list[float]:
    """Return invented monthly values of Auental (``place`` 0) or of a comparison town.

    All towns share the year's wave and a common drift; the effect has Auental, and a neighbour
    that began itself.
    """
    wave = story.swing * np.sin(2 * np.pi * (months % 12 - 3) / 12)
    drift = 0.03 * np.sin(2 * np.pi * months / 31)
    noise = story.noise * (pseudo(story.seed * 1_000 + 977 * place + months) - 0.5)
    size = 1.0 - 0.12 * place
    effect = story.effect * (months >= start) if place == 0 else np.zeros(len(months))
    if story.also_begun and story.also_begun[0] == place:
        _, later, theirs = story.also_begun
        effect = theirs * (months >= start + later)
    values = story.level * size * np.exp(wave + drift + noise + effect)
    return [round(float(value), 2) for value in values]


STATION, STATION_NAME = "100034980", "Hammer Straße"
COUNTED_FROM, SPRING, COUNTED_TO = "2019-01", "2020-04", "2021-03"


def monthly_counts() -> dict[str, list[tuple[str, float]]]:
    """Return the bundled monthly means per day of each station: (month, mean)."""
    found: dict[str, list[tuple[str, float]]] = {}
    with MONTHLY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["station"], []).append((row["month"], float(row["mean_per_day"])))
    return found
