"""The URL bar and the form say the same."""

from __future__ import annotations

import string
from dataclasses import replace
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.draft import RequestDraft, Value
from explorer.client.urls import apply_target, build_target, full_url, parse_target, split_url, target_of
from explorer.openapi.operations import Location


def path(name: str, text: str | None) -> Value:
    return Value(location=Location.PATH, name=name, text=text)


def query(name: str, text: str | None) -> Value:
    return Value(location=Location.QUERY, name=name, text=text)


def get(template: str, *values: Value) -> RequestDraft:
    return RequestDraft(method="GET", path=template, values=values)


def test_that_values_stand_in_path_and_query() -> None:
    draft = get("/users/{user_id}/items", path("user_id", "42"), query("notify", "true"), query("lang", None))
    assert build_target(draft) == "/users/42/items?notify=true"


def test_that_an_empty_text_is_sent_and_a_missing_one_is_not() -> None:
    assert build_target(get("/items", query("q", ""), query("lang", None))) == "/items?q="


def test_that_a_name_may_be_sent_again() -> None:
    assert build_target(get("/items", query("tag", "a"), query("tag", "b"))) == "/items?tag=a&tag=b"


def test_that_a_missing_path_value_stays_visible_in_the_bar_and_is_encoded_on_the_wire() -> None:
    draft = get("/items/{item_id}", path("item_id", None))
    assert build_target(draft) == "/items/{item_id}"
    assert full_url("http://localhost", draft) == "http://localhost/items/%7Bitem_id%7D"


def test_that_a_slash_stays_at_the_end_of_a_template_only() -> None:
    assert build_target(get("/files/{file_path}", path("file_path", "a/b.txt"))) == "/files/a/b.txt"
    assert build_target(get("/files/{name}/info", path("name", "a/b"))) == "/files/a%2Fb/info"


def test_that_a_target_that_does_not_fit_is_kept_as_typed() -> None:
    draft = get("/items/{item_id}", path("item_id", "1"), query("q", "x"))
    typed = apply_target(draft, "/elsewhere?q=1")
    assert typed.url_override == "/elsewhere?q=1"
    assert build_target(typed) == "/elsewhere?q=1"
    assert apply_target(typed, "/items/2").url_override is None


def test_that_rows_keep_their_places_when_the_bar_is_edited() -> None:
    header = Value(location=Location.HEADER, name="x-token", text="t")
    draft = get("/items/{item_id}", path("item_id", "1"), header, query("a", "1"), query("b", None), query("a", "2"))
    typed = apply_target(draft, "/items/7?b=x&new=n&a=3")
    assert typed.values == (
        path("item_id", "7"),
        header,
        query("a", "3"),
        query("b", "x"),
        query("a", None),
        query("new", "n"),
    )


@pytest.mark.parametrize("text", ["/items/%FF", "/items/1?q=%E9", "/other/1", "items/1"])
def test_that_what_the_form_cannot_show_does_not_parse(text: str) -> None:
    assert parse_target(text, "/items/{item_id}") is None


def test_that_a_person_may_type_characters_that_need_encoding() -> None:
    assert parse_target("/items/a b?q=é+ü&flag", "/items/{name}") == (
        path("name", "a b"),
        query("q", "é ü"),
        query("flag", ""),
    )
    override = RequestDraft(method="GET", path="/", url_override="/a b?q=é#1%20")
    assert full_url("http://localhost/", override) == "http://localhost/a%20b?q=%C3%A9%231%20"


def test_that_an_override_always_becomes_a_path() -> None:
    assert full_url("http://localhost", RequestDraft(method="GET", path="/", url_override="?q=1")).endswith("/?q=1")


def test_that_a_url_to_another_server_stays_whole() -> None:
    base = "http://127.0.0.1:8000"
    assert target_of(f"{base}/items?q=1", base) == "/items?q=1"
    for other in ("http://127.0.0.1:80001/items", "http://localhost:8000/items", "https://127.0.0.1:8000/items"):
        draft = apply_target(get("/items"), target_of(other, base))
        assert draft.url_override == other
        assert full_url(base, draft) == other


def test_that_an_address_in_a_value_is_no_address() -> None:
    draft = get("/items", query("q", "http://other"))
    assert full_url("http://localhost", draft) == "http://localhost/items?q=http://other"
    assert target_of("/items?q=http://other", "http://localhost") == "/items?q=http://other"


def test_that_a_url_is_split_without_tidying() -> None:
    assert split_url("http://localhost:80/a/../b?x") == ("http://localhost:80", "/a/../b?x")
    assert split_url("http://localhost") == ("http://localhost", "/")
    with pytest.raises(ValueError, match="not an absolute URL"):
        split_url("/items")


TEXT = st.text(max_size=12) | st.text(alphabet="/?#&=+%{}. é\n\"'<>", max_size=8)
NAMES = st.text(alphabet=string.ascii_letters + "_", min_size=1, max_size=6)


@st.composite
def drafts(draw: st.DrawFn) -> RequestDraft:
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    template = (
        "/root" + "".join(f"/part/{{{name}}}" for name in names) + draw(st.sampled_from(["", "/", "/end", ".json"]))
    )
    values = [path(name, draw(st.none() | TEXT)) for name in names]
    values += [query(draw(TEXT), draw(TEXT)) for _ in range(draw(st.integers(0, 4)))]
    return get(template, *values)


@given(drafts())
def test_that_the_bar_gives_the_form_back(draft: RequestDraft) -> None:
    target = build_target(draft)
    assert parse_target(target, draft.path) == draft.values
    assert apply_target(draft, target) == draft


@given(TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=3))
def test_that_a_server_reads_what_was_typed(file_path: str, pairs: list[tuple[str, str]]) -> None:
    rows = [query(name, text) for name, text in pairs]
    url = full_url("http://localhost", get("/files/{file_path}", path("file_path", file_path), *rows))
    assert all("!" <= character <= "~" for character in url)
    read_path, _, read_query = url.removeprefix("http://localhost").partition("?")
    assert unquote(read_path) == f"/files/{file_path}"
    assert parse_qsl(read_query, keep_blank_values=True) == pairs


@given(st.text(max_size=30).map(lambda text: f"/items/{text}"))
def test_that_typing_in_the_bar_never_loses_meaning(text: str) -> None:
    draft = apply_target(get("/items/{item_id}", path("item_id", None)), text)
    assert apply_target(draft, build_target(draft)) == draft


def off(row: Value) -> Value:
    return replace(row, enabled=False)


def test_that_a_row_switched_off_is_not_in_the_bar_and_the_bar_leaves_it_alone() -> None:
    draft = get(
        "/items/{item_id}", off(path("item_id", "1")), off(query("tag", "a")), query("tag", "b"), off(query("q", "x"))
    )
    assert build_target(draft) == "/items/{item_id}?tag=b"
    assert apply_target(draft, "/items/{item_id}?tag=b") == draft
    typed = apply_target(draft, "/items/7?tag=c&q=y")
    assert typed.values == (
        off(path("item_id", "1")),
        off(query("tag", "a")),
        query("tag", "c"),
        off(query("q", "x")),
        path("item_id", "7"),
        query("q", "y"),
    )
    assert build_target(typed) == "/items/7?tag=c&q=y"
    assert apply_target(draft, "/items/{item_id}").values[2] == query("tag", None)


def test_that_what_is_typed_into_the_bar_answers_what_was_asked_for_again() -> None:
    asked = replace(query("token", None), ask=True)
    draft = get("/items", asked)
    assert apply_target(draft, "/items").values == (asked,)
    assert apply_target(draft, "/items?token=x").values == (query("token", "x"),)


def test_that_a_convertor_in_a_template_is_understood() -> None:
    template = "/files/{name:path}/versions/{number:int}"
    draft = get(template, path("name", "a/b"), path("number", "3"))
    assert build_target(draft) == "/files/a/b/versions/3"
    assert parse_target("/files/a/b/versions/3", template) == draft.values
    assert build_target(get(template)) == template
    assert parse_target(template, template) == (path("name", None), path("number", None))


def test_that_parameters_inside_a_segment_are_understood() -> None:
    template = "/{name}.{ending}/x-{number}"
    found = parse_target("/a.b.json/x-3", template)
    assert found == (path("name", "a.b"), path("ending", "json"), path("number", "3"))  # as Starlette reads it
    assert build_target(get(template, *found)) == "/a.b.json/x-3"


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("?a&b=", [("a", ""), ("b", "")]),
        ("?=x&=", [("", "x"), ("", "")]),
        ("?a=1;b=2", [("a", "1;b=2")]),
        ("?a=b=c&&a=%26%3D%2B+", [("a", "b=c"), ("a", "&=+ ")]),
        ("?q=%E6%97%A5日", [("q", "日日")]),
        ("?", []),
    ],
)
def test_that_a_query_is_read_as_a_server_reads_it(typed: str, rows: list[tuple[str, str]]) -> None:
    assert parse_target(f"/items{typed}", "/items") == tuple(query(name, text) for name, text in rows)
    assert parse_qsl(typed[1:], keep_blank_values=True) == rows


def test_that_matrix_parameters_and_encoded_slashes_stay_part_of_the_path() -> None:
    found = parse_target("/map/a;x=1,2%2F3/end", "/map/{where}/end")
    assert found == (path("where", "a;x=1,2/3"),)
    assert build_target(get("/map/{where}/end", *found)) == "/map/a;x=1,2%2F3/end"


@pytest.mark.parametrize("target", ["/files/../../x", "//x", "/a/./b", "/a//b", "/%zz"])
def test_that_a_raw_target_is_kept(target: str) -> None:
    draft = apply_target(get("/items"), target)
    assert full_url("http://localhost", draft) == f"http://localhost{target}"


TARGETS = st.text(alphabet="ab/?&=;+%2F.:é日{} #", max_size=16) | st.text(max_size=12)


@given(drafts(), TARGETS)
def test_that_what_was_typed_means_the_same_after_the_form_wrote_it_anew(draft: RequestDraft, text: str) -> None:
    typed = apply_target(draft, f"/root{text}")
    assert apply_target(typed, build_target(typed)) == typed
    if typed.url_override is None:
        assert parse_target(build_target(typed), draft.path) == parse_target(f"/root{text}", draft.path)


@given(drafts(), st.lists(st.booleans(), max_size=8), TARGETS)
def test_that_editing_the_bar_never_touches_rows_switched_off(
    draft: RequestDraft, switches: list[bool], text: str
) -> None:
    rows = [replace(row, enabled=on) for row, on in zip(draft.values, [*switches, *[True] * 9], strict=False)]
    draft = replace(draft, values=tuple(rows))
    assert apply_target(draft, build_target(draft)) == draft
    edited = apply_target(draft, f"/root{text}")
    assert [row for row in edited.values if not row.enabled] == [row for row in rows if not row.enabled]


def test_that_percent_codes_that_were_not_needed_mean_what_they_stand_for() -> None:
    assert parse_target("/gr%C3%B6%C3%9Fe/%7e%41", "/größe/{name}") == (path("name", "~A"),)
    assert parse_target("/a%252F%2f", "/{name}") == (path("name", "a%2F/"),)
    assert parse_target("/%7Bname%7D", "/{name}") == (path("name", "{name}"),)
