"""What can go wrong with costs and keys."""

from mehrwert.base.errors import InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class ZeroReasonError(InvalidInputError):
    """A position is 0 without a reason."""

    code = "zero_reason"
    sentence = mark("„%(position)s“ ist 0. Bitte nennen Sie den Grund, oder „nicht bekannt“.")


class AmountMissingError(InvalidInputError):
    """A position says amount and has none."""

    code = "amount_missing"
    sentence = mark("„%(position)s“ braucht einen Betrag, einmalig oder jährlich.")


class UnknownShareError(NotFoundError):
    """No such common cost in this municipality."""

    code = "unknown_share"
    sentence = mark("Diesen Kostenschlüssel gibt es hier nicht.")


class TooFewPartnersError(InvalidInputError):
    """A cost is shared by at least two."""

    code = "too_few_partners"
    sentence = mark("Bitte mindestens zwei Beteiligte eintragen.")


class PartnerTwiceError(InvalidInputError):
    """A key stands twice."""

    code = "partner_twice"
    sentence = mark("Der Schlüssel %(key)s steht zweimal in der Liste.")


class WeightsError(InvalidInputError):
    """The parts of the mixed key are not 100 per cent."""

    code = "weights"
    sentence = mark("Die Anteile des gemischten Schlüssels ergeben zusammen nicht 100 %.")
