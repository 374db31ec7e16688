"""The operations of one document: their names at once, their details when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.openapi.late import LateOperation
from explorer.openapi.operations import Operation, Presence
from explorer.openapi.raw import documentation, listing, mapping, text, texts
from explorer.openapi.read_parts import is_parameter, read_bodies, read_parameters, read_responses
from explorer.openapi.read_security import read_security
from explorer.openapi.schema import resolve

_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_SOCKET = ("ws",)  # what `explorer.probe.hidden_sockets` writes instead of a method


@dataclass(slots=True, kw_only=True)
class OperationReader:
    """Reads one document.

    Attributes:
        source: the document whose paths are read.
        document: the document that references lead into.
        prefix: what comes before each path.
        shared: raw parameters of every operation, those of the prefix.
        presence: where the operations are known from.
        scheme_names: how the document's security schemes are called in the catalogue, where that differs.
        problems: what could not be read, in sentences.
    """

    source: Mapping[str, Any]
    document: Mapping[str, Any]
    prefix: str = ""
    shared: tuple[Any, ...] = ()
    presence: Presence = Presence.DOCUMENTED
    scheme_names: Mapping[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def operations(self) -> Iterator[Operation]:
        """Yield the operations in the document's order."""
        methods = _SOCKET if self.presence is Presence.WEBSOCKET else _METHODS
        paths = self.source.get("paths", {})
        if not isinstance(paths, Mapping):
            self.problems.append("The document's “paths” is not an object, so no operation could be read.")
        for path, found in mapping(paths).items():
            item = resolve(found, self.document)
            shared = (*self.shared, *listing(item.get("parameters")))
            for method in methods:
                if method not in item:
                    continue
                if isinstance(raw := item[method], Mapping):
                    yield self._operation(method, str(path), raw, shared)
                else:
                    self.problems.append(f"{method.upper()} {self.prefix}{path} is not an object and was left out.")

    def _operation(self, method: str, path: str, raw: Mapping[str, Any], shared: tuple[Any, ...]) -> Operation:
        operation_id = text(raw, "operationId")
        function = _function_name(operation_id, method, path)
        key = f"{method.upper()} {self.prefix}{path}"
        parameters = self._parameters(key, (*shared, *listing(raw.get("parameters"))))
        return LateOperation.of(
            lambda: self._details(raw, parameters),
            method=method.upper(),
            path=f"{self.prefix}{path}",
            operation_id=operation_id,
            function=function,
            summary=text(raw, "summary") or function.replace("_", " ").strip().capitalize() or key,
            description=documentation(raw),
            tags=texts(raw.get("tags")),
            presence=self.presence,
            deprecated=raw.get("deprecated") is True,
        )

    def _parameters(self, key: str, raw: tuple[Any, ...]) -> list[Mapping[str, Any]]:
        """Return the parameters that can be read, still raw."""
        resolved = [resolve(entry, self.document) for entry in raw]
        for position, entry in enumerate(resolved, start=1):
            if not is_parameter(entry):
                self.problems.append(f"{key}: parameter {position} has no name or no known place and was left out.")
        return resolved

    def _details(self, raw: Mapping[str, Any], parameters: list[Mapping[str, Any]]) -> Mapping[str, Any]:
        bodies = read_bodies(raw.get("requestBody"), text(raw, "operationId"), self.document)
        # An empty list at the operation says that it is open although the others are not.
        security = read_security(raw["security"] if "security" in raw else self.source.get("security"))
        return {
            "parameters": read_parameters(parameters, self.document),
            "body": bodies[0] if bodies else None,
            "other_bodies": bodies[1:],
            "responses": read_responses(raw.get("responses"), self.document),
            "security": tuple(self.scheme_names.get(name, name) for name in security),
        }


def _function_name(operation_id: str, method: str, path: str) -> str:
    """Undo FastAPI's default: the function's name, the path with other signs as ``_``, and the method."""
    flat = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in path)
    suffix = f"{flat}_{method}"
    if operation_id.endswith(suffix):
        return operation_id.removesuffix(suffix)
    return operation_id if operation_id.isidentifier() else ""
