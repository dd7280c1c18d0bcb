"""The description of the door for programs (OpenAPI 3.1), made from ``mapping.py``."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec
from django.utils import translation
from django.utils.translation import gettext

from .mapping import SETS, TYPES, EntityType, Nav

PATH = "api"
Json = dict[str, Any]
_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time"}
_OBJECT = {"type": "object"}
_UNIT = {
    "type": "object",
    "properties": {name: {"type": ["string", "null"]} for name in ("name", "symbol", "definition")},
}
# what a property holds, where it is not a text
_SCHEMAS: dict[str, Any] = {
    "properties": _OBJECT,
    "location": _OBJECT,
    "feature": _OBJECT,
    "metadata": {},
    "unitOfMeasurement": _UNIT,
    "observedArea": _OBJECT,
    "time": _TIME,
    "result": {},
    "resultTime": {"type": ["string", "null"]},
    "resultQuality": {},
    "parameters": _OBJECT,
}
_LINK = {"$ref": "#/components/schemas/Link"}
_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "exclusiveMaximum": 2**53},
}
_ONE = ("$select", "$expand", "$asof", "$resultMetadata")
_MANY = (*_ONE, "$filter", "$orderby", "$top", "$skip", "$count", "$resultFormat")
_NUMBERS = frozenset({"$top", "$skip"})


@lru_cache(maxsize=64)
def describe(root: str, language: str) -> bytes:
    """Return the description of the service at this address."""
    with translation.override(language):
        return msgspec.json.encode(_document(root))


def _document(root: str) -> Json:
    keys = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "basic": {"type": "http", "scheme": "basic"},
        "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "SensorThings API", "version": "1.1"},
        "servers": [{"url": root}],
        "security": [{name: []} for name in keys],
        "tags": [{"name": name} for name in SETS],
        "paths": dict(_paths()),
        "components": {
            "schemas": _schemas(),
            "responses": _responses(),
            "parameters": {name.strip("$"): _parameter(name) for name in _MANY},
            "securitySchemes": keys,
        },
    }


def _paths() -> Iterator[tuple[str, Json]]:
    yield "/", {"get": _read("root", _OBJECT)}
    for name, entity in SETS.items():
        yield f"/{name}", _set(name, entity, name)
        yield f"/{name}({{id}})", _entity(name, entity)
        for nav_name, nav in entity.navs.items():
            yield f"/{name}({{id}})/{nav_name}", _nav(name, nav_name, nav)
    for name in ("CreateObservations", "$batch"):
        status = "201" if name == "CreateObservations" else "200"
        yield f"/{name}", {"post": _write(name.strip("$"), status, {})}
    yield f"/{PATH}", {"get": _read(PATH, _OBJECT)}


def _set(tag: str, entity: EntityType, name: str) -> Json:
    """Return reading and adding to a set or to a relation to many."""
    schema = {"$ref": f"#/components/schemas/{entity.name}"}
    page = {
        "type": "object",
        "properties": {
            "@iot.count": {"type": "integer"},
            "@iot.countEstimated": {"type": "boolean"},
            "@iot.nextLink": {"type": "string", "format": "uri"},
            "value": {"type": "array", "items": schema},
        },
    }
    new = {"$ref": f"#/components/schemas/New{entity.name}"}
    return {
        "get": _read(f"list{name}", page, _MANY, tag),
        "post": _write(f"create{name}", "201", new, tag),
    }


def _entity(tag: str, entity: EntityType) -> Json:
    change = {"$ref": f"#/components/schemas/{entity.name}"}
    whole = {"$ref": f"#/components/schemas/New{entity.name}"}
    patch = _write(f"change{entity.name}", "200", change, tag)
    patch["requestBody"]["content"]["application/json-patch+json"] = {
        "schema": {"type": "array", "items": _OBJECT}
    }
    delete = _write(f"delete{entity.name}", "200", None, tag)
    put = _write(f"replace{entity.name}", "200", whole, tag)
    get = _read(f"read{entity.name}", change, _ONE, tag)
    return {"parameters": [_ID], "get": get, "patch": patch, "put": put, "delete": delete}


def _nav(tag: str, name: str, nav: Nav) -> Json:
    target = TYPES[nav.entity]
    owner = SETS[tag].name
    if nav.many:
        return {"parameters": [_ID], **_set(tag, target, f"{name}Of{owner}")}
    schema = {"$ref": f"#/components/schemas/{target.name}"}
    return {"parameters": [_ID], "get": _read(f"read{name}Of{owner}", schema, _ONE, tag)}


def _read(name: str, schema: Json, options: tuple[str, ...] = (), tag: str = "") -> Json:
    operation: Json = {
        "operationId": name,
        "responses": {
            "200": {
                "description": gettext("Gelesen"),
                "content": {"application/json": {"schema": schema}},
            },
            "default": {"$ref": "#/components/responses/Error"},
        },
    }
    if options:
        names = (option.strip("$") for option in options)
        operation["parameters"] = [{"$ref": f"#/components/parameters/{n}"} for n in names]
    if tag:
        operation["tags"] = [tag]
    return operation


def _write(name: str, status: str, schema: Json | None, tag: str = "") -> Json:
    done = "Created" if status == "201" else "Done"
    operation: Json = {
        "operationId": name,
        "responses": {
            status: {"$ref": f"#/components/responses/{done}"},
            "default": {"$ref": "#/components/responses/Error"},
        },
    }
    if schema is not None:
        content = {"application/json": {"schema": schema}}
        operation["requestBody"] = {"required": True, "content": content}
    if tag:
        operation["tags"] = [tag]
    return operation


def _responses() -> Json:
    location = {"Location": {"schema": {"type": "string", "format": "uri"}}}
    error = {"schema": {"$ref": "#/components/schemas/Error"}}
    return {
        "Created": {"description": gettext("Angelegt"), "headers": location},
        "Done": {"description": gettext("Ausgeführt")},
        "Error": {"description": gettext("Abgelehnt"), "content": {"application/json": error}},
    }


def _parameter(name: str) -> Json:
    schema: Json = {"type": "integer", "minimum": 0} if name in _NUMBERS else dict(_TEXT)
    if name == "$count":
        schema = {"type": "boolean"}
    elif name == "$resultFormat":
        schema["enum"] = ["dataArray", "CSV", "GeoJSON"]
    elif name == "$resultMetadata":
        schema["enum"] = ["full", "minimal", "none"]
    elif name == "$asof":
        schema = dict(_TIME)
    return {"name": name, "in": "query", "schema": schema}


def _schemas() -> Json:
    schemas: Json = {
        "Link": {
            "type": "object",
            "required": ["@iot.id"],
            "properties": {"@iot.id": {"type": "integer"}},
        },
        "Error": {
            "type": "object",
            "properties": {"code": {"type": "integer"}, "type": _TEXT, "message": _TEXT},
        },
    }
    for name, entity in TYPES.items():
        schemas[name] = {"type": "object", "properties": _properties(entity)}
        # what the address names need not stand in the body
        required = [field for field in entity.required if field not in entity.navs]
        new = {"$ref": f"#/components/schemas/{name}"}
        schemas[f"New{name}"] = {"allOf": [new], "required": required}
    return schemas


def _properties(entity: EntityType) -> Json:
    shown: Json = {
        "@iot.id": {"type": "integer", "readOnly": True},
        "@iot.selfLink": {"type": "string", "format": "uri", "readOnly": True},
    }
    for name in entity.fields:
        shown[name] = _SCHEMAS.get(name, _TEXT)
    for name in sorted(entity.output_only):
        shown[name] = {**_SCHEMAS.get(name, _TEXT), "readOnly": True}
    for name, nav in entity.navs.items():
        target = {"anyOf": [_LINK, {"$ref": f"#/components/schemas/{nav.entity}"}]}
        shown[name] = {"type": "array", "items": target} if nav.many else target
        link = {"type": "string", "format": "uri", "readOnly": True}
        shown[f"{name}@iot.navigationLink"] = link
    return shown
