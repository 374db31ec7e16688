"""Words and JSONPath in the bytes of a body."""

from __future__ import annotations

import json

import pytest

from explorer.client.viewers import search as module
from explorer.client.viewers.paths import PathProblemError, evaluate
from explorer.client.viewers.search import FOUND_AT_MOST, longest, pattern, search

SHOP = json.dumps(
    {"items": [{"name": "Lamp", "price": 39.9}, {"name": "Désk", "price": 5}], "name": 'a "b" [1]'},
    separators=(",", ":"),
    ensure_ascii=False,
).encode()


def found(text: str, data: bytes = SHOP, *, match_case: bool = False, as_json: bool = True) -> list[str]:
    wanted = pattern(text, match_case=match_case, as_json=as_json)
    spans = [span for hits in search(data, wanted, longest(text)) for span in hits.spans]
    return [data[start : start + length].decode() for start, length in spans]


def test_that_words_are_found_whatever_their_case_unless_case_counts() -> None:
    assert found("lamp") == ["Lamp"]
    assert found("DÉSK") == ["Désk"]
    assert found("lamp", match_case=True) == []


def test_that_laid_out_json_is_found_in_its_bytes() -> None:
    assert found('"name": "Lamp", "price": 39.9') == ['"name":"Lamp","price":39.9']
    assert found('"name": "Lamp"', as_json=False) == []
    assert found('"price": 5', b'{"price" :\n 5}') == ['"price" :\n 5']


def test_that_an_escaped_character_is_found_as_what_it_means() -> None:
    assert found("dé", b'"D\\u00e9sk"') == ["D\\u00e9"]
    assert found("😀", b'"\\ud83d\\uDE00"') == ["\\ud83d\\uDE00"]


def test_that_special_characters_mean_themselves() -> None:
    assert found("a.*b", b"a.*b axxb", as_json=False) == ["a.*b"]
    assert found("x\ny", b"x\r\ny", as_json=False) == ["x\r\ny"]


def test_that_findings_on_the_edge_between_two_parts_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 10)
    assert found("needle", b"1234567needle 90needleneedle", as_json=False) == ["needle"] * 3


def test_that_a_search_ends_after_ten_thousand_findings() -> None:
    assert len(found("a", b"a" * 50_000, as_json=False)) == FOUND_AT_MOST + 1


def test_that_a_jsonpath_selects_values_and_says_where_they_stand() -> None:
    hits = evaluate(SHOP, "$..name")
    assert [(hit.path, SHOP[hit.start : hit.start + hit.length].decode()) for hit in hits] == [
        ("$['name']", '"a \\"b\\" [1]"'),
        ("$['items'][0]['name']", '"Lamp"'),
        ("$['items'][1]['name']", '"Désk"'),
    ]
    assert [hit.path for hit in evaluate(SHOP, "$.items[?@.price > 10]")] == ["$['items'][0]"]
    assert [hit.length for hit in evaluate(SHOP, "$")] == [len(SHOP)]


def test_that_of_a_repeated_key_the_last_value_is_the_one_that_is_shown() -> None:
    data = b'{"a":1,"a":22}'
    assert [data[hit.start : hit.start + hit.length] for hit in evaluate(data, "$.a")] == [b"22"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("$.items[?@.price >", "This is no JSONPath, at its end: unexpected end of expression."),
        ("$.a[?foo(@)]", "This is no JSONPath, at character 6: function 'foo' is not defined."),
    ],
)
def test_that_a_bad_path_gets_a_sentence_with_the_place(path: str, sentence: str) -> None:
    with pytest.raises(PathProblemError) as caught:
        evaluate(SHOP, path)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("data", [b'{"a":', b"[" * 100_000 + b"]" * 100_000])
def test_that_a_body_that_cannot_be_parsed_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(PathProblemError, match=r"^This body is .*\.$"):
        evaluate(data, "$.a")
