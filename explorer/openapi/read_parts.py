"""The details of an operation: parameters, bodies, and the answers that it declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.openapi.examples import example_value
from explorer.openapi.operations import Body, DeclaredResponse, Location, Parameter
from explorer.openapi.raw import documentation, listing, mapping, text
from explorer.openapi.schema import default_text, is_null, model_name, resolve, type_label, variants
from explorer.openapi.walk import only_member


def is_parameter(raw: Mapping[str, Any]) -> bool:
    """Tell whether a parameter has a name and a known place."""
    name = raw.get("name")
    return isinstance(name, str) and bool(name) and raw.get("in") in tuple(Location)


def read_parameters(raw: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """Read parameters; a later one replaces an earlier one of the same name and place."""
    read: dict[tuple[Location, str], Parameter] = {}
    for entry in raw:
        if is_parameter(entry):
            parameter = _parameter(entry, document)
            read[parameter.location, parameter.name] = parameter
    return tuple(read.values())


def read_bodies(raw: object, operation_id: str, document: Mapping[str, Any]) -> tuple[Body, ...]:
    """Read a request body, once for each media type: JSON first, then in the author's order."""
    found = resolve(raw, document)
    content = mapping(found.get("content"))
    bodies = [
        Body(
            media_type=str(media_type),
            required=found.get("required") is True,
            schema=(schema := mapping(mapping(media).get("schema"))),
            # FastAPI makes up this name when the parts of a body are parameters of the function.
            model="" if (model := _model(schema)) == f"Body_{operation_id}" else model,
            description=documentation(found),
            examples=tuple(_examples(mapping(media), document)),
            encoding=mapping(mapping(media).get("encoding")),
        )
        for media_type, media in content.items()
    ]
    return tuple(sorted(bodies, key=lambda body: "json" not in body.media_type))


def read_responses(raw: object, document: Mapping[str, Any]) -> tuple[DeclaredResponse, ...]:
    """Read what an operation says it answers, one entry for each status and media type."""
    read: list[DeclaredResponse] = []
    for status, entry in mapping(raw).items():
        found = resolve(entry, document)
        for media_type, media in (mapping(found.get("content")) or {"": {}}).items():
            schema = mapping(mapping(media).get("schema"))
            read.append(
                DeclaredResponse(
                    status=str(status),
                    description=documentation(found),
                    media_type=str(media_type),
                    schema=schema,
                    model=_model(schema),
                )
            )
    return tuple(read)


def _parameter(raw: Mapping[str, Any], document: Mapping[str, Any]) -> Parameter:
    schema = mapping(raw.get("schema")) or _schema_of_content(raw)
    return Parameter(
        name=text(raw, "name"),
        location=Location(raw["in"]),
        required=raw.get("required") is True,
        schema=schema,
        type_label=type_label(schema, document),
        description=documentation(raw) or documentation(schema),
        default=_plain(schema.get("default")),
        choices=_choices(schema, document),
        example=_parameter_example(raw, schema, document),
        deprecated=raw.get("deprecated") is True,
    )


def _schema_of_content(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of a parameter that travels as a document, such as JSON in a query."""
    return next((mapping(mapping(media).get("schema")) for media in mapping(raw.get("content")).values()), {})


def _choices(schema: object, document: Mapping[str, Any]) -> tuple[str, ...]:
    only, _ = only_member(schema, document)
    if only.get("type") == "array":
        only, _ = only_member(only.get("items"), document)
    if only.get("type") == "boolean":
        return ("true", "false")
    plain = (_plain(value) for value in listing(only.get("enum")))
    return tuple(value for value in plain if value is not None)


def _parameter_example(raw: Mapping[str, Any], schema: Mapping[str, Any], document: Mapping[str, Any]) -> str | None:
    for _, candidate in _examples(raw, document):
        if (plain := _plain(candidate)) is not None:
            return plain
    value = example_value(schema, document, name=text(raw, "name"))
    return _plain(value[0] if isinstance(value, Sequence) and not isinstance(value, str) and value else value)


def _examples(raw: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what the author gives as examples beside the schema, each with its name."""
    if "example" in raw:
        yield "", raw["example"]
    for name, entry in mapping(raw.get("examples")).items():
        found = resolve(entry, document)
        if "value" in found:
            yield str(name), found["value"]


def _model(schema: Mapping[str, Any]) -> str:
    return model_name(next((member for member in variants(schema) if not is_null(member)), None))


def _plain(value: object) -> str | None:
    """Return a value as a person would type it into a field; None for null and for what is no plain value."""
    if isinstance(value, str):
        return value
    return default_text({"default": value}) if isinstance(value, bool | int | float) else None
