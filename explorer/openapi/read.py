"""From an OpenAPI document to the values that the rest of the program reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from explorer.openapi.operations import Catalogue, Group, Operation, Presence, SecurityScheme
from explorer.openapi.raw import documentation, listing, mapping, text
from explorer.openapi.read_hidden import HIDDEN, HiddenPart, read_hidden
from explorer.openapi.read_operations import OperationReader
from explorer.openapi.read_security import read_schemes

UNTAGGED = "Other"
UNDOCUMENTED = "Not in the OpenAPI document"


def read_catalogue_json(openapi: bytes, hidden: bytes = b"") -> Catalogue:
    """Decode and read a document, and what the app has beyond it. It never raises; not for the window's thread."""
    import msgspec

    try:
        document = msgspec.json.decode(openapi)
    except msgspec.DecodeError:
        return Catalogue(title="", version="", problems=("The OpenAPI document is no JSON.",))
    return read_catalogue(mapping(document), hidden)


def read_catalogue(document: Mapping[str, Any], hidden: bytes = b"") -> Catalogue:
    """Read a document of OpenAPI 3.0 or 3.1. It never raises: what cannot be read is left out and named.

    Args:
        document: the OpenAPI document.
        hidden: what the app has beyond it, as `AppDescription.hidden` holds it.
    """
    parts, problems = _hidden_parts(hidden)
    if parts:
        document = {**document, HIDDEN: {str(number): part.source for number, part in enumerate(parts)}}
    reader = OperationReader(source=document, document=document, problems=problems)
    operations = {operation.key: operation for operation in reader.operations()}
    sockets: dict[str, Operation] = {}
    schemes = {scheme.name: scheme for scheme in read_schemes(document)}
    descriptions = _tag_descriptions(document)
    for part in parts:
        descriptions = _tag_descriptions(part.source) | descriptions
        part_reader = OperationReader(
            source=part.source,
            document=document,
            prefix=part.prefix,
            shared=part.parameters,
            presence=part.presence,
            scheme_names=_add_schemes(schemes, part),
            problems=problems,
        )
        into = sockets if part.presence is Presence.WEBSOCKET else operations
        for operation in part_reader.operations():
            into.setdefault(operation.key, operation)
    info = mapping(document.get("info"))
    return Catalogue(
        title=text(info, "title"),
        version=text(info, "version"),
        groups=_groups(tuple(operations.values()), _tag_descriptions(document), descriptions),
        sockets=tuple(sockets.values()),
        document=document,
        schemes=tuple(schemes.values()),
        problems=tuple(problems),
    )


def _hidden_parts(hidden: bytes) -> tuple[tuple[HiddenPart, ...], list[str]]:
    if not hidden:
        return (), []
    import msgspec

    try:
        return read_hidden(hidden), []
    except msgspec.DecodeError:
        return (), ["What the app has beyond its OpenAPI document could not be read."]


def _add_schemes(schemes: dict[str, SecurityScheme], part: HiddenPart) -> dict[str, str]:
    """Add the schemes of a part, and return the new names of those that are called as another one is."""
    renamed: dict[str, str] = {}
    for scheme in read_schemes(part.source, part.prefix):
        if schemes.get(scheme.name, scheme) != scheme:
            renamed[scheme.name] = f"{scheme.name} ({part.prefix or part.presence})"
        name = renamed.get(scheme.name, scheme.name)
        schemes[name] = replace(scheme, name=name)
    return renamed


def _groups(
    operations: tuple[Operation, ...], order: Mapping[str, str], descriptions: Mapping[str, str]
) -> tuple[Group, ...]:
    sorted_in: dict[str, list[Operation]] = {name: [] for name in order}
    untagged: list[Operation] = []
    undocumented: list[Operation] = []
    for operation in operations:
        if operation.tags:
            sorted_in.setdefault(operation.tags[0], []).append(operation)
        else:
            (untagged if operation.presence is Presence.DOCUMENTED else undocumented).append(operation)
    groups = [
        Group(name=name, description=descriptions.get(name, ""), operations=tuple(members))
        for name, members in sorted_in.items()
        if members
    ]
    if untagged:
        groups.append(Group(name=UNTAGGED, description="", operations=tuple(untagged)))
    if undocumented:
        groups.append(Group(name=UNDOCUMENTED, description="", operations=tuple(undocumented)))
    return tuple(groups)


def _tag_descriptions(document: Mapping[str, Any]) -> dict[str, str]:
    tags = [mapping(tag) for tag in listing(document.get("tags"))]
    return {name: documentation(tag) for tag in tags if (name := text(tag, "name"))}
