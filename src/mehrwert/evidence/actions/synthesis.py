"""Stores versions of what is known; a new one for every change, none is changed."""

from dataclasses import asdict

from mehrwert.base.canonical import fingerprint, significant
from mehrwert.base.clock import now_us
from mehrwert.evidence import queries
from mehrwert.evidence.models import Synthesis
from mehrwert.evidence.queries import PoolKey
from mehrwert.stats.effect_rules import EFFECTS

MOST_LETTERS = 300


def synthesise(key: PoolKey, *, change_note: str) -> Synthesis | None:
    """Store a new version of what is known; None when nothing can be pooled.

    Earlier versions stay and keep their address (EVI-61). An unchanged record makes no version.
    """
    found = queries.compute_pool(key)
    if found is None:
        return None
    record = significant(asdict(found))
    digest = fingerprint(record)
    newest = queries.read_synthesis(key)
    if newest is not None and newest.record_hash == digest:
        return newest
    return Synthesis.objects.create(
        solution_root=key.solution_root,
        indicator_key=key.indicator_key,
        scale=key.scale,
        is_demo=key.is_demo,
        version=newest.version + 1 if newest else 1,
        made_us=now_us(),
        ruleset=EFFECTS.version,
        evidence_class=found.evidence_class.value,
        record=record,
        record_hash=digest,
        change_note=change_note[:MOST_LETTERS],
    )
