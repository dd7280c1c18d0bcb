"""The money of a paper alone, for whoever answers for money and changes nothing else."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.evaluation.council_paper.facts import COST_POSITIONS
from mehrwert.evaluation.council_paper.form import GROUPS, Group, PaperForm, finance_of
from mehrwert.evaluation.council_paper.inputs import FinanceInput

JOINT = Group(_("Im Verbund"), ("joint_yearly", "joint_per_inhabitant"), is_open=True)
KINDS = ("once", "yearly", "reason")


class FinanceForm(PaperForm):
    """The financial block, the fourteen cost positions, and what it costs in shared operation."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        kept = {name for group in self._own() for name in group.names}
        kept |= {f"{kind}_{key}" for key in COST_POSITIONS for kind in KINDS}
        for name in [name for name in self.fields if name not in {*kept, "seen"}]:
            del self.fields[name]

    @staticmethod
    def _own() -> tuple[Group, ...]:
        money = next(group for group in GROUPS if "account" in group.names)
        return (Group(money.title, money.names, is_open=True), JOINT)

    def groups(self) -> Iterator[tuple[Group, list[forms.BoundField]]]:
        """Yield the two groups of money."""
        for group in self._own():
            yield group, [self[name] for name in group.names]

    def to_finance(self) -> FinanceInput:
        """Return what was typed; empty stays unknown."""
        given = self.cleaned_data
        return FinanceInput(
            finance=finance_of(given),
            joint_yearly=given["joint_yearly"],
            joint_per_inhabitant=given["joint_per_inhabitant"],
        )
