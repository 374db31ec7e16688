from dataclasses import replace

import pytest

from explorer.client.draft import Auth, AuthKind, RequestDraft
from explorer.client.logins import Logins
from explorer.openapi.operations import Location

LOGIN = Auth(kind=AuthKind.OAUTH2_PASSWORD, token_url="token", username="ada", password="engine", scopes="me")
KEY = Auth(kind=AuthKind.API_KEY, key_name="X-Key", key_value="k")


def draft(auth: Auth, url_override: str | None = None) -> RequestDraft:
    return RequestDraft(method="GET", path="/me", auth=auth, url_override=url_override)


def filled(learned: RequestDraft, wants: RequestDraft) -> Auth:
    logins = Logins()
    logins.learn(learned)
    return logins.filled(wants).auth


def test_that_the_next_request_of_the_same_kind_has_the_login_and_its_own_scopes() -> None:
    wants = replace(LOGIN, username="", password="", scopes="me items")
    assert filled(draft(LOGIN), draft(wants)) == replace(LOGIN, scopes="me items")


def test_that_a_login_that_was_not_saved_is_not_asked_for_twice() -> None:
    assert filled(draft(LOGIN), draft(replace(LOGIN, password="", ask=True))) == LOGIN


@pytest.mark.parametrize(
    ("learned", "wants"),
    [
        (draft(LOGIN), draft(replace(LOGIN, username="", password="", token_url="other/token"))),
        (draft(LOGIN), draft(replace(LOGIN, username="bob", password=""))),
        (draft(LOGIN), draft(replace(LOGIN, password="another"))),
        (draft(LOGIN), draft(Auth(kind=AuthKind.BASIC))),
        (draft(LOGIN), draft(Auth())),
        (draft(KEY), draft(replace(KEY, key_value="", key_location=Location.QUERY))),
        (draft(KEY, "http://other.test/me"), draft(replace(KEY, key_value=""))),
        (draft(KEY), draft(replace(KEY, key_value=""), "http://other.test/me")),
    ],
    ids=["other place", "somebody else", "entered", "other kind", "none", "other way", "from elsewhere", "elsewhere"],
)
def test_that_a_login_goes_nowhere_else(learned: RequestDraft, wants: RequestDraft) -> None:
    assert filled(learned, wants) == wants.auth
