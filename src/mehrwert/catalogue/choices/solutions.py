"""What a solution is: status, stage, kind, origin of its entry."""

from enum import StrEnum

from mehrwert.base.marks import mark


class Status(StrEnum):
    """What a solution is, according to its newest source."""

    IDEA = "idea"
    PILOT = "pilot"
    OPERATION = "operation"
    ENDED = "ended"


STATUS_LABELS: dict[str, str] = {
    Status.IDEA: mark("Idee"),
    Status.PILOT: mark("Pilot"),
    Status.OPERATION: mark("in Betrieb"),
    Status.ENDED: mark("beendet"),
}


class Stage(StrEnum):
    """Stage of maturity, P1 to P5."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"


STAGE_LABELS: dict[str, str] = {
    Stage.P1: mark("P1 Ideenfindung"),
    Stage.P2: mark("P2 Prototyp"),
    Stage.P3: mark("P3 Pilot"),
    Stage.P4: mark("P4 Verstetigung"),
    Stage.P5: mark("P5 Transfer"),
}


class SolutionType(StrEnum):
    """What a solution consists of."""

    SOFTWARE = "software"
    SAAS = "saas"
    HARDWARE_SOFTWARE = "hardware_software"
    PROCEDURE = "procedure"
    PLACE_OR_OFFER = "place_or_offer"


SOLUTION_TYPE_LABELS: dict[str, str] = {
    SolutionType.SOFTWARE: mark("Software"),
    SolutionType.SAAS: mark("Online-Dienst"),
    SolutionType.HARDWARE_SOFTWARE: mark("Geräte mit Software"),
    SolutionType.PROCEDURE: mark("Verfahren"),
    SolutionType.PLACE_OR_OFFER: mark("Ort oder Angebot"),
}


class ComponentType(StrEnum):
    """Part of a smart city a solution belongs to."""

    DATA_INFRASTRUCTURE = "data-infrastructure"
    SERVICE = "service"
    ADMINISTRATION_TOOL = "administration-tool"
    PARTICIPATION = "participation"


COMPONENT_TYPE_LABELS: dict[str, str] = {
    ComponentType.DATA_INFRASTRUCTURE: mark("Dateninfrastruktur"),
    ComponentType.SERVICE: mark("Angebot für Menschen"),
    ComponentType.ADMINISTRATION_TOOL: mark("Werkzeug der Verwaltung"),
    ComponentType.PARTICIPATION: mark("Beteiligung"),
}


class ProfileLevel(StrEnum):
    """How complete a profile is; computed by ``rules.level_of``, never set by hand."""

    STUB = "stub"
    MINIMAL = "minimal"
    TRANSFERABLE = "transferable"
    BASE_READY = "base_ready"


PROFILE_LEVEL_LABELS: dict[str, str] = {
    ProfileLevel.STUB: mark("Kurzeintrag"),
    ProfileLevel.MINIMAL: mark("Mindestangaben"),
    ProfileLevel.TRANSFERABLE: mark("übertragbar"),
    ProfileLevel.BASE_READY: mark("reif als Basiskomponente"),
}


class EntryOrigin(StrEnum):
    """Where an entry comes from."""

    DECLARED = "declared"
    IMPORTED = "imported"
    PEER = "peer"
    DEMO = "demo"


ENTRY_ORIGIN_LABELS: dict[str, str] = {
    EntryOrigin.DECLARED: mark("von einer Kommune selbst eingetragen"),
    EntryOrigin.IMPORTED: mark("übernommen, nicht geprüft"),
    EntryOrigin.PEER: mark("von einer anderen Installation"),
    EntryOrigin.DEMO: mark("erfunden, Teil der Demo"),
}


class ListState(StrEnum):
    """Where a list of measures stands that somebody hands in."""

    OPEN = "open"
    DONE = "done"
    UNDONE = "undone"


LIST_STATE_LABELS: dict[str, str] = {
    ListState.OPEN: mark("noch nicht übernommen"),
    ListState.DONE: mark("übernommen"),
    ListState.UNDONE: mark("rückgängig gemacht"),
}
