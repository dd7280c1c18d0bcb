"""Values for the parameters of a package."""

from collections.abc import Mapping
from typing import Any

from mehrwert.base.json_schema import validator_of
from mehrwert.starters.errors import ParameterError
from mehrwert.starters.format.checking import parameters_of
from mehrwert.starters.format.model import Package
from mehrwert.starters.format.schema import findings_of


def defaults_of(package: Package, parameter_set: str = "") -> dict[str, Any]:
    """Return the values a package proposes, with those of a set of parameters over them."""
    values = {name: schema["default"] for name, schema in parameters_of(package).items()}
    for chosen in package.manifest.get("parameter_sets", ()):
        if chosen["key"] == parameter_set:
            values |= chosen["values"]
    return values


def settle(package: Package, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all values, defaults where nothing was given.

    Raises:
        ParameterError: A value breaks the schema of its parameter, or nobody knows the parameter.
    """
    declared = parameters_of(package)
    values = {**defaults_of(package), **given}
    reasons = []
    for name, value in values.items():
        schema = declared.get(name)
        if schema is None:
            reasons.append(f"Den Parameter „{name}“ gibt es nicht.")
            continue
        errors = list(validator_of(schema).iter_errors(value))
        sentences = [f.sentence % f.values for e in errors[:1] for f in findings_of(e, "")]
        reasons += [f"{schema['title']}: {sentence}" for sentence in sentences]
    if reasons:
        raise ParameterError(reasons=" ".join(reasons))
    return values
