"""An OpenAPI document of the size and shape of GitHub's: 1,223 operations, 13 MB, models deep inside models."""

from __future__ import annotations

import json
import random
from typing import Any

OPERATIONS = 1_223
_MODELS = 850
_EXAMPLES = 900
_AREAS = 46
_SHARED = 240
_WORDS = [
    "account",
    "action",
    "alert",
    "artifact",
    "billing",
    "branch",
    "check",
    "code",
    "commit",
    "content",
    "deploy",
    "environment",
    "event",
    "fork",
    "gist",
    "hook",
    "issue",
    "key",
    "label",
    "license",
    "member",
    "merge",
    "milestone",
    "owner",
    "package",
    "page",
    "permission",
    "project",
    "pull",
    "release",
    "repository",
    "review",
    "rule",
    "runner",
    "scan",
    "secret",
    "status",
    "tag",
    "team",
    "thread",
    "token",
    "topic",
    "tree",
    "usage",
    "user",
    "variable",
    "version",
    "view",
    "workflow",
]
_VERBS = {"get": "Get", "post": "Create", "put": "Set", "patch": "Update", "delete": "Delete"}


def large_document(operations: int = OPERATIONS) -> bytes:
    """Return the document as JSON; the same one every time, and fewer operations make a smaller one."""
    return json.dumps(_Maker(operations / OPERATIONS).document(operations)).encode()


class _Maker:
    def __init__(self, share: float) -> None:
        self._random = random.Random(4)
        self._models = max(8, round(_MODELS * share))
        self._examples = max(4, round(_EXAMPLES * share))

    def document(self, operations: int) -> dict[str, Any]:
        areas = [f"{self._word()}-{number}" for number in range(_AREAS)]
        paths: dict[str, Any] = {}
        for number in range(operations):
            method = tuple(_VERBS)[number % len(_VERBS)]
            area = areas[number // len(_VERBS) % _AREAS]
            path = f"/repos/{{owner}}/{{repo}}/{area}/{self._word()}s-{number // len(_VERBS)}/{{id}}"
            paths.setdefault(path if number % len(_VERBS) == 0 else list(paths)[-1], {})[method] = self._operation(
                method, area, number
            )
        return {
            "openapi": "3.1.0",
            "info": {"title": "Large", "version": "1.0.0", "description": self._text(60)},
            "tags": [{"name": area, "description": self._text(12)} for area in areas],
            "paths": paths,
            "components": {
                "schemas": {f"model-{number}": self._model(number) for number in range(self._models)},
                "parameters": {f"shared-{number}": self._shared(number) for number in range(_SHARED)},
                "examples": {str(n): {"value": self._value(3)} for n in range(self._examples)},
                "responses": {
                    name: {
                        "description": self._text(3),
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/model-0"}}},
                    }
                    for name in ("not_found", "validation_failed", "forbidden")
                },
            },
        }

    def _operation(self, method: str, area: str, number: int) -> dict[str, Any]:
        operation: dict[str, Any] = {
            "operationId": f"{area}/{self._word()}-{number}",
            "summary": f"{_VERBS[method]} a {self._word()} of a {self._word()}",
            "description": self._text(180),
            "tags": [area],
            "parameters": [
                {"$ref": f"#/components/parameters/shared-{self._random.randrange(_SHARED)}"} for _ in range(4)
            ]
            + [self._parameter(f"{self._word()}_{k}", "query") for k in range(2)],
            "responses": {
                "200": self._answer(),
                "403": {"$ref": "#/components/responses/forbidden"},
                "404": {"$ref": "#/components/responses/not_found"},
                "422": {"$ref": "#/components/responses/validation_failed"},
            },
        }
        if method in ("post", "put", "patch"):
            operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": self._body()}}}
        return operation

    def _answer(self) -> dict[str, Any]:
        media: dict[str, Any] = {
            "schema": {"$ref": f"#/components/schemas/model-{self._random.randrange(self._models)}"},
            "examples": {"default": {"$ref": f"#/components/examples/{self._random.randrange(self._examples)}"}},
        }
        return {"description": "Response", "content": {"application/json": media}}

    def _body(self) -> dict[str, Any]:
        names = [f"{self._word()}_{k}" for k in range(12)]
        properties: dict[str, Any] = {name: self._property(self._models) for name in names[:10]}
        properties[names[10]] = {"type": "array", "items": {"oneOf": [{"type": "string"}, self._reference()]}}
        properties[names[11]] = {"anyOf": [self._reference(), {"type": "null"}]}
        return {"type": "object", "properties": properties, "required": names[:3]}

    def _model(self, number: int) -> dict[str, Any]:
        """Make a model that leads to those with greater numbers, and now and then back to the first."""
        properties = {f"{self._word()}_{k}": self._property(number) for k in range(22)}
        for k in range(4):
            target = self._random.randrange(number, self._models) if k else 0
            properties[f"{self._word()}_ref{k}"] = {"$ref": f"#/components/schemas/model-{target}"}
        return {
            "title": f"Model {number}",
            "description": self._text(10),
            "type": "object",
            "properties": properties,
            "required": list(properties)[:12],
        }

    def _property(self, number: int) -> dict[str, Any]:
        kind = self._random.choice(("string", "string", "integer", "boolean", "url", "enum", "list"))
        found: dict[str, Any] = {"description": self._text(self._random.randrange(4, 18))}
        match kind:
            case "url":
                found |= {"type": "string", "format": "uri", "examples": [f"https://example.com/{self._word()}"]}
            case "enum":
                found |= {"type": ["string", "null"], "enum": [self._word() for _ in range(4)]}
            case "list":
                found |= {"type": "array", "items": self._reference() if number % 3 else {"type": "string"}}
            case _:
                found |= {"type": kind}
        return found

    def _reference(self) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/model-{self._random.randrange(self._models)}"}

    def _shared(self, number: int) -> dict[str, Any]:
        place = "path" if number % 3 == 0 else "query"
        return {**self._parameter(f"{self._word()}_{number}", place), "required": place == "path"}

    def _parameter(self, name: str, place: str) -> dict[str, Any]:
        schema: dict[str, Any] = self._random.choice(
            (
                {"type": "string"},
                {"type": "integer", "default": 30, "minimum": 1, "maximum": 100},
                {"type": "string", "enum": ["asc", "desc"], "default": "desc"},
                {"type": "array", "items": {"type": "string"}},
            )
        )
        return {"name": name, "in": place, "description": self._text(14), "schema": schema}

    def _value(self, depth: int) -> Any:
        if depth == 0:
            return self._text(self._random.randrange(2, 9))
        return {f"{self._word()}_{k}": self._value(depth - 1 if k % 4 == 0 else 0) for k in range(10)}

    def _text(self, words: int) -> str:
        return " ".join(self._word() for _ in range(words)).capitalize() + "."

    def _word(self) -> str:
        return self._random.choice(_WORDS)
