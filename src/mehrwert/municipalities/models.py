"""The official register, the municipalities that are set up here, and who is what in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """One row of the official register: a municipality, association, county, district or Land.

    The key is (level, ARS): a town that is its own county has the same ARS on both levels. All
    official keys are text, they begin with zeros. ``postal_code`` is that of the seat.
    ``urbanisation_code``: 01 densely, 02 medium, 03 thinly populated; only municipalities have one.
    """

    level = models.CharField(max_length=16)
    ars = models.CharField(_("Regionalschlüssel"), max_length=12)
    ags = models.CharField(_("Gemeindeschlüssel"), max_length=8, blank=True)
    name = models.CharField(_("Name"), max_length=120)
    name_short = models.CharField(max_length=120)
    type = models.CharField(max_length=60)
    type_code = models.CharField(max_length=4, blank=True)
    land_code = models.CharField(max_length=2)
    land = models.CharField(_("Land"), max_length=40)
    kreis_ags = models.CharField(max_length=5, blank=True)
    kreis = models.CharField(_("Kreis"), max_length=120, blank=True)
    verband_ars = models.CharField(max_length=12, blank=True)
    verband = models.CharField(max_length=120, blank=True)
    population = models.IntegerField(_("Bevölkerung"), null=True)
    population_date = models.DateField(null=True)
    area_km2 = models.FloatField(null=True)
    postal_code = models.CharField(_("Postleitzahl des Sitzes"), max_length=5, blank=True)
    postal_code_unique = models.BooleanField(default=False)
    seat = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    coord_source = models.CharField(max_length=60, blank=True)
    urbanisation_code = models.CharField(max_length=2, default="", blank=True)
    travel_region = models.CharField(max_length=80, default="", blank=True)
    valid_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "ars"], name="municipality_key")]
        indexes = [
            models.Index(fields=["level", "land_code", "population"], name="municipality_like"),
            models.Index(fields=["level", "ags"], name="municipality_ags"),
        ]

    def __str__(self) -> str:
        return self.name_short


class Boundary(models.Model):
    """The outline of one row of the register as GeoJSON text, with its box and its neighbours.

    ``neighbours`` holds the ARS of rows of the same level that touch it.
    """

    level = models.CharField(max_length=16)
    ars = models.CharField(max_length=12)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    neighbours = models.JSONField(default=list)
    geometry = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "ars"], name="boundary_key")]

    def __str__(self) -> str:
        return f"{self.level} {self.ars}"


class Tenant(models.Model):
    """One municipality that is set up in this installation; all data belong to one.

    It points to a row of the register by (level, ARS), or is invented: level ``demo``, ARS from
    990000000000, with outline and population of its own.
    """

    slug = models.SlugField(_("Adresse"), max_length=50, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    level = models.CharField(max_length=16)
    ars = models.CharField(max_length=12)
    is_demo = models.BooleanField(default=False)
    notice = models.CharField(_("Hinweis"), max_length=300, blank=True)
    read_only = models.BooleanField(_("nur ansehen"), default=False)
    suspended_us = models.BigIntegerField(null=True)
    created_us = models.BigIntegerField()
    boundary = models.JSONField(null=True)
    population = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="demo", is_demo=True, ars__gte="990000000000")
                | (~models.Q(level="demo") & models.Q(ars__lt="990000000000")),
                name="tenant_invented_or_official",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TenantSlug(models.Model):
    """A short name that a municipality had before; its addresses lead to the new one."""

    slug = models.SlugField(max_length=50, unique=True)
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="old_slugs")
    created_us = models.BigIntegerField()

    def __str__(self) -> str:
        return self.slug


class ShortLink(models.Model):
    """A short name for one view of a municipality: page, filter, stretch of time, part of the map.

    ``path`` is what follows the short name of the municipality, with its query. The link opens
    nothing by itself: whoever follows it must be allowed to open that page.
    """

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="short_links")
    code = models.CharField(max_length=12)
    path = models.CharField(max_length=1500)
    created_us = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="short_link_code"),
            models.UniqueConstraint(fields=["tenant", "path"], name="short_link_path"),
        ]

    def __str__(self) -> str:
        return self.code


class Membership(models.Model):
    """What one person is in one municipality.

    ``extra`` holds capabilities given one by one (crisis, privacy). ``removed_us`` is set when the
    membership was taken away; the row stays so that this can be undone.
    """

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("Rolle"), max_length=12)
    extra = models.JSONField(default=list)
    until_us = models.BigIntegerField(null=True)
    created_us = models.BigIntegerField()
    removed_us = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="membership_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
