"""What of a draft reaches the disk."""

from __future__ import annotations

import pytest

from explorer.client.draft import RequestDraft, Value
from explorer.client.secrets import without_secrets
from explorer.openapi.operations import Location


@pytest.mark.parametrize(
    ("location", "name"),
    [
        (Location.HEADER, "Authorization"),
        (Location.HEADER, "X-API-Key"),
        (Location.QUERY, "access_token"),
        (Location.COOKIE, "anything"),
    ],
)
def test_that_a_secret_value_becomes_one_that_is_not_sent(location: Location, name: str) -> None:
    limit = Value(location=Location.QUERY, name="limit", text="5")
    secret = Value(location=location, name=name, text="s3cret")
    saved = without_secrets(RequestDraft(method="GET", path="/", values=(limit, secret)))
    assert saved.values == (limit, Value(location=location, name=name))


@pytest.mark.parametrize(
    ("body", "saved"),
    [
        ('{"name": "Ada", "password": "a \\"b\\" c"}', '{"name": "Ada", "password": ""}'),
        ('{"client_secret":"x", "half": ', '{"client_secret":"", "half": '),
        ('{"title": "My password is long"}', '{"title": "My password is long"}'),
    ],
)
def test_that_a_secret_in_a_json_body_is_emptied(body: str, saved: str) -> None:
    assert without_secrets(RequestDraft(method="POST", path="/", body=body)).body == saved


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/items?q=1", True),
        ("http://other/a@b", True),
        ("/items?token=abc", False),
        ("http://ada:lovelace@other/", False),
    ],
)
def test_that_a_typed_url_is_left_out_when_it_may_hold_a_secret(url: str, kept: bool) -> None:
    draft = RequestDraft(method="GET", path="/", url_override=url)
    assert without_secrets(draft).url_override == (url if kept else None)
