"""From an OpenAPI document to the values that the rest of the program reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.openapi.examples import example_value
from explorer.openapi.operations import Body, Catalogue, Group, Location, Operation, Parameter
from explorer.openapi.schema import default_text, is_null, model_name, resolve, type_label, variants
from explorer.openapi.walk import only_member

UNTAGGED = "Other"
_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")


def read_catalogue(document: Mapping[str, Any]) -> Catalogue:
    """Read a document of OpenAPI 3.0 or 3.1. It never raises: what cannot be read is left out and named."""
    reader = _Reader(document)
    operations = tuple(reader.operations())
    info = _mapping(document.get("info"))
    return Catalogue(
        title=_text(info, "title"),
        version=_text(info, "version"),
        groups=_groups(operations, _tag_descriptions(document)),
        document=document,
        problems=tuple(reader.problems),
    )


class _Reader:
    """Reads one document, and keeps what it could not read."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.problems: list[str] = []
        self._document = document

    def operations(self) -> Iterator[Operation]:
        paths = self._document.get("paths", {})
        if not isinstance(paths, Mapping):
            self.problems.append("The document's “paths” is not an object, so no operation could be read.")
        for path, found in _mapping(paths).items():
            item = resolve(found, self._document)
            for method in _METHODS:
                if method not in item:
                    continue
                if isinstance(raw := item[method], Mapping):
                    yield self._operation(method, str(path), raw, _list(item.get("parameters")))
                else:
                    self.problems.append(f"{method.upper()} {path} is not an object and was left out.")

    def _operation(self, method: str, path: str, raw: Mapping[str, Any], shared: list[Any]) -> Operation:
        operation_id = _text(raw, "operationId")
        function = _function_name(operation_id, method, path)
        key = f"{method.upper()} {path}"
        return Operation(
            method=method.upper(),
            path=path,
            operation_id=operation_id,
            function=function,
            summary=_text(raw, "summary") or function.replace("_", " ").strip().capitalize() or key,
            description=_text(raw, "description"),
            tags=tuple(tag for tag in _list(raw.get("tags")) if isinstance(tag, str)),
            parameters=self._parameters(key, [*shared, *_list(raw.get("parameters"))]),
            body=_body(raw.get("requestBody"), operation_id, self._document),
            deprecated=raw.get("deprecated") is True,
        )

    def _parameters(self, key: str, raw: list[Any]) -> tuple[Parameter, ...]:
        """Read parameters; one of the operation's own replaces one that it shares with the path."""
        read: dict[tuple[Location, str], Parameter] = {}
        for position, entry in enumerate(raw, start=1):
            parameter = _parameter(resolve(entry, self._document), self._document)
            if parameter is None:
                self.problems.append(f"{key}: parameter {position} has no name or no known place and was left out.")
            else:
                read[parameter.location, parameter.name] = parameter
        return tuple(read.values())


def _function_name(operation_id: str, method: str, path: str) -> str:
    """Undo FastAPI's default: the function's name, the path with other signs as ``_``, and the method."""
    flat = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in path)
    suffix = f"{flat}_{method}"
    if operation_id.endswith(suffix):
        return operation_id.removesuffix(suffix)
    return operation_id if operation_id.isidentifier() else ""


def _parameter(raw: Mapping[str, Any], document: Mapping[str, Any]) -> Parameter | None:
    name, location = raw.get("name"), raw.get("in")
    if not isinstance(name, str) or not name or location not in tuple(Location):
        return None
    schema = _mapping(raw.get("schema")) or _schema_of_content(raw)
    return Parameter(
        name=name,
        location=Location(location),
        required=raw.get("required") is True,
        schema=schema,
        type_label=type_label(schema, document),
        description=_text(raw, "description") or _text(schema, "description"),
        default=_plain(schema.get("default")),
        choices=_choices(schema, document),
        example=_parameter_example(raw, schema, document),
        deprecated=raw.get("deprecated") is True,
    )


def _schema_of_content(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of a parameter that travels as a document, such as JSON in a query."""
    return next((_mapping(_mapping(media).get("schema")) for media in _mapping(raw.get("content")).values()), {})


def _choices(schema: object, document: Mapping[str, Any]) -> tuple[str, ...]:
    only, _ = only_member(schema, document)
    if only.get("type") == "array":
        only, _ = only_member(only.get("items"), document)
    if only.get("type") == "boolean":
        return ("true", "false")
    texts = (_plain(value) for value in _list(only.get("enum")))
    return tuple(text for text in texts if text is not None)


def _parameter_example(raw: Mapping[str, Any], schema: Mapping[str, Any], document: Mapping[str, Any]) -> str | None:
    named = next(iter(_mapping(raw.get("examples")).values()), None)
    for candidate in (raw.get("example"), _mapping(named).get("value")):
        if (text := _plain(candidate)) is not None:
            return text
    value = example_value(schema, document, name=_text(raw, "name"))
    return _plain(value[0] if isinstance(value, Sequence) and not isinstance(value, str) and value else value)


def _body(raw: object, operation_id: str, document: Mapping[str, Any]) -> Body | None:
    found = resolve(raw, document)
    content = _mapping(found.get("content"))
    if not content:
        return None
    media_type = next((name for name in content if "json" in str(name)), next(iter(content)))
    schema = _mapping(_mapping(content[media_type]).get("schema"))
    model = model_name(next((member for member in variants(schema) if not is_null(member)), None))
    return Body(
        media_type=str(media_type),
        required=found.get("required") is True,
        schema=schema,
        # FastAPI makes up this name when the parts of a body are parameters of the function.
        model="" if model == f"Body_{operation_id}" else model,
    )


def _groups(operations: tuple[Operation, ...], descriptions: Mapping[str, str]) -> tuple[Group, ...]:
    sorted_in: dict[str, list[Operation]] = {name: [] for name in descriptions}
    untagged: list[Operation] = []
    for operation in operations:
        target = sorted_in.setdefault(operation.tags[0], []) if operation.tags else untagged
        target.append(operation)
    groups = [
        Group(name=name, description=descriptions.get(name, ""), operations=tuple(members))
        for name, members in sorted_in.items()
        if members
    ]
    if untagged:
        groups.append(Group(name=UNTAGGED, description="", operations=tuple(untagged)))
    return tuple(groups)


def _tag_descriptions(document: Mapping[str, Any]) -> dict[str, str]:
    tags = [_mapping(tag) for tag in _list(document.get("tags"))]
    return {name: _text(tag, "description") for tag in tags if (name := _text(tag, "name"))}


def _plain(value: object) -> str | None:
    """Return a value as a person would type it into a field; None for null and for what is no plain value."""
    if isinstance(value, str):
        return value
    return default_text({"default": value}) if isinstance(value, bool | int | float) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return value if isinstance(value, str) else ""
