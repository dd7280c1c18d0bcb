"""Packages and installations as the pages show them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.base.clock import from_us, now_us
from mehrwert.observations import queries as observations
from mehrwert.starters import queries
from mehrwert.starters.choices import (
    LEVEL_LABELS,
    LEVEL_REASONS,
    PERSONAL_DATA_LABELS,
    STATE_LABELS,
    PieceKind,
    State,
)
from mehrwert.starters.format.model import Package, version_key
from mehrwert.starters.models import Installation, InstalledPiece
from mehrwert.starters.queries import Standard
from mehrwert.starters.rules import Piece
from mehrwert.starters.trial import Trial
from mehrwert.starters.wording import condition_text, counts_text

OLD_TEST_DAYS = 365
MINUTE_US = 60_000_000
LEVEL_TAGS = {"gold": "ok", "platinum": "ok", "silver": "info"}
MOST_SPELLS = 5


def address(request: Any, name: str, **more: Any) -> str:
    """Return the address of a page of the room in this municipality."""
    return reverse(f"starters:{name}", kwargs={"mandant": request.tenant.slug, **more})


def crumbs(request: Any, package: Package | None = None, last: str = "") -> list[tuple[str, str]]:
    """Return the way here."""
    way = [(gettext("Pakete"), address(request, "list"))]
    if package is not None:
        way.append((package.title, address(request, "package", slug=package.slug)))
    if last:
        way.append((last, ""))
    return [*way[:-1], (way[-1][0], "")]


def package_line(
    request: HttpRequest, package: Package, row: Installation | None, standard: Standard
) -> dict[str, Any]:
    """Return one package for the list."""
    return {
        "package": package,
        "manifest": package.manifest,
        "url": address(request, "package", slug=package.slug),
        "counts": ", ".join(counts_text(queries.pieces_by_default(package))),
        "hours": package.manifest["effort"]["hours_setup"],
        "state": gettext(STATE_LABELS[row.state]) if row else "",
        "is_live": row is not None and row.state == State.LIVE.value,
        **level_shown(standard),
    }


def level_shown(standard: Standard) -> dict[str, Any]:
    """Return the level of a package with its reason."""
    return {
        "level": gettext(LEVEL_LABELS[standard.level]),
        "level_tag": LEVEL_TAGS.get(standard.level, ""),
        "level_reason": gettext(LEVEL_REASONS[standard.level]),
    }


def facts_of(package: Package) -> dict[str, Any]:
    """Return what the readable page says about needs, costs, data and tests."""
    manifest = package.manifest
    tested = manifest["tested_on"][-1]
    personal = PERSONAL_DATA_LABELS[manifest["personal_data"]["answer"]]
    today = from_us(now_us()).date()
    year, month, day = (int(part) for part in tested["date"].split("-"))
    age = (today - today.replace(year=year, month=month, day=day)).days
    return {
        "manifest": manifest,
        "personal_data": gettext(personal),
        "signer": queries.signer(package),
        "outgoing": list(manifest["network"]["outgoing"]),
        "tested": tested,
        "tested_on": today.replace(year=year, month=month, day=day),
        "is_test_old": age > OLD_TEST_DAYS,
        "indicators": package.items.get("indicator", ()),
        "plan": package.items["evaluation_plan"][0],
        "sets": manifest.get("parameter_sets", ()),
        "devices": sorted(
            {device for thing in package.items["thing_type"] for device in thing.get("devices", ())}
        ),
    }


def making_of(pieces: tuple[Piece, ...]) -> dict[str, Any]:
    """Return what a package makes, grouped for a page."""
    by_key = {piece.key: piece for piece in pieces}
    of_kind = {kind: [p for p in pieces if p.kind is kind] for kind in PieceKind}
    return {
        "counts": counts_text(pieces),
        "things": of_kind[PieceKind.THING],
        "series": of_kind[PieceKind.SERIES],
        "rules": [
            {"piece": piece, "condition": condition_text(piece, by_key[piece.links["series"]])}
            for piece in of_kind[PieceKind.RULE]
        ],
        "layers": of_kind[PieceKind.LAYER],
        "tasks": of_kind[PieceKind.TASK],
    }


def trial_shown(trial: Trial) -> dict[str, Any]:
    """Return what a trial showed."""
    return {
        "trial": trial,
        "rules": [
            {
                "title": rule.piece.title,
                "n": len(rule.past.backtest.spells),
                "spells": rule.past.backtest.spells[-MOST_SPELLS:],
            }
            for rule in trial.rules
        ],
    }


def running_of(request: Any, row: Installation, library: Package) -> dict[str, Any]:
    """Return what a running package shows: where its pieces are, and what is to be done."""
    pieces = list(row.pieces.order_by("pk"))
    tasks = queries.list_tasks(row)
    series = {found.id: found for found in queries.series_of(row)}
    return {
        "things": _things(request, pieces, series),
        "rules": [_link(request, piece) for piece in pieces if piece.kind == PieceKind.RULE],
        "plans": [_link(request, piece) for piece in pieces if piece.kind == PieceKind.PLAN],
        "tasks": tasks,
        "adoption_url": _adoption_url(request, row),
        "n_done": sum(task.is_done for task in tasks),
        "layers": [piece for piece in pieces if piece.kind == PieceKind.LAYER],
        "n_measured": sum(found.n for found in series.values()),
        "new_version": library.version
        if version_key(library.version) > version_key(row.version)
        else "",
        "took_minutes": _minutes(row),
        "can_go_back": row.previous is not None,
    }


def _minutes(row: Installation) -> int | None:
    """Return the minutes from the first answer to the running package; at least one."""
    if row.live_us is None:
        return None
    return max(1, round((row.live_us - row.created_us) / MINUTE_US))


def _adoption_url(request: Any, row: Installation) -> str:
    adoption = queries.adoption_of(row)
    if adoption is None:
        return ""
    kwargs = {"mandant": request.tenant.slug, "adoption_id": adoption.pk}
    return reverse("portfolio:adoption", kwargs=kwargs) + "#liste"


def _things(
    request: Any, pieces: list[InstalledPiece], series: dict[int, observations.DatastreamRow]
) -> list[dict[str, Any]]:
    of_thing: dict[int, list[observations.DatastreamRow]] = {}
    for found in series.values():
        of_thing.setdefault(found.thing_id, []).append(found)
    return [
        {**_link(request, piece), "series": of_thing.get(piece.object_id or 0, [])}
        for piece in pieces
        if piece.kind == PieceKind.THING
    ]


PAGES = {
    PieceKind.THING: ("observations:thing", "thing_id"),
    PieceKind.RULE: ("alerts:rule", "rule_id"),
    PieceKind.PLAN: ("evaluation:evaluation", "evaluation_id"),
}


def _link(request: Any, piece: InstalledPiece) -> dict[str, Any]:
    name, argument = PAGES[PieceKind(piece.kind)]
    kwargs = {"mandant": request.tenant.slug, argument: piece.object_id}
    return {"title": piece.title, "url": reverse(name, kwargs=kwargs)}
