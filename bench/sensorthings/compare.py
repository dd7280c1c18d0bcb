"""Two servers, the same questions: are the answers equal, ids and links aside?"""

import json
import random
import urllib.error

import reads
from api import Api

QUESTIONS = 5


def differences(ours: tuple[Api, reads.World], peer: tuple[Api, reads.World]) -> dict[str, str]:
    """Return workload → what differs, for those whose answers are not equal."""
    found = {}
    for read in reads.READS:
        if not read.standard:
            continue
        for number in range(QUESTIONS):
            mine, other = (
                answer(api, read.path(world, random.Random(number))) for api, world in (ours, peer)
            )
            if mine != other:
                found[read.name] = first_difference(mine, other)
                break
    return found


def answer(api: Api, path: str) -> object:
    """Return what a server answers, without ids and links; a refusal is an answer, too."""
    try:
        return plain(api.get(path))
    except urllib.error.HTTPError as refused:
        return f"HTTP {refused.code}"


def plain(value: object) -> object:
    """Return an answer without ids and links, and numbers as numbers are compared."""
    if isinstance(value, dict):
        kept = {k: plain(v) for k, v in value.items() if not _is_own(k)}
        if "dataArray" in kept:
            kept["dataArray"] = _without_ids(value)
        return {k: v for k, v in kept.items() if v is not None}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _is_own(name: str) -> bool:
    is_link = name.endswith(("@iot.navigationLink", "@iot.nextLink", "@iot.selfLink"))
    return is_link or name == "@iot.id" or name == "components"


def _without_ids(group: dict) -> list:
    """Return the rows of a data array by name, without ids."""
    names = group["components"]
    rows = [dict(zip(names, row, strict=True)) for row in group["dataArray"]]
    for row in rows:
        row.pop("id", None)
        row.pop("@iot.id", None)
    return [plain(row) for row in rows]


def first_difference(mine: object, other: object, at: str = "") -> str:
    """Return where two answers differ first, in words."""
    if isinstance(mine, dict) and isinstance(other, dict):
        for name in sorted(mine.keys() | other.keys()):
            if mine.get(name) != other.get(name):
                return first_difference(mine.get(name), other.get(name), f"{at}/{name}")
    if isinstance(mine, list) and isinstance(other, list):
        for i, (left, right) in enumerate(zip(mine, other, strict=False)):
            if left != right:
                return first_difference(left, right, f"{at}/{i}")
        return f"{at}: {len(mine)} and {len(other)} entries"
    return f"{at}: {json.dumps(mine)[:60]} and {json.dumps(other)[:60]}"
