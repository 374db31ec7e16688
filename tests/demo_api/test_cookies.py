from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from demo_api.models.cookie import Visit
from demo_api.services import sessions
from demo_api.settings import Settings


def test_that_a_client_without_cookies_sends_none(client: TestClient) -> None:
    assert client.get("/cookies/language").json() == {"name": "language", "value": None}


def test_that_a_cookie_comes_back_with_the_next_request(client: TestClient) -> None:
    """A TestClient keeps cookies as a browser does."""
    answer = client.post("/cookies/language", json={"language": "de"})
    assert answer.status_code == 201
    assert client.get("/cookies/language").json()["value"] == "de"


def test_that_a_cookie_is_set_with_care(client: TestClient) -> None:
    header = client.post("/cookies/language", json={"language": "de"}).headers["set-cookie"]
    assert header == "language=de; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"
    encrypted = client.post("https://testserver/cookies/language", json={"language": "de"}).headers["set-cookie"]
    assert encrypted.endswith("; Secure")


def test_that_changing_is_setting_again(client: TestClient) -> None:
    client.post("/cookies/language", json={"language": "de"})
    answer = client.put("/cookies/language", json={"language": "fr"})
    assert answer.json() == {"name": "language", "before": "de", "after": "fr"}
    assert [cookie.value for cookie in client.cookies.jar] == ["fr"]


def test_that_a_deleted_cookie_is_gone_and_others_stay(client: TestClient) -> None:
    client.cookies.set("theme", "dark")
    client.post("/cookies/language", json={"language": "de"})
    answer = client.delete("/cookies/language")
    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get("/cookies/preferences").json() == {"language": "en", "theme": "dark", "visits": 0}


def test_that_a_model_reads_all_cookies_and_ignores_foreign_ones(client: TestClient) -> None:
    header = {"cookie": "language=es; theme=dark; visits=7; other_program=1"}
    answer = client.get("/cookies/preferences", headers=header)
    assert answer.json() == {"language": "es", "theme": "dark", "visits": 7}


@pytest.mark.parametrize("cookie", ["visits=many", "visits=-1", "theme=pink"])
def test_that_a_cookie_is_checked_like_any_input(client: TestClient, cookie: str) -> None:
    answer = client.get("/cookies/preferences", headers={"cookie": cookie})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["cookie", cookie.partition("=")[0]]


@pytest.mark.parametrize("cookie", ["language", "=", ";;;", 'language="\\303"', "language=\xff", "language=a=b"])
def test_that_a_strange_cookie_is_no_accident(client: TestClient, cookie: str) -> None:
    assert client.get("/cookies/language", headers=[(b"cookie", cookie.encode("latin-1"))]).status_code == 200


def test_that_a_session_begins_goes_on_and_ends(client: TestClient) -> None:
    assert client.get("/cookies/session").json() is None
    begun = client.post("/cookies/session", json={"name": "Zoë"})
    assert begun.status_code == 201
    assert "HttpOnly" in begun.headers["set-cookie"]
    assert client.get("/cookies/session").json() == begun.json()
    assert client.delete("/cookies/session").status_code == 204
    assert client.get("/cookies/session").json() is None


def test_that_nobody_can_write_a_session_without_the_key(client: TestClient, settings: Settings) -> None:
    visit = sessions.begin("Ada")
    genuine = sessions.seal(visit, settings.secret_key.get_secret_value())
    forged = sessions.seal(visit, "another key")
    other_name = sessions.seal(sessions.begin("Eve"), "k").partition(".")[0] + "." + genuine.partition(".")[2]
    for cookie, name in ((genuine, "Ada"), (forged, None), (other_name, None), ("", None), (".", None), ("é.é", None)):
        client.cookies.clear()
        answer = client.get("/cookies/session", headers=[(b"cookie", f"demo_session={cookie}".encode("latin-1"))])
        assert answer.status_code == 200
        assert (answer.json() or {"name": None})["name"] == name, cookie


def test_that_a_session_ends_by_itself(client: TestClient, settings: Settings) -> None:
    """The server looks at the time that it signed; what the browser still keeps does not count."""
    over = Visit(name="Ada", ends_at=datetime.now(UTC) - timedelta(seconds=1))
    client.cookies.set("demo_session", sessions.seal(over, settings.secret_key.get_secret_value()))
    assert client.get("/cookies/session").json() is None
