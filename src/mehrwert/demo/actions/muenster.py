"""Makes Münster: the real counts of the city, imported through the table import like any others."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mehrwert.base.actor import SYSTEM
from mehrwert.base.marks import mark
from mehrwert.connectors.table_files import actions as table_files
from mehrwert.demo import bundle
from mehrwert.demo.queries import MUENSTER
from mehrwert.municipalities.actions import create_tenant
from mehrwert.municipalities.models import Tenant
from mehrwert.observations import actions as observations
from mehrwert.observations.queries import list_datastreams, list_things

ARS = "055150000000"
NOTICE = mark("Echtdaten der Stadt Münster, keine Einrichtung der Stadt.")
MOST_STATIONS = 1000
ROWS_AT_ONCE = 512
DESCRIPTION = bundle.FOLDER / "muenster.toml"


def prepare_muenster(folder: Path, tenant: Tenant | None) -> Tenant:
    """Make the read-only town with the newest 35 days; repeating it changes nothing."""
    if tenant is None:
        tenant = create_tenant(
            level="gemeinde",
            ars=ARS,
            slug=MUENSTER,
            name="Münster",
            notice=NOTICE,
            read_only=True,
        )
    write_tables(bundle.read_part("newest"), folder)
    _import_tables(tenant.pk, folder)
    _mark(tenant.pk)
    return tenant


def load_older(
    tenant_id: int,
    folder: Path,
    *,
    report: Callable[[Any], None],
    rest: Callable[[], None] = lambda: None,
    state: dict[str, Any] | None,
    save: Callable[[dict[str, Any]], None],
) -> Any:
    """Import the rest of the two years; goes on where an interrupted call ended.

    Args:
        tenant_id: Münster.
        folder: An empty folder for the tables; it is removed at the end.
        report: Told how far it is.
        rest: Called between short pieces of work, so that pages are answered meanwhile.
        state: What ``save`` was given last.
        save: Keeps where to go on.
    """
    resume = table_files.Resume(save=save).load(state)
    write_tables(bundle.read_part("older"), folder, rest)
    return _import_tables(tenant_id, folder, report, resume)


def _import_tables(
    tenant_id: int,
    folder: Path,
    report: Callable[[Any], None] = lambda progress: None,
    resume: Any = None,
) -> Any:
    text = DESCRIPTION.read_text(encoding="utf-8").replace("{station}.csv.gz", "{station}.csv")
    source = table_files.FolderSource(folder, table_files.load_description(text))
    context = observations.WriteContext(tenant_id, "table", SYSTEM)
    result = table_files.import_described(context, source, report, resume)
    rmtree(folder)
    return result


def write_tables(part: bundle.Part, folder: Path, rest: Callable[[], None] = lambda: None) -> None:
    """Write a part of the bundle as the city publishes it: a list and a table per station."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for station, grid in zip(bundle.index()["stations"], part.grids, strict=True):
        channels = {series["key"]: series["name"] for series in station["series"]}
        position = {"longitude": station["lon"], "latitude": station["lat"]}
        about = {"station": station["key"], "name": station["name"], "channels": channels}
        listed.append({**about, **position})
        with (folder / f"{station['key']}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["Datetime", *channels])
            for start in range(0, len(part.times), ROWS_AT_ONCE):
                span = slice(start, start + ROWS_AT_ONCE)
                table.writerows(_rows(part.times[span], grid[:, span]))
                rest()
    text = json.dumps(listed, ensure_ascii=False)
    (folder / "stations.json").write_text(text, encoding="utf-8")


def _rows(times: NDArray[np.datetime64], grid: bundle.Grid) -> Iterator[list[Any]]:
    """Yield the rows of a table that have a value."""
    kept = (grid != bundle.ABSENT).any(axis=0)
    if not kept.any():
        return
    texts = np.char.replace(np.datetime_as_string(times[kept], unit="m"), "T", " ").tolist()
    for text, counts in zip(texts, grid[:, kept].T.tolist(), strict=True):
        yield [text, *("" if count == bundle.ABSENT else count for count in counts)]


def _mark(tenant_id: int) -> None:
    """Say that the counts end on a day on purpose, and that the places are only roughly known."""
    context = observations.WriteContext(tenant_id, "table", SYSTEM)
    for thing in list_things(tenant_id, limit=MOST_STATIONS):
        place = thing.location_properties or {}
        if thing.location_id is not None and not place.get("approximate"):
            observations.update_location(
                context, thing.location_id, properties={**place, "approximate": True}
            )
    for row in list_datastreams(tenant_id):
        properties = row.properties or {}
        if not properties.get("closed"):
            observations.update_datastream(
                context, row.id, properties={**properties, "closed": True}
            )
