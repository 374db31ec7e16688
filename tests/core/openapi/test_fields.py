"""What a form offers for a schema: the right control, the right limits, and room below."""

from __future__ import annotations

import datetime
import enum
import json
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from fastapi import FastAPI, File, Form, Query, UploadFile
from hypothesis import given
from pydantic import BaseModel, ConfigDict, Field

from explorer.openapi.fields import (
    FieldKind,
    FieldSpec,
    child,
    children,
    field_spec,
    item,
    member_for,
    members,
    starting_member,
    starting_value,
)
from explorer.openapi.validation import find_problems
from tests.core.openapi.schemas import JSON, SCHEMAS


class Color(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    bark: bool


class Tree(BaseModel):
    """A node."""

    label: str
    left: Tree | None = None
    below: list[Tree] = []


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int


class Thing(BaseModel):
    name: str = Field(min_length=1, max_length=80, description="What people say", examples=["Lamp"])
    notes: str = ""
    price: float = Field(gt=0)
    count: int = Field(gt=0, le=10)
    ratio: Annotated[int, Field(multiple_of=5)] = 5
    color: Color | None = None
    level: Level = Level.LOW
    size: Literal["S", "M"] = "M"
    answer: Literal["yes", None] = None  # noqa: PYI061 - its schema is what is tested
    sold: bool = False
    day: datetime.date | None = None
    when: datetime.datetime
    at: datetime.time
    cost: Decimal
    either: int | str
    tags: list[str] = Field(default=[], max_length=3)
    pair: tuple[int, str]
    scores: dict[str, int] = {}
    free: dict[str, Any] = {}
    anything: Any = None
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]
    untagged: Cat | Dog | list[int]
    tree: Tree | None = Field(default=None, description="Where it grows", deprecated=True)
    loose: Loose
    color_or_level: Color | Level
    none: None = None


def make_document() -> dict[str, Any]:
    app = FastAPI()

    @app.post("/things")
    def create(thing: Thing) -> None: ...

    @app.post("/upload")
    def upload(
        picture: UploadFile,
        more: list[UploadFile],
        raw: Annotated[bytes, File()],
        words: Annotated[list[str], Form()],
        maybe: UploadFile | None = None,
    ) -> None: ...

    @app.get("/search")
    def search(color: Annotated[Color | None, Query()] = None) -> None: ...

    return app.openapi()


DOCUMENT = make_document()


def thing() -> FieldSpec:
    return field_spec({"$ref": "#/components/schemas/Thing"}, DOCUMENT)


def of(name: str) -> FieldSpec:
    return {found.name: found for found in children(thing(), DOCUMENT)}[name]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", FieldKind.TEXT),
        ("notes", FieldKind.LONG_TEXT),
        ("price", FieldKind.NUMBER),
        ("count", FieldKind.INTEGER),
        ("color", FieldKind.CHOICE),
        ("level", FieldKind.CHOICE),
        ("size", FieldKind.CHOICE),
        ("answer", FieldKind.CHOICE),
        ("sold", FieldKind.BOOLEAN),
        ("day", FieldKind.DATE),
        ("when", FieldKind.DATETIME),
        ("at", FieldKind.TIME),
        ("cost", FieldKind.UNION),
        ("either", FieldKind.UNION),
        ("tags", FieldKind.ARRAY),
        ("pair", FieldKind.ARRAY),
        ("scores", FieldKind.MAP),
        ("free", FieldKind.MAP),
        ("anything", FieldKind.ANY),
        ("pet", FieldKind.UNION),
        ("tree", FieldKind.OBJECT),
        ("loose", FieldKind.OBJECT),
        ("color_or_level", FieldKind.CHOICE),
        ("none", FieldKind.CONST),
    ],
)
def test_that_each_type_gets_the_control_that_fits(name: str, kind: FieldKind) -> None:
    assert of(name).kind is kind


def test_that_an_optional_enum_keeps_its_choices_and_may_be_null() -> None:
    color = of("color")
    assert (color.choices, color.nullable, color.required) == (("red", "blue"), True, False)
    [parameter] = DOCUMENT["paths"]["/search"]["get"]["parameters"]
    asked = field_spec(parameter["schema"], DOCUMENT, "color")
    assert (asked.kind, asked.choices, asked.nullable) == (FieldKind.CHOICE, ("red", "blue"), True)
    assert (of("answer").choices, of("answer").nullable) == (("yes",), True)


def test_that_choices_are_json_values_not_texts() -> None:
    assert of("level").choices == (1, 2)
    assert of("color_or_level").choices == ("red", "blue", 1, 2)


def test_that_numbers_know_their_limits() -> None:
    assert (of("price").minimum, of("price").maximum, of("price").step) == (0, None, None)
    assert (of("count").minimum, of("count").maximum, of("count").step) == (1, 10, 1)
    assert of("ratio").step == 5


def test_that_a_field_keeps_what_its_author_wrote() -> None:
    name = of("name")
    assert (name.description, name.required, of("notes").required) == ("What people say", True, False)
    assert (of("notes").has_default, of("notes").default) == (True, "")
    assert (name.min_length, name.max_length, name.has_example, name.example) == (1, 80, True, "Lamp")
    tree = of("tree")
    assert (tree.description, tree.deprecated, tree.model, tree.nullable) == ("Where it grows", True, "Tree", True)
    assert thing().model == "Thing"
    assert name.title == ""
    assert field_spec({"type": "string", "title": "Full name"}, {}, "n").title == "Full name"


def test_that_a_model_that_leads_back_to_itself_opens_step_by_step() -> None:
    tree = of("tree")
    for _ in range(5):
        left = child(tree, "left", DOCUMENT)
        assert left is not None
        assert left.kind is FieldKind.OBJECT
        below = child(left, "below", DOCUMENT)
        assert below is not None
        tree = item(below, DOCUMENT)
        assert tree.model == "Tree"
    assert starting_value(tree, DOCUMENT) == {"label": ""}


def test_that_the_items_of_a_tuple_differ() -> None:
    assert [item(of("pair"), DOCUMENT, index).kind for index in range(2)] == [FieldKind.INTEGER, FieldKind.TEXT]
    assert item(of("scores"), DOCUMENT).kind is FieldKind.INTEGER
    assert item(of("free"), DOCUMENT).kind is FieldKind.ANY


def test_that_a_model_with_other_names_is_open() -> None:
    loose = of("loose")
    assert loose.open
    other = child(loose, "other", DOCUMENT)
    assert other is not None
    assert other.kind is FieldKind.ANY
    assert child(of("tree"), "other", DOCUMENT) is None


def test_that_files_are_told_from_texts() -> None:
    body = DOCUMENT["paths"]["/upload"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    fields = {found.name: found for found in children(field_spec(body, DOCUMENT), DOCUMENT)}
    assert [fields[name].kind for name in ("picture", "raw", "maybe")] == [FieldKind.FILE] * 3
    assert fields["maybe"].nullable
    assert item(fields["more"], DOCUMENT).kind is FieldKind.FILE
    assert item(fields["words"], DOCUMENT).kind is FieldKind.TEXT
    assert field_spec({"type": "string", "format": "binary"}, {}).kind is FieldKind.FILE
    assert field_spec({"type": "string", "contentMediaType": "application/json"}, {}).kind is FieldKind.LONG_TEXT


def test_that_the_members_of_a_union_have_labels() -> None:
    assert [member.type_label for member in members(of("pet"), DOCUMENT)] == ["Cat", "Dog"]
    assert [member.type_label for member in members(of("either"), DOCUMENT)] == ["int", "str"]
    twins = field_spec({"anyOf": [{"type": "object"}, {"type": "object"}]}, {})
    assert [member.type_label for member in members(twins, {})] == ["dict (1)", "dict (2)"]
    listed = field_spec({"type": ["string", "integer", "null"]}, {})
    assert ([m.type_label for m in members(listed, {})], listed.nullable) == (["str", "int"], True)


@pytest.mark.parametrize(
    ("name", "value", "member"),
    [
        ("pet", {"kind": "dog"}, 1),
        ("pet", {"kind": "cat", "bark": True}, 0),
        ("pet", {}, 0),
        ("untagged", {"kind": "dog", "bark": True}, 1),
        ("untagged", {"bark": "perhaps"}, 1),
        ("untagged", [1], 2),
        ("untagged", ["x"], 2),
        ("either", 1, 0),
        ("either", "1", 1),
        ("either", "x", 1),
        ("cost", "1.50", 1),
        ("cost", 1.5, 0),
    ],
)
def test_that_the_member_of_a_union_is_found_by_its_value(name: str, value: object, member: int) -> None:
    assert member_for(of(name), value, DOCUMENT) == member


def test_that_a_new_member_starts_with_what_the_server_takes() -> None:
    start = starting_value(thing(), DOCUMENT)
    assert start["name"] == "Lamp"
    assert set(start) == {found.name for found in children(thing(), DOCUMENT) if found.required}
    assert find_problems({"$ref": "#/components/schemas/Thing"}, DOCUMENT, start) == ()
    assert start["pet"] == {"kind": "cat"}
    assert starting_value(of("tags"), DOCUMENT) == []
    assert starting_value(of("color"), DOCUMENT) == "red"
    assert starting_value(of("sold"), DOCUMENT) is False


class Card(BaseModel):
    kind: Literal["card"] = "card"
    number: str


class Invoice(BaseModel):
    kind: Literal["invoice"] = "invoice"
    days: int = 30


def test_that_a_new_member_holds_the_field_that_tells_it_apart_even_where_that_has_a_default() -> None:
    app = FastAPI()

    @app.post("/")
    def pay(payment: Annotated[Card | Invoice, Field(discriminator="kind")]) -> None: ...

    document = app.openapi()
    schema = document["paths"]["/"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    union = field_spec(schema, document)
    assert starting_value(union, document) == {"kind": "card", "number": ""}
    assert starting_member(union, 1, document) == {"kind": "invoice"}


def test_that_the_parts_of_an_all_of_are_one_form() -> None:
    document = {
        "components": {
            "schemas": {
                "Base": {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                "More": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"b": {"type": "string"}}}]},
            }
        }
    }
    found = field_spec({"$ref": "#/components/schemas/More"}, document)
    assert [(c.name, c.required) for c in children(found, document)] == [("a", True), ("b", False)]
    outer = {"allOf": [{"$ref": "#/components/schemas/Base"}], "description": "Told here", "nullable": True}
    wrapped = field_spec(outer, document)
    assert (wrapped.description, wrapped.nullable, wrapped.kind) == ("Told here", True, FieldKind.OBJECT)


def test_that_conditions_beside_fields_are_no_choice() -> None:
    schema = {"properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    assert [found.name for found in children(field_spec(schema, {}), {})] == ["a", "b"]


@given(a=SCHEMAS, b=SCHEMAS, used=SCHEMAS, value=JSON)
def test_that_no_schema_however_odd_stops_a_form(a: Any, b: Any, used: Any, value: Any) -> None:
    document = {"components": {"schemas": {"A": a, "B": b}}}
    open_fields = [field_spec(used, document, "x")]
    for _ in range(3):
        found = open_fields.pop(0)
        hash((found.name, found.kind, found.type_label))
        json.dumps(starting_value(found, document))
        member_for(found, value, document)
        open_fields += [*children(found, document), *members(found, document), item(found, document)]
        child(found, "a", document)
