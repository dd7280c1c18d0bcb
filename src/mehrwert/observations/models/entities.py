"""Things, places, sensors, properties, series and features: the metadata of the room.

Written only through ``actions`` (one writer thread), so these models have no behaviour.
Texts that a client compares are ``COLLATE "C"`` on PostgreSQL (see the first migration).
"""

from django.db import models

from mehrwert.observations.choices import Aggregation, Protection


class Entity(models.Model):
    """What every kind of metadata has."""

    tenant_id = models.IntegerField()
    name = models.TextField()
    description = models.TextField(default="")
    properties = models.JSONField(null=True)
    external_key = models.CharField(max_length=200, null=True)
    created_us = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def _unique_key(kind: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["tenant_id", "external_key"], name=f"obs_{kind}_external_key"
    )


class Location(Entity):
    """One row is a place; its geometry is indexed beside it (R*Tree or GiST)."""

    encoding_type = models.TextField(default="application/geo+json")
    location = models.JSONField()
    content_hash = models.CharField(max_length=32)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        db_table = "obs_location"
        constraints = [_unique_key("location")]
        indexes = [models.Index(fields=["tenant_id"], name="obs_location_tenant")]


class Thing(Entity):
    """One row is something that is measured at: a Messstelle."""

    field = models.CharField(max_length=40, default="")
    locations = models.ManyToManyField(Location, through="ThingLocation", related_name="things")

    class Meta:
        db_table = "obs_thing"
        constraints = [_unique_key("thing")]
        indexes = [models.Index(fields=["tenant_id", "name"], name="obs_thing_tenant_name")]


class ThingLocation(models.Model):
    """One row says where a thing is now."""

    tenant_id = models.IntegerField()
    thing = models.ForeignKey(Thing, models.CASCADE)
    location = models.ForeignKey(Location, models.CASCADE)

    class Meta:
        db_table = "obs_thing_location"
        constraints = [
            models.UniqueConstraint(fields=["thing", "location"], name="obs_thing_location_once")
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} @ {self.location_id}"


class HistoricalLocation(models.Model):
    """One row says since when a thing was at some places."""

    tenant_id = models.IntegerField()
    thing = models.ForeignKey(Thing, models.CASCADE, related_name="historical_locations")
    time = models.BigIntegerField()
    locations = models.ManyToManyField(
        Location, through="HistoricalLocationLocation", related_name="historical_locations"
    )

    class Meta:
        db_table = "obs_historical_location"
        indexes = [
            models.Index(fields=["thing", "time"], name="obs_hist_location_thing_time"),
            models.Index(fields=["tenant_id"], name="obs_hist_location_tenant"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} at {self.time}"


class HistoricalLocationLocation(models.Model):
    """One row joins a historical location with one of its places."""

    tenant_id = models.IntegerField()
    historical_location = models.ForeignKey(HistoricalLocation, models.CASCADE)
    location = models.ForeignKey(Location, models.CASCADE)

    class Meta:
        db_table = "obs_historical_location_location"
        constraints = [
            models.UniqueConstraint(
                fields=["historical_location", "location"], name="obs_hist_location_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.historical_location_id} @ {self.location_id}"


class Sensor(Entity):
    """One row is an instrument or procedure."""

    encoding_type = models.TextField(default="text/html")
    metadata = models.JSONField(default=str)

    class Meta:
        db_table = "obs_sensor"
        constraints = [_unique_key("sensor")]
        indexes = [models.Index(fields=["tenant_id"], name="obs_sensor_tenant")]


class ObservedProperty(Entity):
    """One row is a quantity that is observed."""

    definition = models.TextField(default="")

    class Meta:
        db_table = "obs_observed_property"
        constraints = [_unique_key("observed_property")]
        indexes = [models.Index(fields=["tenant_id"], name="obs_property_tenant")]


class Datastream(Entity):
    """One row is a series (Messreihe): one property of one thing by one sensor."""

    thing = models.ForeignKey(Thing, models.CASCADE, related_name="datastreams")
    sensor = models.ForeignKey(Sensor, models.CASCADE, related_name="datastreams")
    observed_property = models.ForeignKey(
        ObservedProperty, models.CASCADE, related_name="datastreams"
    )
    observation_type = models.TextField(
        default="http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
    )
    unit_name = models.TextField(null=True)
    unit_symbol = models.TextField(null=True)
    unit_definition = models.TextField(null=True)
    aggregation = models.CharField(max_length=8, default=Aggregation.MEAN.value)
    expected_interval_s = models.IntegerField(null=True)
    source = models.TextField(default="")
    licence = models.TextField(default="")
    credit = models.TextField(default="")
    protection = models.CharField(max_length=10, default=Protection.INTERNAL.value)

    class Meta:
        db_table = "obs_datastream"
        constraints = [_unique_key("datastream")]
        indexes = [models.Index(fields=["tenant_id", "name"], name="obs_datastream_tenant_name")]


class FeatureOfInterest(Entity):
    """One row is what a reading is about; without a choice a copy of the thing's location."""

    encoding_type = models.TextField(default="application/geo+json")
    feature = models.JSONField()
    origin_location_id = models.IntegerField(null=True)
    origin_hash = models.CharField(max_length=32, null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        db_table = "obs_feature"
        constraints = [
            _unique_key("feature"),
            models.UniqueConstraint(
                fields=["tenant_id", "origin_location_id", "origin_hash"],
                name="obs_feature_one_per_place",
            ),
        ]
