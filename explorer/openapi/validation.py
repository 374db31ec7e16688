"""A schema turned back into the validator it came from.

FastAPI validates with pydantic, and pydantic is more lenient than JSON Schema: it takes ``"12"`` for an int and ``yes``
for a bool. So the schema is rebuilt as a pydantic-core schema: the answers, the words and the places are the server's
own. What JSON Schema cannot express (the app's own validator functions) only the server knows.

Importing this imports pydantic-core, so `hints` does it late.
"""

from __future__ import annotations

import enum
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError, SchemaError, SchemaValidator, ValidationError, core_schema
from pydantic_core.core_schema import CoreSchema

from explorer.openapi.schema import Schema, bounds, is_null, is_number, resolve, type_label, variants

_BY_FORMAT: dict[str, Callable[[], CoreSchema]] = {
    "date": core_schema.date_schema,
    "date-time": core_schema.datetime_schema,
    "time": core_schema.time_schema,
    "duration": core_schema.timedelta_schema,
    "uuid": core_schema.uuid_schema,
    "uri": core_schema.url_schema,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason to refuse a value: where inside it, what kind of error, and pydantic's sentence."""

    loc: tuple[str | int, ...]
    kind: str
    message: str


_MAX_MODELS = 60  # built for one schema, the nearest first; what lies deeper is not checked
_KEPT = 32  # validators, since the same form is checked at every pause in typing


def find_problems(schema: object, document: Mapping[str, Any], value: object) -> tuple[Problem, ...]:
    """Return why pydantic would refuse `value`; nothing when it would not, or when the schema makes no sense."""
    try:
        _VALIDATORS.get(schema, document).validate_python(value)
    except ValidationError as error:
        return _problems(error)
    except (SchemaError, RecursionError):
        return ()
    return ()


def find_json_problems(schema: object, document: Mapping[str, Any], text: bytes) -> tuple[Problem, ...]:
    """Return why a JSON text is not what a schema says: here ``"12"`` is no int, unlike in `find_problems`."""
    try:
        _VALIDATORS.get(schema, document).validate_json(text, strict=True)
    except ValidationError as error:
        return _problems(error)
    except (SchemaError, RecursionError):
        return ()
    return ()


def _problems(error: ValidationError) -> tuple[Problem, ...]:
    return tuple(
        Problem(loc=found["loc"], kind=found["type"], message=found["msg"])
        for found in error.errors(include_url=False, include_context=False, include_input=False)
    )


class _Validators:
    """Keeps the validators of one document that were used last. A document does not change once it is read."""

    def __init__(self) -> None:
        self._document: Mapping[str, Any] = {}
        self._kept: OrderedDict[int, tuple[object, SchemaValidator]] = OrderedDict()

    def get(self, schema: object, document: Mapping[str, Any]) -> SchemaValidator:
        """Return the validator of a schema; raises SchemaError when it makes no sense."""
        if document is not self._document:
            self._document, self._kept = document, OrderedDict()
        kept = self._kept
        # What an id belongs to has to live as long as the id is used.
        found = kept.pop(id(schema), None) or (schema, _build(schema, document))
        kept[id(schema)] = found
        while len(kept) > _KEPT:
            kept.popitem(last=False)
        return found[1]


_VALIDATORS = _Validators()


def _build(schema: object, document: Mapping[str, Any]) -> SchemaValidator:
    builder = _Builder(document)
    root = builder.build(schema)
    builder.build_models()
    return SchemaValidator(core_schema.definitions_schema(root, builder.definitions))


class _Builder:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._built: dict[str, CoreSchema] = {}
        self._waiting: deque[str] = deque()
        self._same_value: dict[str, set[str]] = {}  # which models a model leads to without a step down into the value
        self._model = ""  # that is being built
        self._steps_down = 0

    @property
    def definitions(self) -> list[CoreSchema]:
        return list(self._built.values())

    def build_models(self) -> None:
        """Build the models that were referred to, those nearest to the beginning first."""
        for _ in range(_MAX_MODELS):
            if not self._waiting:
                break
            reference = self._waiting.popleft()
            self._model, self._same_value[reference] = reference, set()
            target = resolve({"$ref": reference}, self._document)
            built = _enum(target) if isinstance(target.get("enum"), list) else self.build(target)
            self._built[reference] = _with_ref(built, reference)
        # pydantic would go round in these until its stack is full, which ends the process.
        for reference in _in_circles(self._same_value):
            self._built[reference] = core_schema.any_schema(ref=reference)

    def build(self, schema: object) -> CoreSchema:
        if not isinstance(schema, Mapping):
            return core_schema.any_schema()
        if isinstance(reference := schema.get("$ref"), str):
            return self._reference(reference)
        members = variants(schema)
        if members != (schema,):
            return self._union(schema, members)
        if isinstance(values := schema.get("enum"), list) and values:
            return core_schema.literal_schema(values)
        if "const" in schema:
            return core_schema.literal_schema([schema["const"]])
        return self._of_type(schema)

    def _reference(self, reference: str) -> CoreSchema:
        if reference not in self._built:
            self._built[reference] = core_schema.any_schema(ref=reference)
            self._waiting.append(reference)
        if self._steps_down == 0 and self._model:
            self._same_value[self._model].add(reference)
        return core_schema.definition_reference_schema(reference)

    def _union(self, schema: Schema, members: tuple[object, ...]) -> CoreSchema:
        real = [member for member in members if not is_null(member)]
        if not real:
            return core_schema.none_schema()
        built = self._tagged(schema) or (self.build(real[0]) if len(real) == 1 else self._choice(real))
        return core_schema.nullable_schema(built) if len(real) < len(members) else built

    def _choice(self, members: list[object]) -> CoreSchema:
        return core_schema.union_schema(
            [(self.build(member), type_label(member, self._document)) for member in members]
        )

    def _tagged(self, schema: Schema) -> CoreSchema | None:
        """Build a union whose members are told apart by one field, as ``Field(discriminator=…)`` makes it."""
        discriminator = schema.get("discriminator")
        if not isinstance(discriminator, Mapping):
            return None
        name, mapping = discriminator.get("propertyName"), discriminator.get("mapping")
        if not isinstance(name, str) or not isinstance(mapping, Mapping) or not mapping:
            return None
        choices = {tag: self.build({"$ref": reference}) for tag, reference in mapping.items()}
        return core_schema.tagged_union_schema(choices, name)

    def _of_type(self, schema: Schema) -> CoreSchema:
        kind = schema.get("type") or ("object" if "properties" in schema else "array" if "items" in schema else None)
        self._steps_down += 1
        try:
            return self._of_kind(schema, kind)
        finally:
            self._steps_down -= 1

    def _of_kind(self, schema: Schema, kind: object) -> CoreSchema:
        makers: dict[object, Callable[[Schema], CoreSchema]] = {
            "integer": _integer,
            "number": _number,
            "boolean": lambda _: core_schema.bool_schema(),
            "null": lambda _: core_schema.none_schema(),
            "string": _string,
            "array": self._array,
            "object": self._object,
        }
        return makers[kind](schema) if isinstance(kind, str) and kind in makers else core_schema.any_schema()

    def _array(self, schema: Schema) -> CoreSchema:
        if isinstance(first := schema.get("prefixItems"), list):
            return core_schema.tuple_schema([self.build(item) for item in first])
        item = self.build(schema.get("items"))
        least, most = _size(schema, "minItems"), _size(schema, "maxItems")
        if schema.get("uniqueItems") is not True:
            return core_schema.list_schema(item, min_length=least, max_length=most)
        if item["type"] in ("int", "float", "str", "bool", "date", "datetime", "uuid", "literal"):
            return core_schema.set_schema(item, min_length=least, max_length=most)
        # A set of models: ours are plain dictionaries, which no set can hold and of which none is equal to another.
        return core_schema.list_schema(item)

    def _object(self, schema: Schema) -> CoreSchema:
        properties, extra = schema.get("properties"), schema.get("additionalProperties")
        if not isinstance(properties, Mapping):
            values = self.build(extra) if isinstance(extra, Mapping) else None
            return core_schema.dict_schema(core_schema.str_schema(), values)
        required = schema.get("required")
        needed = required if isinstance(required, list) else []
        fields = {
            str(name): core_schema.model_field(
                self.build(child)
                if name in needed
                else core_schema.with_default_schema(self.build(child), default=None)
            )
            for name, child in properties.items()
        }
        return core_schema.model_fields_schema(
            fields, extra_behavior="forbid" if extra is False else "ignore", from_attributes=True
        )


def _in_circles(leads_to: Mapping[str, set[str]]) -> set[str]:
    """Return the models from which a way leads back to themselves, and those on a way between two such."""
    left = set(leads_to)
    while True:
        reached = {target for model in left for target in leads_to[model]}
        kept = {model for model in left if model in reached and leads_to[model] & left}
        if kept == left:
            return left
        left = kept


def _integer(schema: Schema) -> CoreSchema:
    return _merged(core_schema.int_schema(), {name: int(bound) for name, bound in bounds(schema).items()})


def _number(schema: Schema) -> CoreSchema:
    return _merged(core_schema.float_schema(), bounds(schema))


def _string(schema: Schema) -> CoreSchema:
    kind = schema.get("format")
    if isinstance(kind, str) and kind in _BY_FORMAT:
        return _BY_FORMAT[kind]()
    if kind == "binary" or "contentMediaType" in schema:
        return core_schema.any_schema()
    text = core_schema.str_schema(
        min_length=_size(schema, "minLength"), max_length=_size(schema, "maxLength"), pattern=_pattern(schema)
    )
    return core_schema.no_info_after_validator_function(_check_email, text) if kind == "email" else text


def _pattern(schema: Schema) -> str | None:
    """Return the pattern if the server's engine, which takes linear time, understands it."""
    pattern = schema.get("pattern")
    if not isinstance(pattern, str):
        return None
    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError:
        return None
    return pattern


def _check_email(text: str) -> str:
    if "@" not in text:
        raise PydanticCustomError(
            "value_error", "value is not a valid email address: An email address must have an @-sign."
        )
    return text


def _size(schema: Schema, key: str) -> int | None:
    value = schema.get(key)
    return int(value) if is_number(value) and value >= 0 else None


def _enum(schema: Schema) -> CoreSchema:
    """Build an Enum of the app: unlike a Literal it has a name in the document, and takes texts for whole numbers."""
    values: list[object] = schema["enum"]
    members = enum.Enum("members", [(f"member_{i}", value) for i, value in enumerate(values)])  # type: ignore[misc] # made here
    whole = all(type(value) is int for value in values)
    return core_schema.enum_schema(members, list(members), sub_type="int" if whole else None)


def _with_ref(built: CoreSchema, reference: str) -> CoreSchema:
    if built["type"] == "definition-ref":
        built = core_schema.chain_schema([built])
    return _merged(built, {"ref": reference})


def _merged(built: CoreSchema, more: Mapping[str, object]) -> CoreSchema:
    merged: Any = {**built, **more}
    result: CoreSchema = merged
    return result
