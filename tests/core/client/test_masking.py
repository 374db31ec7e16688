"""What others may see of a text while somebody presents."""

import pytest

from explorer.client.masking import MASK, Masking

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s3cr3t-signature"
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer hunter2-token",
        "Set-Cookie: session=hunter2; Path=/; HttpOnly",
        "Cookie: theme=dark; session=hunter2",
        "X-Shop-Key: hunter2",
        "GET / HTTP/1.1\r\nHost: localhost\r\nproxy-authorization: Basic aHVudGVyMg==hunter2\r\n",
        "curl -H 'Authorization: Bearer hunter2-0123' http://localhost/",
        'httpx.get(url, headers={"Authorization": "Bearer hunter2"})',
        '    "access_token": "hunter2",',
        '{"user": "ada", "password": "say \\"hunter2\\" twice", "age": 36}',
        '{"password": 4711, "api_key":"hunter2"}',
        '"{\\"password\\": \\"hunter2\\"}"',
        '"body": "{\\"user\\": {\\"password\\": \\"hunter2\\"}}"',
        "http://localhost/me?access_token=hunter2&page=2",
        "username=ada&password=hunter2",
        "UPDATE users SET password='hunter2' WHERE id=1",
        "password='hunter2' of type str",
        f"id {TOKEN}hunter2 of somebody",
        f"('ada', '{HASH}hunter2')",
        "Bearer hunter2",
    ],
)
def test_that_a_secret_is_masked_however_it_is_written(text: str) -> None:
    masked = Masking().text(text)
    assert "hunter2" not in masked
    assert MASK in masked


@pytest.mark.parametrize(
    "text",
    [
        "Basic authentication, or Bearer authentication",
        '{"token_type": "bearer", "max_tokens": 512, "password": null}',
        "GET /users/42/items?limit=20",
        "Content-Type: application/json",
        "Access-Control-Allow-Headers: authorization",
        'loc: ["header", "authorization"]',
        "SELECT id, name FROM items WHERE owner_id = 1",
    ],
)
def test_that_what_is_no_secret_stays(text: str) -> None:
    assert Masking().text(text) == text


def test_that_what_was_used_as_a_secret_is_masked_in_any_other_place() -> None:
    masking = Masking()
    assert masking.text("id s3cr3t/1 twice") == "id s3cr3t/1 twice"
    masking.learn(["s3cr3t/1", "abc"])
    assert masking.text("id s3cr3t/1 twice") == f"id {MASK} twice"
    assert masking.text("/reset/s3cr3t%2F1") == f"/reset/{MASK}"
    assert masking.text("the abc") == "the abc"  # so short a text stands in every other word


def test_that_the_value_of_a_secret_name_is_masked_whatever_it_looks_like() -> None:
    masking = Masking()
    assert masking.value("x-shop-key", "four") == MASK
    assert masking.value("accept", "*/*") == "*/*"
    assert masking.value("cookie", "") == ""


def test_that_spans_tell_where_secrets_stand() -> None:
    text = '{"a": 1, "password": "hunter2"}'
    assert [text[start:end] for start, end in Masking().spans(text)] == ["hunter2"]
