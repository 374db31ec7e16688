from fastapi import FastAPI
from fastapi.testclient import TestClient


def test_that_the_lifespan_shares_what_it_yields(client: TestClient) -> None:
    first, second = (client.get("/lifespan").json() for _ in range(2))
    assert first["same_object"]
    assert first["opened_at"] == second["opened_at"]


def test_that_the_shop_opens_with_the_block_and_closes_after_it(app: FastAPI) -> None:
    assert not hasattr(app.state, "memory")
    with TestClient(app) as client:
        client.get("/items")
        assert app.state.engine.pool.checkedin() == 1
    assert app.state.engine.pool.checkedin() == 0


def test_that_a_shop_that_opens_again_begins_anew(app: FastAPI) -> None:
    opened = []
    for _ in range(2):
        with TestClient(app) as client:
            client.get("/dependencies/cleanup")
            assert client.get("/dependencies/journal").json()[0]["number"] == 1
            opened.append(client.get("/lifespan").json()["opened_at"])
    assert opened[0] < opened[1]
