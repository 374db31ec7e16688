"""Schemas and values of any form, sensible ones and odd ones, for properties that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
REFS = st.sampled_from(["#/components/schemas/A", "#/components/schemas/B", "#/nowhere", "elsewhere.json"])
NUMBERS = st.integers() | st.floats() | st.booleans() | st.just(10**400)
FORMATS = st.sampled_from(["date", "date-time", "uuid", "email", "uri", "binary", "odd"])


def _keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Make schemas of any mixture of keywords, each mostly with a value of its kind and sometimes with any other."""
    many = st.lists(inner, max_size=3)
    named = st.dictionaries(st.sampled_from(["a", "b", "kind"]), inner, max_size=2)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"], NUMBERS),
        **dict.fromkeys(["minLength", "maxLength", "minItems", "maxItems"], NUMBERS),
        **dict.fromkeys(["anyOf", "oneOf", "allOf", "prefixItems"], many),
        **dict.fromkeys(["items", "additionalProperties"], inner),
        **dict.fromkeys(["nullable", "uniqueItems"], st.booleans()),
        **dict.fromkeys(["default", "const", "example"], JSON),
        **dict.fromkeys(["enum", "examples"], st.lists(JSON, max_size=3)),
        "type": TYPES | st.lists(TYPES, max_size=3),
        "properties": named,
        "required": st.lists(st.sampled_from(["a", "b"])),
        "pattern": st.sampled_from(["^a+$", "(?=a)", "(", "\\d"]),
        "format": FORMATS,
        "title": st.text(max_size=3),
        "discriminator": st.fixed_dictionaries(
            {"propertyName": st.just("kind"), "mapping": st.dictionaries(st.text(max_size=2), REFS, max_size=2)}
        ),
    }
    return st.fixed_dictionaries({}, optional={name: kind | JSON for name, kind in kinds.items()})


SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    JSON | st.fixed_dictionaries({"type": TYPES}) | st.fixed_dictionaries({"$ref": REFS}), _keywords, max_leaves=6
)
