"""The register as it is bundled, without a database."""

import json
import lzma
from functools import cache
from pathlib import Path

from mehrwert.municipalities.name_index import Hit, NameIndex

REGISTER = Path(__file__).resolve().parent.parent / "data" / "register.jsonl.xz"


@cache
def register_rows() -> tuple[dict[str, str], ...]:
    lines = lzma.decompress(REGISTER.read_bytes()).decode().splitlines()
    columns = json.loads(lines[0])
    return tuple(dict(zip(columns, json.loads(line), strict=True)) for line in lines[1:])


def hit_of(row: dict[str, str]) -> Hit:
    return Hit(
        level=row["level"],
        ars=row["ars"],
        ags=row["ags"],
        name=row["name_short"],
        type=row["type"],
        land=row["land"],
        kreis=row["kreis"],
        verband=row["verband"],
        population=int(row["population"]) if row["population"] else None,
        postal_code=row["postal_code"],
    )


@cache
def name_index() -> NameIndex:
    return NameIndex(hit_of(row) for row in register_rows())
