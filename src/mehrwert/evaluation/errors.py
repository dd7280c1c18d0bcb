"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownEvaluationError(NotFoundError):
    """No such evaluation in this municipality."""

    code = "unknown_evaluation"
    sentence = mark("Diese Bewertung gibt es hier nicht.")


class PlanFrozenError(ConflictError):
    """A frozen plan is not changed."""

    code = "plan_frozen"
    sentence = mark(
        "Der Plan ist festgeschrieben und wird nicht mehr geändert. Was anders kam, gehört in das"
        " Ergebnis."
    )


class PlanIncompleteError(InvalidInputError):
    """Something is missing before a plan can be fixed; ``reasons`` are sentences."""

    code = "plan_incomplete"
    sentence = mark("Der Plan ist noch nicht vollständig. %(reasons)s")


class NotFrozenError(ConflictError):
    """The step needs a frozen plan."""

    code = "plan_not_frozen"
    sentence = mark("Bitte schreiben Sie zuerst den Plan fest.")


class NoResultError(ConflictError):
    """A decision needs a filed result."""

    code = "no_result"
    sentence = mark("Bitte melden Sie zuerst das Ergebnis, auch wenn es „nicht messbar“ heißt.")


class ReasonMissingError(InvalidInputError):
    """A deviation needs its reason."""

    code = "reason_missing"
    sentence = mark("Bitte nennen Sie den Grund.")


class BodyMissingError(InvalidInputError):
    """A decision against the proposal names who took it."""

    code = "body_missing"
    sentence = mark("Die Entscheidung weicht vom Vorschlag ab. Bitte nennen Sie Grund und Gremium.")


class SilenceWithoutReasonError(InvalidInputError):
    """Whoever says nothing to a question says why."""

    code = "silence_without_reason"
    sentence = mark("Bitte bei %(ids)s auch den Grund nennen, warum es keine Angabe gibt.")


class UnknownQuestionError(InvalidInputError):
    """No such question in this version of the questionnaire (EVI-29)."""

    code = "unknown_question"
    sentence = mark("Die Frage „%(id)s“ gibt es nicht.")


class SeriesMissingError(InvalidInputError):
    """The chosen series is not one of the municipality."""

    code = "evaluation_series"
    sentence = mark("Diese Messreihe gibt es hier nicht. Bitte wählen Sie eine andere.")


class UnknownPaperError(NotFoundError):
    """No such paper in this municipality."""

    code = "unknown_paper"
    sentence = mark("Diese Vorlage gibt es hier nicht.")


class PaperChangedError(ConflictError):
    """Two people changed a paper at the same time."""

    code = "paper_changed"
    sentence = mark(
        "Jemand hat die Vorlage inzwischen geändert. Ihre Eingaben stehen noch hier; bitte öffnen"
        " Sie die Vorlage daneben, übernehmen Sie das Neue und speichern Sie dann noch einmal."
    )


class PaperReleasedError(ConflictError):
    """A released paper is not changed."""

    code = "paper_released"
    sentence = mark("Die Vorlage ist freigegeben und wird nicht mehr geändert.")


class PaperIncompleteError(InvalidInputError):
    """Something stands against releasing a paper; ``reasons`` are sentences."""

    code = "paper_incomplete"
    sentence = mark("Die Vorlage kann noch nicht freigegeben werden. %(reasons)s")


class UnknownProfileError(NotFoundError):
    """No such form of a council paper in this municipality."""

    code = "unknown_house_profile"
    sentence = mark("Diese Form gibt es hier nicht.")


class ProfileRefusedError(InvalidInputError):
    """A form cannot be used; ``reasons`` are sentences."""

    code = "house_profile_refused"
    sentence = mark("So lässt sich die Form nicht verwenden. %(reasons)s")


class ProfileKeyError(InvalidInputError):
    """The key of a form is taken, or cannot stand in an address."""

    code = "house_profile_key"
    sentence = mark(
        "„%(key)s“ geht nicht als Kurzname (key): Er hat kleine Buchstaben, Ziffern und"
        " Bindestriche und darf nicht zu einer mitgelieferten Form gehören."
    )


class HouseTemplateRefusedError(InvalidInputError):
    """An uploaded template of the house cannot be used; ``reasons`` is a sentence."""

    code = "house_template_refused"
    sentence = mark("Diese Mustervorlage lässt sich nicht verwenden. %(reasons)s")


class UnknownVoiceError(NotFoundError):
    """The link of an invitation is wrong, too old, or was ended."""

    code = "unknown_voice"
    sentence = mark(
        "Diese Einladung gibt es nicht, oder sie gilt nicht mehr. Bitte fragen Sie bei denen nach,"
        " die sie geschickt haben."
    )


class VoiceLabelMissingError(InvalidInputError):
    """An invitation says who is asked."""

    code = "voice_label_missing"
    sentence = mark("Bitte schreiben Sie, wen Sie einladen, zum Beispiel „Kämmerei Lindau“.")
