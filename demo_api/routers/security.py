"""Beyond the handbook, Security: sign in with a password, and come back with a token or a key."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response, Security, status
from fastapi.security import OAuth2PasswordRequestForm

from demo_api.dependencies import PaginationDep, SessionDep, SettingsDep
from demo_api.errors import BODY_ERRORS, UNAVAILABLE
from demo_api.models.item import Item, ItemPublic
from demo_api.models.token import ApiKey, StockReport, Token, TokenContent
from demo_api.models.user import User, UserPublic
from demo_api.security import (
    NOT_ALLOWED,
    NOT_SIGNED_IN,
    KeyOwnerDep,
    SecretDep,
    TokenDep,
    get_signed_in_user,
    get_token,
)
from demo_api.services import items, stock_reports, tokens, users

TAG = "Security"
DESCRIPTION = "A password once, a token from then on: OAuth2 with JWT and scopes, and keys for programs."

GUARDED = NOT_SIGNED_IN | NOT_ALLOWED | UNAVAILABLE

router = APIRouter(tags=[TAG])


@router.post("/token", summary="Sign in", responses=BODY_ERRORS | NOT_SIGNED_IN | UNAVAILABLE)
def create_token(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    session: SessionDep,
    secret: SecretDep,
    settings: SettingsDep,
    response: Response,
) -> Token:
    """Send a form, as OAuth2 wants it. Try `ada@example.com` with `ada in the shop`, and the scopes `me items staff`.

    **Often wrong:** sending JSON. OAuth2 is older than that habit: `username` and `password` are form fields.
    """
    user = users.sign_in(session, form.username, form.password)
    if user is None:
        # one sentence for both: it does not tell whether the address or the password was wrong
        detail = "The e-mail address or the password is wrong."
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, detail, {"WWW-Authenticate": "Bearer"})
    scopes = users.grant_scopes(session, user, form.scopes)
    minutes = settings.token_minutes
    response.headers["Cache-Control"] = "no-store"
    token = tokens.make_token(secret, user.id or 0, scopes, minutes=minutes)
    return Token(access_token=token, expires_in=minutes * 60, scope=" ".join(scopes))


@router.get("/account/token", summary="Read what your token says", responses=GUARDED)
def read_token(token: TokenDep) -> TokenContent:
    """Show the content of your token. It is signed, so nobody can change it.

    **Often wrong:** putting a secret into a token. It is signed, not encrypted: anybody who has it can read it.
    """
    return token


@router.get("/account/me", summary="Read who signed in", response_model=UserPublic, responses=GUARDED)
def read_account(user: Annotated[User, Security(get_signed_in_user, scopes=["me"])]) -> User:
    """`Security` is `Depends` with scopes: what a token has to be good for.

    **Often wrong:** 401 and 403 mixed up. 401 says "who are you?", 403 says "I know you, and no".
    """
    return user


@router.get("/account/items", summary="List what you sell", response_model=list[ItemPublic], responses=GUARDED)
def list_account_items(
    user: Annotated[User, Security(get_signed_in_user, scopes=["items"])], session: SessionDep
) -> Sequence[Item]:
    """Take the user from the token, never from the path or the query.

    **Often wrong:** `/users/{user_id}/items` for private things. Whoever changes the number sees somebody else's.
    """
    return items.list_items_of(session, user.id or 0, text=None, newest_first=False)


@router.get(
    "/account/customers",
    summary="List all customers",
    response_model=list[UserPublic],
    responses=GUARDED,
    dependencies=[Security(get_token, scopes=["staff"])],
)
def list_customers(page: PaginationDep, session: SessionDep) -> Sequence[User]:
    """Need the scope `staff`. The shop gives it to Ada alone, whoever asks for it.

    **Often wrong:** giving a client each scope that it asks for. The server decides, and says so in the answer.
    """
    return users.list_users(session, skip=page.skip, limit=page.limit)


@router.post("/account/key", summary="Make a key for a program", responses=GUARDED, status_code=status.HTTP_201_CREATED)
def create_api_key(
    user: Annotated[User, Security(get_signed_in_user, scopes=["items"])], secret: SecretDep, response: Response
) -> ApiKey:
    """Make a key that a program can send, since it cannot type a password.

    **Often wrong:** a key in the URL. URLs end up in logs, in the history, and in the address bar on a screenshot.
    """
    response.headers["Cache-Control"] = "no-store"
    return ApiKey(api_key=tokens.make_api_key(secret, user.id or 0))


@router.get("/reports/stock", summary="Read a report with a key", responses=NOT_SIGNED_IN | UNAVAILABLE)
def read_stock_report(user: KeyOwnerDep, session: SessionDep) -> StockReport:
    """Read a key from the header `X-API-Key`, and add up what its owner has in the shop.

    **Often wrong:** comparing keys with `==`. It stops at the first letter that differs: its time tells how many fit.
    """
    return stock_reports.stock_report(session, user.id or 0)
