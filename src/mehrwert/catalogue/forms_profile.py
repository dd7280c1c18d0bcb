"""The form of a profile, made from the published schema: one input per field, none is required.

What is missing is listed beside the form by level, so that a half-filled entry can be kept.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import NumberField
from mehrwert.catalogue import choices, wording
from mehrwert.catalogue.profile import PROOFS, Field, field_of
from mehrwert.catalogue.rules.measures import NONE
from mehrwert.catalogue.rules.pointers import read_pointer, segments_of

# steps of the page: the twelve minimal fields first, then what makes an entry transferable
STEPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        "what",
        _("Worum geht es?"),
        (
            "/name",
            "/short_description",
            "/problem",
            "/solution_type",
            "/fields_of_action",
            "/programme",
        ),
    ),
    ("state", _("Wie weit sind Sie?"), ("/stage", "/status", "/status_since")),
    (
        "end",
        _("Falls beendet: Was war der Grund?"),
        (
            *("/ended/on", "/ended/carried_out", "/ended/reasons", "/ended/text", "/ended/parties"),
            *(f"/ended/{part}" for part in choices.EXIT_PARTS),
            "/ended/exit_url",
        ),
    ),
    (
        "use",
        _("Wie nutzen Sie es selbst?"),
        ("/adoption/relation", "/adoption/status", "/adoption/since"),
    ),
    (
        "contact",
        _("Wen kann man fragen?"),
        ("/contact/role", "/contact/unit", "/contact/functional_mailbox"),
    ),
    ("code", _("Gibt es Quelltext?"), ("/code/repository_url", "/code/licence")),
    (
        "more",
        _("Damit andere es übernehmen können"),
        (
            "/description",
            "/plain_summary",
            "/plain_summary_by",
            "/features",
            "/languages",
            "/audience",
            "/technologies",
            "/component_type",
            "/preconditions/base_components",
            "/preconditions/it_environment",
            "/preconditions/it_providers",
            "/preconditions/staff_hours_per_week",
            "/preconditions/networks",
            "/procurement/providers",
            "/lessons/would_do_again",
            "/lessons/what_differently",
            "/lessons/stumbling_blocks",
        ),
    ),
)
# each document of the block "trust": there with address and day, absent, or not applicable
PROOF_KEYS = ("state", "url", "date", "reason")
STEPS = (
    *STEPS,
    (
        "trust",
        _("Nachweise"),
        tuple(f"/trust/{name}/{key}" for name in PROOFS for key in PROOF_KEYS),
    ),
)
# folded away until there is something in them
EXTRA = frozenset({"end", "code", "more", "trust"})
POINTERS = tuple(pointer for _key, _title, pointers in STEPS for pointer in pointers)
# values of closed lists that the schema names by code only
WORDS: dict[str, Mapping[str, str]] = {
    **dict.fromkeys((f"/trust/{name}/state" for name in PROOFS), choices.PROOF_STATE_LABELS),
    "/ended/carried_out": choices.CARRIED_OUT_LABELS,
    "/adoption/relation": choices.RELATION_LABELS,
    "/adoption/status": choices.ADOPTION_STATUS_LABELS,
    "/ended/reasons": choices.END_REASON_LABELS,
    "/lessons/would_do_again": {
        "yes": _("ja"),  # type: ignore[dict-item]
        "with_changes": _("ja, mit Änderungen"),  # type: ignore[dict-item]
        "no": _("nein"),  # type: ignore[dict-item]
    },
}
# "there was none" is an answer: people write it as a word, the file has its own
NO_PROGRAMME = "/programme"
LONG = {"/description": 50_000}


def name_of(pointer: str) -> str:
    """Return the name of the input of a field."""
    return pointer.strip("/").replace("/", "__")


class ProfileForm(forms.Form):
    """All fields of the steps, none required; ``profile`` gives the content back."""

    def __init__(
        self, profile: Mapping[str, Any], data: Any = None, *, proposed: Iterable[str] = ()
    ) -> None:
        self._before = profile
        self._proposed = tuple(proposed)
        initial = {name_of(p): _shown(p, read_pointer(profile, p)) for p in POINTERS}
        super().__init__(data, initial=initial)
        for pointer in POINTERS:
            field = field_of(pointer)
            if field is not None:
                self.fields[name_of(pointer)] = _input(field)
                if any(p == pointer or p.startswith(f"{pointer}/") for p in self._proposed):
                    made = self.fields[name_of(pointer)]
                    note = _("Vorschlag, bitte prüfen.")
                    made.help_text = format_lazy("{} {}", note, made.help_text)

    def clean(self) -> dict[str, Any]:
        """Refuse a document that says something about itself but not whether it is there."""
        given: dict[str, Any] = super().clean() or {}
        for name in PROOFS:
            stem = f"trust__{name}__"
            state = given.get(f"{stem}state")
            rest = any(given.get(stem + key) for key in PROOF_KEYS[1:])
            if rest and not state:
                text = _("Bitte wählen Sie, ob das Dokument vorliegt, fehlt oder nicht zutrifft.")
                self.add_error(f"{stem}state", text)
            if state == "not_applicable" and not given.get(f"{stem}reason"):
                self.add_error(f"{stem}reason", _("Bitte nennen Sie den Grund."))
        return given

    def steps(self) -> list[dict[str, Any]]:
        """Return the inputs by step."""
        return [
            {
                "key": key,
                "title": title,
                "fields": [self[name_of(p)] for p in pointers],
                "is_extra": key in EXTRA,
                "is_open": any(
                    read_pointer(self._before, p) or self[name_of(p)].errors for p in pointers
                ),
            }
            for key, title, pointers in STEPS
        ]

    def profile(self) -> dict[str, Any]:
        """Return the profile with what was typed; emptied fields are taken out."""
        content: dict[str, Any] = deepcopy(dict(self._before))
        for pointer in POINTERS:
            if name_of(pointer) in self.cleaned_data:
                _put(content, pointer, _value(pointer, self.cleaned_data[name_of(pointer)]))
        return content


def _input(field: Field) -> forms.Field:
    hint = field.hint[1] if wording.language() == "en" else field.hint[0]
    given: dict[str, Any] = {
        "label": _label(field),
        "required": False,
        "help_text": hint,
    }
    if field.pointer == NO_PROGRAMME:
        given["help_text"] = _("„keines“, wenn es keines gab")
    words = WORDS.get(field.pointer)
    if field.kind == "choices" or field.pointer == "/ended/reasons":
        options = _options(field, words)
        return forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, **given
        )
    if field.kind == "choice":
        options = [("", _("bitte wählen")), *_options(field, words)]
        return forms.ChoiceField(choices=options, **given)
    if field.kind == "number":
        return NumberField(min_value=0, max_value=1000, **given)
    if field.kind == "list":
        given["help_text"] = hint or _("Eine Angabe je Zeile")
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=5000, **given)
    if field.kind == "long" or field.pointer == "/problem":
        most = LONG.get(field.pointer, field.most or 2000)
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=most, **given)
    return forms.CharField(max_length=field.most or 200, **given)


def _label(field: Field) -> str:
    """Return the name of an input; of a part of a document with the name of the document."""
    name = field.label(wording.language())
    if field.block != "trust" or field.pointer.count("/") < 3:
        return name
    document = field_of(field.pointer.rpartition("/")[0])
    return f"{document.label(wording.language())}: {name}" if document else name


def _options(field: Field, words: Mapping[str, str] | None) -> list[tuple[str, Any]]:
    if words is not None:
        site = choices.Relation.SITE
        return [(value, _(label)) for value, label in words.items() if value != site]
    english = wording.language() == "en"
    return [(value, names[1] if english else names[0]) for value, names in field.choices.items()]


def _shown(pointer: str, value: Any) -> Any:
    field = field_of(pointer)
    if pointer == NO_PROGRAMME and value == "none":
        return gettext("keines")
    is_lines = field is not None and field.kind == "list" and pointer != "/ended/reasons"
    if isinstance(value, list) and is_lines:
        return "\n".join(map(str, value))
    return value


def _value(pointer: str, typed: Any) -> Any:
    """Return what is stored for an input; None for nothing."""
    field = field_of(pointer)
    if field is not None and field.kind == "list" and isinstance(typed, str):
        lines: Iterable[str] = (line.strip() for line in typed.splitlines())
        return list(dict.fromkeys(filter(None, lines))) or None
    if pointer == NO_PROGRAMME and str(typed).strip().casefold() in NONE:
        return "none"
    if isinstance(typed, str):
        return typed.strip() or None
    return typed or (0 if typed == 0 else None)


def _put(content: dict[str, Any], pointer: str, value: Any) -> None:
    *parents, last = segments_of(pointer)
    holder = content
    for segment in parents:
        holder = holder.setdefault(segment, {})
    if value is None:
        holder.pop(last, None)
    else:
        holder[last] = value
    for depth in range(len(parents), 0, -1):
        above = content
        for segment in parents[: depth - 1]:
            above = above[segment]
        if not above[parents[depth - 1]]:
            above.pop(parents[depth - 1])
