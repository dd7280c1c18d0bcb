"""How far rules have read while nothing happened: kept in memory, written now and then.

Most readings change nothing but how far a rule has read, and writing that for each rule and batch
was most of the work. What is kept here is thrown away as soon as the stored state differs from the
one it began with: somebody changed the rule, or another process went on with it. After a restart
a rule goes on from its stored state over the same readings, and comes to the same.
"""

from dataclasses import dataclass

from mehrwert.alerts.actions.standing import Rule
from mehrwert.alerts.choices import RuleKind
from mehrwert.alerts.rules import State

# at most so much is read again after a restart
WRITE_AFTER_US = 600_000_000
MOST_RULES = 50_000


@dataclass(frozen=True, slots=True)
class _Kept:
    stored: State
    now: State


class Seen:
    """Where rules stand beyond what is stored. Threads may share it: each entry stands alone."""

    def __init__(self) -> None:
        self._rules: dict[int, _Kept] = {}

    def state_of(self, rule: Rule) -> State:
        """Return where a rule stands; ``rule`` as it is stored now."""
        kept = self._rules.get(rule.pk)
        return kept.now if kept is not None and kept.stored == rule.state else rule.state

    def must_be_written(self, rule: Rule, state: State) -> bool:
        """Say whether a state is too far from the stored one to stand in memory only."""
        stored = rule.state
        if state.since_us != stored.since_us or state.last_us is None or stored.last_us is None:
            return state != stored
        most = WRITE_AFTER_US
        if rule.kind == RuleKind.SILENT.value:  # the clock looks at what is stored
            most = min(most, rule.hold_s * 500_000)
        return state.last_us - stored.last_us > most

    def keep(self, rule: Rule, state: State) -> None:
        """Remember where a rule stands. Too many rules are all forgotten, and read again."""
        if len(self._rules) >= MOST_RULES:
            self._rules.clear()
        self._rules[rule.pk] = _Kept(rule.state, state)

    def forget(self) -> None:
        """Begin as after a restart."""
        self._rules.clear()
