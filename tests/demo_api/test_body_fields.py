from typing import Any

import pytest
from fastapi.testclient import TestClient

PARCEL: dict[str, Any] = {
    "code": "AB-1234",
    "weight": 1250,
    "size": {"width": 30, "height": 45, "depth": 20},
    "contents": ["Desk lamp"],
    "speed": "express",
}


def test_that_two_models_are_each_under_their_name(client: TestClient) -> None:
    present, recipient = {"name": "Desk lamp"}, {"name": "Grace", "city": "Arlington"}
    response = client.post("/gifts", json={"present": present, "recipient": recipient})
    assert (response.status_code, response.json()["text"]) == (201, "For Grace in Arlington: Desk lamp, in paper.")
    flat = client.post("/gifts", json=present | recipient)
    assert [error["loc"] for error in flat.json()["detail"]] == [["body", "present"], ["body", "recipient"]]


def test_that_body_puts_a_single_value_beside_a_model(client: TestClient) -> None:
    body = {"change": {"arrived": 5, "sold": 2}, "reason": "Delivery"}
    response = client.post("/items/1/stock", json=body)
    assert response.json() == {"item_id": 1, "before": 12, "after": 15, "reason": "Delivery", "saved": True}
    assert client.get("/items/1").json()["stock"] == 15


def test_that_a_dry_run_changes_nothing(client: TestClient) -> None:
    response = client.post("/items/1/stock?dry_run=yes", json={"change": {"sold": 12}, "reason": "Sale"})
    assert (response.json()["after"], response.json()["saved"]) == (0, False)
    assert client.get("/items/1").json()["stock"] == 12


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"sold": 13}, "13 cannot be sold: only 12 are there."),
        ({"arrived": 1_000_000}, "The shop has room for 1000000 of an item, not for 1000012."),
    ],
)
def test_that_what_does_not_fit_the_stock_is_a_conflict(
    client: TestClient, change: dict[str, int], detail: str
) -> None:
    response = client.post("/items/1/stock", json={"change": change, "reason": "Sale"})
    assert (response.status_code, response.json()) == (409, {"detail": detail})
    assert client.get("/items/1").json()["stock"] == 12


def test_that_one_single_value_is_the_whole_body(client: TestClient) -> None:
    assert client.put("/items/1/price", json=29.9).json()["price"] == 29.9
    assert client.put("/items/1/price", json={"price": 29.9}).status_code == 422


def test_that_embed_decides_whether_the_name_is_needed(client: TestClient) -> None:
    plain = {"stars": 5, "comment": "Bright."}
    assert client.post("/feedback/plain", json=plain).json() == plain
    assert client.post("/feedback", json={"feedback": plain}).json() == plain
    assert client.post("/feedback", json=plain).json()["detail"][0]["loc"] == ["body", "feedback"]


def test_that_a_parcel_costs_its_way_and_its_weight(client: TestClient) -> None:
    response = client.post("/parcels", json=PARCEL)
    assert (response.status_code, response.json()) == (201, {"code": "AB-1234", "volume": 27.0, "price": 10.9})


@pytest.mark.parametrize(
    ("change", "loc", "kind"),
    [
        ({"code": "ab-1234"}, ["code"], "string_pattern_mismatch"),
        ({"weight": 0}, ["weight"], "greater_than"),
        ({"weight": 1255}, ["weight"], "multiple_of"),
        ({"size": {"width": 0, "height": 1, "depth": 1}}, ["size", "width"], "greater_than_equal"),
        ({"contents": []}, ["contents"], "too_short"),
        ({"contents": ["Lamp", ""]}, ["contents", 1], "string_too_short"),
    ],
)
def test_that_field_constraints_name_the_place(
    client: TestClient, change: dict[str, Any], loc: list[str | int], kind: str
) -> None:
    response = client.post("/parcels", json=PARCEL | change)
    assert response.status_code == 422
    assert [(error["loc"], error["type"]) for error in response.json()["detail"]] == [(["body", *loc], kind)]
