"""What hangs on a solution: sources, links to others, who uses it, what it costs."""

from django.db import models

from .solution import Solution


class SolutionSource(models.Model):
    """One row is a source of a solution; ``url`` is empty for a printed report."""

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="sources")
    position = models.IntegerField()
    url = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["solution", "position"], name="solution_source_once")
        ]

    def __str__(self) -> str:
        return self.url or self.title


class LinkCheck(models.Model):
    """One row is one address that was looked at: when last, and since when nobody answers there.

    It hangs on the address, not on a source: what a dead page said still stands.
    """

    url = models.CharField(max_length=500, unique=True)
    checked_us = models.BigIntegerField()
    gone_since = models.DateField(null=True)

    def __str__(self) -> str:
        return self.url


class SolutionLink(models.Model):
    """One row says that a solution builds on, varies or runs another one.

    A shared repository only proposes a link: ``is_confirmed`` is then false. A refused one stays,
    so that it is not proposed again.
    """

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="links")
    target = models.ForeignKey(Solution, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=12)
    is_confirmed = models.BooleanField(default=False)
    is_refused = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "target", "kind"], name="solution_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.solution_id} {self.kind} {self.target_id}"


class Adoption(models.Model):
    """One row says how one place is connected with one solution, and who says so.

    ``place_key`` is the official key (AGS 8, association 9, county 5, Land 2 digits), empty for
    regions and districts of cities, which are told apart by ``source_name``. A place that the
    sources name as carrier and as recipient is one row with ``is_carrier``. ``place_population`` is
    known only of a place that the register does not hold: an invented one. A declared row has
    ``stages``: stage → ISO day it was first reached. ``objection`` is what the maintainer of the
    solution says against it; it stands beside, never instead.
    """

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="adoptions")
    basis = models.CharField(max_length=10)
    relation = models.CharField(max_length=16)
    status = models.CharField(max_length=10, default="unknown")
    place_level = models.CharField(max_length=16)
    place_key = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=160)
    place_population = models.IntegerField(null=True)
    source_name = models.CharField(max_length=160)
    is_carrier = models.BooleanField(default=False)
    is_denied = models.BooleanField(default=False)
    since = models.CharField(max_length=10, blank=True)
    origin_key = models.CharField(max_length=12, blank=True)
    origin_name = models.CharField(max_length=160, blank=True)
    origin_basis = models.CharField(max_length=20, blank=True)
    stages = models.JSONField(default=dict)
    extent = models.CharField(max_length=200, blank=True)
    operating_model = models.CharField(max_length=12, blank=True)
    contact_role = models.CharField(max_length=120, blank=True)
    objection = models.CharField(max_length=500, blank=True)
    objection_on = models.DateField(null=True)
    source = models.CharField(max_length=500)
    source_url = models.CharField(max_length=500, blank=True)
    verified_on = models.DateField(null=True)
    tenant_id = models.IntegerField(null=True)
    changed_us = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "basis", "place_level", "place_key", "source_name", "relation"],
                name="adoption_once",
            )
        ]
        indexes = [models.Index(fields=["place_key"], name="adoption_place")]

    def __str__(self) -> str:
        return f"{self.place_name}: {self.relation}"


class CostRecord(models.Model):
    """One row is what one adoption costs, normalised by the room that knows the details.

    Amounts are euros of ``price_year`` per inhabitant as the adopter bears them: once, each year,
    and both as one yearly amount. ``is_converted`` is false where no index led to this year.
    ``hours_year`` are own hours of a year, never part of the amounts; None = nobody said.
    ``blocks`` splits them: block → [once, each year] as texts with a point, only blocks of which
    every position is known; empty = not split.
    ``source_kind`` decides whether it may enter a range (TRF-402).
    """

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="costs")
    place_key = models.CharField(max_length=12)
    size_class = models.CharField(max_length=16)
    per_inhabitant_year = models.DecimalField(max_digits=16, decimal_places=8)
    per_inhabitant_once = models.DecimalField(max_digits=16, decimal_places=8, null=True)
    per_inhabitant_running = models.DecimalField(max_digits=16, decimal_places=8, null=True)
    hours_year = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    blocks = models.JSONField(default=dict)
    is_converted = models.BooleanField(default=True)
    operating_model = models.CharField(max_length=12, blank=True)
    is_lower_bound = models.BooleanField(default=False)
    price_year = models.IntegerField()
    source_kind = models.CharField(max_length=16)
    source = models.CharField(max_length=500)
    verified_on = models.DateField(null=True)
    tenant_id = models.IntegerField(null=True)
    changed_us = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["solution", "place_key"], name="cost_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.solution_id}: {self.per_inhabitant_year}"
