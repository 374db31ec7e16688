"""A client made from the schema: what tools such as openapi-generator do for every language, in small."""

import re
from collections.abc import Iterator
from typing import Any

from demo_api.errors import NotFoundError

Schema = dict[str, Any]

HEAD = '''"""A client for {title} {version}, chapter “{chapter}”. Made from /openapi.json; change the server instead."""

from __future__ import annotations

import json
from typing import Any, TypedDict
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen
'''

CLASS = '''

class Client:
    """Every operation of the chapter is a method."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    def call(self, method: str, path: str, query: dict[str, Any], body: Any = None) -> Any:
        """Send one request and return the JSON of the answer."""
        given = {name: value for name, value in query.items() if value is not None}
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.base_url}{path}?{urlencode(given, doseq=True)}", data, method=method)
        request.add_header("Content-Type", "application/json")
        with urlopen(request) as answer:
            return json.load(answer)
'''

WORDS = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
}


def python_client(document: Schema, chapter: str) -> str:
    """Return Python code with a method for each operation of `chapter` that speaks JSON.

    Raises:
        NotFoundError: no operation has this tag.
    """
    methods = [
        (_method(path, verb, operation), operation)
        for path, operations in document["paths"].items()
        for verb, operation in operations.items()
        if chapter in operation.get("tags", ()) and _speaks_json(operation)
    ]
    if not methods:
        raise NotFoundError(f"No route of the chapter {chapter!r} speaks JSON. The chapters are the tags in /docs.")
    schemas: dict[str, Schema] = document["components"]["schemas"]
    names = sorted({name for _, operation in methods for name in _models(operation, schemas)})
    head = HEAD.format(title=document["info"]["title"], version=document["info"]["version"], chapter=chapter)
    return head + "".join(_type(name, schemas[name]) for name in names) + CLASS + "".join(code for code, _ in methods)


def _speaks_json(operation: Schema) -> bool:
    body = operation.get("requestBody", {"content": {"application/json": {}}})
    return "application/json" in body["content"] and "application/json" in _success(operation).get("content", {})


def _success(operation: Schema) -> Schema:
    """Return the answer when it works; a route that only sends elsewhere has none."""
    answers: dict[str, Schema] = operation["responses"]
    return next((answer for code, answer in answers.items() if code.startswith("2")), {})


def _models(operation: Schema, schemas: dict[str, Schema]) -> Iterator[str]:
    """Yield the names of the models that an operation needs, and of those that they need."""
    waiting = re.findall(r"#/components/schemas/(\w+)", str([operation.get("requestBody"), _success(operation)]))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting += re.findall(r"#/components/schemas/(\w+)", str(schemas[name]))


def _type(name: str, schema: Schema) -> str:
    """Return the class for a model, or the alias for a list of choices."""
    if "properties" not in schema:
        return f"\n{name} = {_annotation(schema)}\n"
    complete = set(schema.get("required", ())) == set(schema["properties"])
    fields = "".join(f"    {field}: {_annotation(part)}\n" for field, part in schema["properties"].items())
    return f"\n\nclass {name}(TypedDict{'' if complete else ', total=False'}):\n{fields}"


def _annotation(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_annotation(choice) for choice in schema["anyOf"]))
    if isinstance(schema.get("additionalProperties"), dict):
        return f"dict[str, {_annotation(schema['additionalProperties'])}]"
    if schema.get("type") == "array":
        return f"list[{_annotation(schema.get('items', {}))}]"
    return WORDS.get(schema.get("type", ""), "Any")


def _method(path: str, verb: str, operation: Schema) -> str:
    """Return the code of one method: what is in the path first, then the body, then what may be left out."""
    parameters = [part for part in operation.get("parameters", ()) if part["in"] in {"path", "query"}]
    arguments = ["self"]
    arguments += [f"{part['name']}: {_annotation(part['schema'])}" for part in parameters if part["required"]]
    body = operation.get("requestBody")
    if body:
        arguments.append(f"body: {_annotation(body['content']['application/json']['schema'])}")
    optional = [part for part in parameters if not part["required"]]
    if optional:
        arguments.append("*")
        arguments += [
            f"{part['name']}: {_annotation(part['schema']).removesuffix(' | None')} | None = None" for part in optional
        ]
    query = ", ".join(f'"{part["name"]}": {part["name"]}' for part in parameters if part["in"] == "query")
    filled = re.sub(r"\{(\w+)}", r"{quote(str(\1), safe='')}", path)
    prefix = "f" if filled != path else ""
    answer = _annotation(_success(operation)["content"]["application/json"]["schema"])
    return (
        f"\n    def {operation['operationId']}({', '.join(arguments)}) -> {answer}:\n"
        f'        """{operation["summary"]}."""\n'
        f'        return self.call("{verb.upper()}", {prefix}"{filled}", {{{query}}}{", body" if body else ""})\n'
    )
