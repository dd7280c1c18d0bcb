"""House profiles: what no profile may do (DOC-186)."""

import msgspec
import pytest

from mehrwert.evaluation.council_paper.profile import (
    FOLDER,
    NEVER_MISSING,
    ProfileError,
    SectionRule,
    built_in_profiles,
    defects_of,
    read_profile,
)

CLASSIC = FOLDER.joinpath("classic.yaml").read_text(encoding="utf-8")


def refused(text, **more):
    with pytest.raises(ProfileError) as caught:
        read_profile(text, **more)
    return [str(defect) for defect in caught.value.defects]


def test_the_four_real_layouts_and_our_own_come_along():
    """DOC-80."""
    assert set(built_in_profiles()) == {
        "classic", "erlangen-like", "first-page", "leverkusen-like", "stuttgart-like",
    }  # fmt: skip


@pytest.mark.parametrize("key", NEVER_MISSING)
def test_what_is_unknown_and_what_it_costs_can_be_neither_left_out_nor_hidden_nor_unnamed(key):
    """DOC-190 and the second row of the test list."""
    profile = built_in_profiles()["stuttgart-like"]

    def defects(change):
        rules = tuple(change(rule) for rule in profile.sections if change(rule))
        return [str(one) for one in defects_of(msgspec.structs.replace(profile, sections=rules))]

    def without(rule):
        left = tuple(one for one in rule.keys if one != key)
        return msgspec.structs.replace(rule, key=left) if left else None

    def hidden(rule):
        return msgspec.structs.replace(rule, hidden=key in rule.keys)

    def unnamed(rule):
        return msgspec.structs.replace(rule, label="" if key in rule.keys else rule.label)

    assert defects(without) == [f"Der Abschnitt „{key}“ darf nicht fehlen."]
    assert f"Der Abschnitt „{key}“ darf nicht ausgeblendet werden." in defects(hidden)
    assert any("braucht eine Überschrift" in one for one in defects(unnamed))


def test_a_resolution_may_be_missing_in_a_report_only():
    text = CLASSIC.replace("  - {key: resolution, label: Beschlussvorschlag}\n", "")
    assert refused(text) == ["Der Abschnitt „resolution“ darf nicht fehlen."]
    assert "resolution" not in read_profile(text, kind="report").keys


def test_unknown_and_double_sections_are_refused():
    assert refused(CLASSIC.replace("key: consultation", "key: pictures")) == [
        "Den Abschnitt „pictures“ gibt es nicht."
    ]
    assert refused(CLASSIC.replace("key: consultation", "key: head")) == [
        "Der Abschnitt „head“ steht zweimal im Profil."
    ]


def test_the_unknown_does_not_hide_behind_the_annexes():
    line = "  - {key: known_unknown, label: Was wir wissen – was wir nicht wissen}\n"
    last = "  - {key: cosign_annexes, label: Anlagen}\n"
    text = CLASSIC.replace(line, "").replace(last, last + line)
    assert refused(text) == ["„Was wir wissen – was wir nicht wissen“ steht vor den Anlagen."]


@pytest.mark.parametrize(
    ("note", "section"),
    [
        ("climate", "cross_cutting"),
        ("equality", "cross_cutting"),
        ("participation", "cross_cutting"),
    ],
)
def test_a_required_note_needs_its_section(note, section):
    text = CLASSIC.replace("required_notes: []", f"required_notes: [{note}]")
    assert refused(text) == [f"Für die Pflichtangabe „{note}“ fehlt der Abschnitt „{section}“."]


def test_a_label_carries_no_markup():
    assert (
        "enthält Auszeichnung" in refused(CLASSIC.replace("label: Vorlage", "label: <b>V</b>"))[0]
    )


@pytest.mark.parametrize(
    "text",
    ["", "- x", "{", CLASSIC.replace("version: 1", "version: one"), CLASSIC + "code: 1\n",
     CLASSIC.replace("finance_layout: paragraph", "finance_layout: none")],
)  # fmt: skip
def test_what_is_no_profile_is_refused_in_a_sentence(text):
    assert len(refused(text)) == 1


def test_a_rule_with_several_sections_lists_them():
    assert SectionRule(key=("finance", "staff"), label="x").keys == ("finance", "staff")
