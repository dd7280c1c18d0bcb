"""What the pages of the use cases say: one answer in a sentence, one line for each place."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from mehrwert.alerts.choices import Standing
from mehrwert.alerts.models import Maintenance
from mehrwert.alerts.presenting import address
from mehrwert.alerts.queries import CaseRow, CountRow, HeatMonth
from mehrwert.alerts.use_cases import UseCase
from mehrwert.alerts.wording import amount, duration_text
from mehrwert.base.clock import now_us
from mehrwert.figures import number, sparkline
from mehrwert.observations.access import tenant_of

MOST_NAMED = 3
NEVER_H = 24 * 30
EPOCH = date(1970, 1, 1)
TAGS = {
    Standing.DUE: "bad",
    Standing.SOON: "warn",
    Standing.SILENT: "warn",
    Standing.FINE: "ok",
    Standing.NO_LIMIT: "",
    Standing.EMPTY: "",
}


def standing_text(case: UseCase, standing: Standing) -> str:
    """Return how a place stands, in the words of its use case."""
    words = {
        Standing.DUE: {
            "baeume": gettext("braucht Wasser"),
            "bach": gettext("über der Marke"),
            "hitze": gettext("zu heiß"),
        }.get(case.key, gettext("über der Grenze")),
        Standing.SOON: {
            "baeume": gettext("bald trocken"),
            "bach": gettext("steigt auf die Marke zu"),
        }.get(case.key, gettext("bald an der Grenze")),
        Standing.SILENT: gettext("schweigt"),
        Standing.FINE: {"baeume": gettext("genug Wasser")}.get(case.key, gettext("in Ordnung")),
        Standing.NO_LIMIT: gettext("noch keine Regel"),
        Standing.EMPTY: gettext("noch kein Wert"),
    }
    return words[standing]


def case_line(request: HttpRequest, case: UseCase, row: CaseRow) -> dict[str, Any]:
    """Return one place as a row of the table."""
    unit = row.series.unit
    at = row.outlook
    return {
        "title": row.thing.name,
        "series": row.series.name,
        "url": _series_page(request, row.series.id),
        "value": amount(row.value, unit) if row.value is not None else "–",
        "last_us": row.series.last_time_us,
        "limit": amount(row.limit, unit) if row.limit is not None else "",
        "rule_url": address(request, "rule", rule_id=row.rule_id) if row.rule_id else "",
        "outlook": outlook_text(case, row),
        "standing": standing_text(case, at.standing),
        "tag": TAGS[at.standing],
        "spark": _spark([mean for _, mean in row.day], row.limit),
        "alert_title": row.alert.title if row.alert else "",
        "alert_url": address(request, "alert", alert_id=row.alert.pk) if row.alert else "",
        "source": row.series.credit or row.series.source,
    }


def outlook_text(case: UseCase, row: CaseRow) -> str:
    """Return how far it is to the limit, and when it gets there if it goes on like this."""
    at, unit = row.outlook, row.series.unit
    if at.standing in {Standing.NO_LIMIT, Standing.EMPTY, Standing.SILENT} or at.left is None:
        return ""
    far = amount(_rounded(abs(at.left)), unit)
    if at.left < 0:
        return (gettext("%(far)s darunter") if case.is_low_bad else gettext("%(far)s darüber")) % {
            "far": far
        }
    if at.hours is None or at.hours > NEVER_H:
        return gettext("noch %(far)s bis zur Grenze") % {"far": far}
    when = duration_text(_coarse(at.hours) * 3600)
    return gettext("noch %(far)s; geht es so weiter, in etwa %(when)s") % {
        "far": far,
        "when": when,
    }


def heat_text(month: HeatMonth | None, unit: str) -> str:
    """Return what 30 days were like."""
    if month is None:
        return ""
    hot = ngettext("%(n)s Stunde über %(limit)s", "%(n)s Stunden über %(limit)s", month.n_hot) % {
        "n": number(month.n_hot, 0),
        "limit": amount(month.limit, unit),
    }
    ninth = gettext("neun von zehn Stunden unter %(value)s") % {
        "value": amount(round(month.ninth, 1), unit)
    }
    return f"{hot}; {ninth}"


def limit_answer(case: UseCase, rows: Sequence[CaseRow]) -> str:
    """Return the answer to the question of a use case with limits."""
    due = _standing(rows, Standing.DUE)
    soon = _standing(rows, Standing.SOON)
    known = [row for row in rows if row.outlook.standing is not Standing.EMPTY]
    if not known:
        return gettext("Es ist noch kein Wert da.")
    if case.key == "baeume":
        return _trees(rows, due, soon)
    if case.key == "bach":
        return _brook(known, due)
    return _with_unjudged(_machines(rows, due, soon), rows)


def _trees(rows: Sequence[CaseRow], due: Sequence[CaseRow], soon: Sequence[CaseRow]) -> str:
    n_all = len({row.thing.id for row in rows})
    n_due = len({row.thing.id for row in due})
    if n_due:
        told = ngettext(
            "%(n)s von %(all)s Standorten braucht heute Wasser: %(names)s.",
            "%(n)s von %(all)s Standorten brauchen heute Wasser: %(names)s.",
            n_due,
        ) % {"n": n_due, "all": n_all, "names": _names(due)}
    elif all(row.outlook.standing is Standing.NO_LIMIT for row in rows):
        return gettext("Noch sagt keine Regel, ab wann ein Baum Wasser braucht.")
    elif n_judged := len({row.thing.id for row in _judged(rows)}):
        told = ngettext(
            "Der eine beurteilte Standort braucht heute kein Wasser.",
            "Keiner der %(n)s beurteilten Standorte braucht heute Wasser.",
            n_judged,
        ) % {"n": n_judged}
    else:
        told = gettext("Heute lässt sich nicht sagen, welcher Baum Wasser braucht.")
    if soon:
        told += " " + gettext("In den nächsten drei Tagen folgen wohl: %(names)s.") % {
            "names": _names(soon)
        }
    return _with_unjudged(told, rows)


def _judged(rows: Sequence[CaseRow]) -> list[CaseRow]:
    """Return the rows of which a rule and a new value say how they stand."""
    known = {Standing.DUE, Standing.SOON, Standing.FINE}
    return [row for row in rows if row.outlook.standing in known]


def _with_unjudged(told: str, rows: Sequence[CaseRow]) -> str:
    """Return an answer with what it does not cover: nobody shall take silence for good news."""
    free = len(_standing(rows, Standing.NO_LIMIT))
    mute = len(_standing(rows, Standing.SILENT)) + len(_standing(rows, Standing.EMPTY))
    if free and mute:
        left = gettext(
            "Nicht beurteilt: Messreihen ohne Regel (%(free)s) oder neuen Wert (%(mute)s)."
        )
    elif free:
        left = gettext("Nicht beurteilt: Messreihen ohne Regel (%(free)s).")
    elif mute:
        left = gettext("Nicht beurteilt: Messreihen ohne neuen Wert (%(mute)s).")
    else:
        return told
    return f"{told} {left % {'free': free, 'mute': mute}}"


def _brook(known: Sequence[CaseRow], due: Sequence[CaseRow]) -> str:
    row = (due or known)[0]
    stands = gettext("%(place)s: %(value)s.") % {
        "place": row.thing.name,
        "value": amount(row.value, row.series.unit),
    }
    pace = row.pace or 0.0
    if row.outlook.standing is Standing.SILENT:
        return stands + " " + gettext("Dieser Pegel schweigt gerade.")
    unit = row.series.unit
    if abs(pace) < 1e-3 * max(abs(row.limit or row.value or 1.0), 1e-9):
        moves = gettext("Er ändert sich kaum.")
    elif pace > 0:
        moves = gettext("Er steigt um %(pace)s je Stunde.") % {"pace": amount(_rounded(pace), unit)}
    else:
        moves = gettext("Er fällt um %(pace)s je Stunde.") % {"pace": amount(_rounded(-pace), unit)}
    ahead = outlook_text_of_limit(row)
    return " ".join(part for part in (stands, moves, ahead) if part)


def outlook_text_of_limit(row: CaseRow) -> str:
    """Return what is known of the way to the warning level."""
    at, unit = row.outlook, row.series.unit
    if row.limit is None or at.left is None:
        return gettext("Noch sagt keine Regel, ab wann gewarnt wird.")
    limit = amount(row.limit, unit)
    if at.left < 0:
        return gettext("Die Warnmarke von %(limit)s ist überschritten.") % {"limit": limit}
    if at.hours is None or at.hours > NEVER_H:
        return gettext("Bis zur Warnmarke von %(limit)s fehlen %(far)s.") % {
            "limit": limit,
            "far": amount(_rounded(at.left), unit),
        }
    return gettext("Geht es so weiter, ist die Warnmarke von %(limit)s in etwa %(when)s da.") % {
        "limit": limit,
        "when": duration_text(_coarse(at.hours) * 3600),
    }


def _machines(rows: Sequence[CaseRow], due: Sequence[CaseRow], soon: Sequence[CaseRow]) -> str:
    if due:
        return gettext("Über der Grenze: %(names)s.") % {"names": _names(due)}
    if soon:
        return gettext("Bald an der Grenze: %(names)s.") % {"names": _names(soon)}
    judged = len(_judged(rows))
    if judged == len(rows):
        return gettext("Alle Werte liegen in ihren Grenzen.")
    if judged:
        return gettext("Alle beurteilten Werte liegen in ihren Grenzen.")
    return gettext("Noch lässt sich nichts beurteilen.")


def ranking_answer(rows: Sequence[CaseRow]) -> str:
    """Return where it is warmest now, against the coolest place."""
    speaking = [
        row for row in rows if row.value is not None and row.outlook.standing is not Standing.SILENT
    ]
    if not speaking:
        return gettext("Es ist noch kein neuer Wert da.")
    top, low = speaking[0], speaking[-1]
    told = gettext("Am wärmsten ist es mit %(value)s hier: %(place)s.") % {
        "value": amount(top.value, top.series.unit),
        "place": top.thing.name,
    }
    if len(speaking) > 1:
        told += " " + gettext("Das sind %(more)s mehr als hier: %(place)s.") % {
            "more": amount(_rounded((top.value or 0) - (low.value or 0)), top.series.unit),
            "place": low.thing.name,
        }
    due = _standing(rows, Standing.DUE)
    if due:
        told += " " + gettext("Über der Grenze: %(names)s.") % {"names": _names(due)}
    return told


def count_line(request: HttpRequest, row: CountRow) -> dict[str, Any]:
    """Return what one place counted as a row of the table."""
    return {
        "title": row.thing.name,
        "series": row.series.name,
        "url": _series_page(request, row.series.id),
        "day": day_text(row.day),
        "total": number(row.total, 0) if row.total is not None else "–",
        "before": number(row.before, 0) if row.before is not None else "–",
        "change": change_text(row.total, row.before),
        "spark": _spark(list(row.last_days), None),
        "source": row.series.credit or row.series.source,
    }


def counts_answer(rows: Sequence[CountRow]) -> str:
    """Return how many were counted on the newest whole day, and whether that is more."""
    days = [row.day for row in rows if row.day is not None]
    if not days:
        return gettext("Es ist noch kein ganzer Tag gezählt.")
    newest = max(days)
    both = [row for row in rows if row.day == newest and row.total is not None]
    total = sum(row.total or 0 for row in both)
    told = ngettext(
        "%(day)s zählte eine Zählstelle %(total)s.",
        "%(day)s zählten %(n)s Zählstellen zusammen %(total)s.",
        len(both),
    ) % {"day": day_text(newest), "n": len(both), "total": number(total, 0)}
    compared = [row for row in both if row.before is not None]
    if len(compared) == len(both) and compared:
        before = sum(row.before or 0 for row in compared)
        told += " " + gettext("Eine Woche davor waren es %(before)s (%(change)s).") % {
            "before": number(before, 0),
            "change": change_text(total, before),
        }
    return told


def maintenance_line(
    request: HttpRequest, row: Maintenance, names: dict[int, str]
) -> dict[str, Any]:
    """Return one maintenance with how far its interval is used up."""
    used = row.used(now_us())
    parts = []
    if row.every_days:
        days = max(0, (now_us() - row.done_us) // 86_400_000_000)
        parts.append(
            gettext("%(n)s von %(all)s Tagen") % {"n": number(days, 0), "all": row.every_days}
        )
    if row.every_hours:
        parts.append(
            gettext("%(n)s von %(all)s Betriebsstunden")
            % {"n": number(row.run_s / 3600, 0), "all": row.every_hours}
        )
    return {
        "id": row.pk,
        "title": row.title,
        "thing": names.get(row.thing_id, gettext("gelöschte Messstelle")),
        "used": ", ".join(parts),
        "percent": min(100, round(used * 100)),
        "standing": gettext("fällig")
        if used >= 1
        else gettext("bald fällig")
        if used >= 0.9
        else gettext("in Ordnung"),
        "tag": "bad" if used >= 1 else "warn" if used >= 0.9 else "ok",
        "done_us": row.done_us,
        "done_by": row.done_by,
        "plan": row.plan.title if row.plan else "",
        "is_due": used >= 1,
        "order": -used,
        "edit_url": address(request, "maintenance_edit", maintenance_id=row.pk),
        "done_url": address(request, "maintenance_done", maintenance_id=row.pk),
    }


def maintenance_answer(lines: Sequence[dict[str, Any]]) -> str:
    """Return which maintenance is due."""
    due = [f"{line['thing']} ({line['title']})" for line in lines if line["is_due"]]
    if not lines:
        return ""
    if not due:
        return gettext("Keine Wartung ist fällig.")
    return ngettext(
        "%(n)s Wartung ist fällig: %(names)s.", "%(n)s Wartungen sind fällig: %(names)s.", len(due)
    ) % {"n": len(due), "names": _listed(due)}


def day_text(day: int | None) -> str:
    """Return a local day since 1970 in words, with its weekday."""
    if day is None:
        return "–"
    return date_format(EPOCH + timedelta(days=day), gettext("l, j. F Y"))


def change_text(now: float | None, before: float | None) -> str:
    """Return a change in percent with its sign."""
    if now is None or not before:
        return "–"
    percent = round((now / before - 1) * 100)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    return f"{sign}{abs(percent)} %"


def _standing(rows: Sequence[CaseRow], standing: Standing) -> list[CaseRow]:
    return [row for row in rows if row.outlook.standing is standing]


def _names(rows: Sequence[CaseRow]) -> str:
    return _listed(list(dict.fromkeys(row.thing.name for row in rows)))


def _listed(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    shown = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return ngettext("%(shown)s und %(n)s weiterer", "%(shown)s und %(n)s weitere", more) % {
        "shown": shown,
        "n": more,
    }


def _spark(values: Sequence[float | None], limit: float | None) -> str:
    if sum(value is not None for value in values) < 2:
        return ""
    drawn = sparkline(values, size=(120, 30), target=limit)
    return mark_safe(drawn)  # noqa: S308 (drawn by figures)


def _series_page(request: HttpRequest, datastream_id: int) -> str:
    kwargs = {"mandant": tenant_of(request).slug, "datastream_id": datastream_id}
    return reverse("observations:datastream", kwargs=kwargs)


def _coarse(hours: float) -> float:
    """Return a length of time no finer than it can be known."""
    if hours < 2:
        return max(0.25, round(hours * 4) / 4)
    return round(hours) if hours < 48 else round(hours / 24) * 24


def _rounded(value: float) -> float:
    return float(f"{value:.2g}")
