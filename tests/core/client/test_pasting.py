"""What is pasted into the URL bar."""

from __future__ import annotations

import pytest

from explorer.client.blank import blank_draft
from explorer.client.draft import Auth, AuthKind, RequestDraft, Value
from explorer.client.importing.curl_options import CurlError
from explorer.client.open_requests import OpenRequest
from explorer.client.pasting import read_pasted
from explorer.client.urls import build_target
from explorer.openapi.operations import Catalogue, Group, Location, Operation, Parameter

BASE = "http://127.0.0.1:8000"
LIMIT = Parameter(name="limit", location=Location.QUERY, required=False, schema={}, type_label="int")
OPERATIONS = (
    Operation(method="GET", path="/items", parameters=(LIMIT,)),
    Operation(method="GET", path="/items/{item_id}"),
    Operation(method="POST", path="/items"),
)
CATALOGUE = Catalogue(title="", version="", groups=(Group(name="", description="", operations=OPERATIONS),))
LIST = OpenRequest.new(
    RequestDraft(
        method="GET",
        path="/items",
        values=(
            Value(location=Location.QUERY, name="limit", text="3"),
            Value(location=Location.HEADER, name="X-Mine", text="1"),
        ),
    ),
    "GET /items",
)
BLANK = OpenRequest.new(blank_draft())


def test_that_an_address_of_the_same_operation_fills_its_form_and_leaves_the_rest() -> None:
    pasted = read_pasted("http://localhost:8000/items?limit=9", LIST, BASE, CATALOGUE)
    assert pasted.fits
    assert pasted.draft.value(Location.QUERY, "limit") == "9"
    assert pasted.draft.value(Location.HEADER, "X-Mine") == "1"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"{BASE}/items/7?x=1", "GET /items/{item_id}"),
        ("/items/7?x=1", "GET /items/{item_id}"),
        (f"{BASE}/nowhere", "GET /nowhere"),
    ],
)
def test_that_an_address_of_another_operation_is_another_request(url: str, key: str) -> None:
    pasted = read_pasted(url, LIST, BASE, CATALOGUE)
    assert not pasted.fits
    assert pasted.draft.key == key
    assert build_target(pasted.draft) == url.removeprefix(BASE)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://ada:p%40ss@127.0.0.1:8000/items?limit=9", "/items?limit=9"),
        ("http://ada:p%40ss@127.0.0.1:8000/items/7", "/items/7"),
        ("https://ada:p%40ss@example.com/a?b=1", "https://example.com/a?b=1"),
    ],
)
def test_that_a_name_and_password_in_an_address_are_sent_as_every_browser_does(url: str, target: str) -> None:
    draft = read_pasted(url, LIST, BASE, CATALOGUE).draft
    assert build_target(draft) == target
    assert draft.auth == Auth(kind=AuthKind.BASIC, username="ada", password="p@ss")


def test_that_an_address_elsewhere_is_kept_whole_and_nothing_need_be_known() -> None:
    assert read_pasted("https://example.com/a?b=1", LIST, BASE, None).draft.url_override == "https://example.com/a?b=1"
    assert read_pasted(f"{BASE}/a", BLANK, BASE, None).draft.path == "/a"


def test_that_the_method_that_was_chosen_holds() -> None:
    post = OpenRequest.new(RequestDraft(method="POST", path="/"))
    assert read_pasted(f"{BASE}/items", post, BASE, CATALOGUE).draft.key == "POST /items"
    assert read_pasted(f"{BASE}/items/7", LIST, BASE, CATALOGUE).draft.key == "GET /items/{item_id}"


def test_that_a_curl_command_becomes_a_request_and_what_has_no_place_is_named() -> None:
    pasted = read_pasted(
        f"curl -X POST {BASE}/items -d '{{}}' -H 'Content-Type: application/json'", LIST, BASE, CATALOGUE
    )
    assert (pasted.draft.key, pasted.draft.body, pasted.remark) == ("POST /items", "{}", "")
    pasted = read_pasted(f"curl {BASE}/items {BASE}/more", LIST, BASE, CATALOGUE)
    assert f"without {BASE}/more" in pasted.remark


def test_that_a_command_that_cannot_be_understood_is_said() -> None:
    with pytest.raises(CurlError, match=r"."):
        read_pasted("curl --data 'half", LIST, BASE, CATALOGUE)
