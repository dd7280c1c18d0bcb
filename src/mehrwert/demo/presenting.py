"""What pages of the demo show: the story per step and town, and what worked and what did not."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext

from mehrwert.demo.choices import BY_ROLE, STORY, StoryStep
from mehrwert.demo.queries import Told
from mehrwert.demo.telling import PACKAGE, SOLUTION, Telling
from mehrwert.evidence.queries import effect_value, interval_words
from mehrwert.figures.mini_forest import mini_forest

SEARCH = "Bäume gießen Bodenfeuchte"
Link = dict[str, str]


def effect_line(told: Told) -> dict[str, Any]:
    """Return one line of „Was gewirkt hat, was nicht“: name, plot, the same in words, money."""
    row, found = told.solution, told.solution.evidence
    ending = "_en" if get_language() == "en" else ""
    return {
        "name": row.name.removeprefix("Demo: "),
        "url": reverse("catalogue:solution", kwargs={"slug": row.slug}),
        "svg": mini_forest(
            found["value"], found["low"], found["high"], evidence_class=row.evidence_class or 0
        ),
        "words": found.get(f"sentence{ending}") or found.get("sentence", ""),
        "planned": told.planned_eur,
    }


def story_steps(here: Telling, there: Telling | None, *, is_inside: bool) -> list[dict[str, Any]]:
    """Return the six steps.

    Args:
        here: The town in which the visitor walks.
        there: The town in which the story is over, None before it is made.
        is_inside: The visitor has a role, so pages of towns open.
    """
    return [
        {
            "key": step.key,
            "title": gettext(step.title),
            "text": gettext(step.text),
            "does": gettext(step.does),
            "who": BY_ROLE[step.role].display_name,
            "task": gettext(BY_ROLE[step.role].task),
            "is_next": here.next_step == step.key,
            "here": _side(step, here, is_inside=is_inside),
            "there": _side(step, there, is_inside=is_inside) if there else {},
        }
        for step in STORY
    ]


def _side(step: StoryStep, told: Telling, *, is_inside: bool) -> dict[str, Any]:
    is_done = told.is_done(step.key)
    links = _LINKS[step.key](told) if is_done or told.next_step == step.key else []
    shown = [link for link in links if is_inside or link["is_public"]]
    return {"is_done": is_done, "links": shown}


def _link(text: str, url: str, note: str = "", *, is_public: str = "") -> Link:
    return {"text": text, "url": url, "note": note, "is_public": is_public}


def _in(told: Telling, name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs={"mandant": told.tenant.slug, **kwargs})


def _find(told: Telling) -> list[Link]:
    return [
        _link(
            gettext("Im Katalog suchen"),
            f"{reverse('catalogue:list')}?{urlencode({'q': SEARCH})}",
            f"„{SEARCH}“",
            is_public="yes",
        ),
        _link(
            gettext("Die Lösung im Katalog"),
            reverse("catalogue:solution", kwargs={"slug": SOLUTION}),
            is_public="yes",
        ),
        _link(gettext("Mit Beispieldaten ausprobieren"), _in(told, "starters:trial", slug=PACKAGE)),
    ]


def _adopt(told: Telling) -> list[Link]:
    links = [_link(gettext("Das Paket"), _in(told, "starters:package", slug=PACKAGE))]
    row = told.evaluation
    if row is not None and row.plan_hash:
        url = reverse("evidence:plan", kwargs={"plan_hash": row.plan_hash})
        links += [
            _link(gettext("Der festgeschriebene Plan im Register"), url, is_public="yes"),
            _link(
                gettext("Wer die Lösung nutzt"),
                reverse("catalogue:course", kwargs={"slug": SOLUTION}),
                is_public="yes",
            ),
        ]
    return links


def _flow(told: Telling) -> list[Link]:
    links = [_link(gettext("Messstellen und Werte"), _in(told, "observations:thing_list"))]
    if told.alert is not None:
        url = _in(told, "alerts:alert", alert_id=told.alert.pk)
        links.append(_link(gettext("Die Meldung"), url, str(told.alert.rule or "")))
    return links


def _judge(told: Telling) -> list[Link]:
    row = told.evaluation
    if row is None:
        return []
    url = _in(told, "evaluation:evaluation", evaluation_id=row.pk)
    return [_link(gettext("Die Bewertung mit Bild, Tabelle und Spanne"), url, _found_words(told))]


def _print(told: Telling) -> list[Link]:
    row, paper = told.evaluation, told.paper
    if row is None or paper is None:
        return []
    ids = {"evaluation_id": row.pk, "paper_id": paper.pk}
    return [
        _link(gettext("Die Ratsvorlage"), _in(told, "evaluation:paper", **ids)),
        _link(
            gettext("Zum Drucken"),
            _in(told, "evaluation:paper_file", **ids, ending="pdf"),
            "PDF",
        ),
        _link(
            gettext("Was die Rollen rückblickend sagen"),
            _in(told, "evaluation:reflection", evaluation_id=row.pk),
        ),
    ]


def _tell(told: Telling) -> list[Link]:
    if told.finding is None or not told.is_done("tell"):
        return []
    return [
        _link(
            gettext("Der Befund im Verzeichnis aller"),
            reverse("evidence:pool", kwargs={"finding_id": told.finding.pk}),
            _found_words(told),
            is_public="yes",
        ),
        _link(gettext("Alle Belege"), reverse("evidence:list"), is_public="yes"),
    ]


def _found_words(told: Telling) -> str:
    """Return what came out, with its span; empty before a result is filed."""
    found = told.finding
    if found is None or found.theta is None or found.low is None or found.high is None:
        return ""
    scale: dict[str, Any] = {"scale": found.scale, "good_is_up": found.good_direction == "up"}
    low, high = interval_words(found.low, found.high, **scale)
    return gettext("%(indicator)s %(value)s, Spanne %(low)s bis %(high)s") % {
        "indicator": found.indicator,
        "value": effect_value(found.theta, **scale),
        "low": low,
        "high": high,
    }


_LINKS = {
    "find": _find,
    "adopt": _adopt,
    "flow": _flow,
    "judge": _judge,
    "print": _print,
    "tell": _tell,
}
