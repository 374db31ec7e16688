"""Chapter 7, Cookies: small texts that a browser keeps, and sends back by itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Cookie, Request, Response, status

from demo_api.dependencies import SettingsDep
from demo_api.errors import BODY_ERRORS
from demo_api.models.cookie import CookieChange, CookieValue, Language, Preferences, SignIn, Visit
from demo_api.services import sessions

TAG = "Cookies"
DESCRIPTION = "Small texts that a browser keeps and sends back: read, set, changed, deleted, and a session made of one."

YEAR = 365 * 24 * 60 * 60
SESSION = "demo_session"

SET_COOKIE: dict[str, Any] = {"Set-Cookie": {"description": "What to keep.", "schema": {"type": "string"}}}

LanguageBody = Annotated[Language, Body(embed=True, description="What to remember.", examples=["de"])]
LanguageCookie = Annotated[
    str | None, Cookie(alias="language", max_length=100, description="The shop's language.", examples=["de"])
]

router = APIRouter(prefix="/cookies", tags=[TAG])


@router.get("/language", summary="Read a cookie")
async def read_language(language: LanguageCookie = None) -> CookieValue:
    """`Cookie()` takes the value from the request's header `Cookie`. Without it this were a query parameter.

    **Often wrong:** trying it in /docs. A script may not write the header `Cookie`, so the browser leaves it out; it
    sends what it keeps for this address, and nothing else.
    """
    return CookieValue(name="language", value=language)


@router.post(
    "/language",
    summary="Set a cookie",
    status_code=status.HTTP_201_CREATED,
    responses=BODY_ERRORS | {201: {"headers": SET_COOKIE}},
)
async def set_language(language: LanguageBody, request: Request, response: Response) -> CookieValue:
    """Ask the client to keep a text: the answer has a header `Set-Cookie`. It comes back with the *next* request.

    **Often wrong:** returning a `Response` of your own. Cookies that were set on the parameter are lost then: set them
    on what you return.
    """
    keep_language(request, response, language)
    return CookieValue(name="language", value=language)


@router.put("/language", summary="Change a cookie", responses=BODY_ERRORS | {200: {"headers": SET_COOKIE}})
async def change_language(
    language: LanguageBody, request: Request, response: Response, before: LanguageCookie = None
) -> CookieChange:
    """Set it again to change it: same name, same path, same domain.

    **Often wrong:** another path. The browser keeps both then, and sends both.
    """
    keep_language(request, response, language)
    return CookieChange(name="language", before=before, after=language)


@router.delete(
    "/language",
    summary="Delete a cookie",
    status_code=status.HTTP_204_NO_CONTENT,
    responses={204: {"headers": SET_COOKIE}},
)
async def delete_language(response: Response) -> None:
    """Nobody can reach into a browser: the answer sets the cookie once more, to end at once.

    **Often wrong:** leaving out the path it was set with. That would be another cookie, and this one stays.
    """
    response.delete_cookie("language", path="/")


@router.get("/preferences", summary="Read cookies as a model")
async def read_preferences(preferences: Annotated[Preferences, Cookie()]) -> Preferences:
    """Declare one model for all cookies of the shop: each field is one, with its type, default and limits.

    **Often wrong:** `extra="forbid"` in such a model. Other programs on this address have cookies too: 422.
    """
    return preferences


@router.post(
    "/session",
    summary="Begin a session",
    status_code=status.HTTP_201_CREATED,
    responses=BODY_ERRORS | {201: {"headers": SET_COOKIE}},
)
async def begin_session(data: SignIn, request: Request, response: Response, settings: SettingsDep) -> Visit:
    """Put who it is into a cookie, and sign it: whoever changes a letter of it is nobody.

    **Often wrong:** a plain `user_id=1` in a cookie. Anyone can write `user_id=2`.
    """
    visit = sessions.begin(data.name)
    cookie = sessions.seal(visit, settings.secret_key.get_secret_value())
    seconds = int(sessions.LIFETIME.total_seconds())
    response.set_cookie(SESSION, cookie, max_age=seconds, httponly=True, secure=request.url.scheme == "https")
    return visit


@router.get("/session", summary="Read the session")
async def read_session(
    settings: SettingsDep,
    session: Annotated[str | None, Cookie(alias=SESSION, max_length=1_000, description="The signed cookie.")] = None,
) -> Visit | None:
    """Believe the cookie only if its signature fits and its time is not over; otherwise the answer is null.

    **Often wrong:** checking only `max_age`. That asks the browser to forget; a thief's copy goes on.
    """
    return sessions.unseal(session, settings.secret_key.get_secret_value()) if session else None


@router.delete(
    "/session",
    summary="End the session",
    status_code=status.HTTP_204_NO_CONTENT,
    responses={204: {"headers": SET_COOKIE}},
)
async def end_session(response: Response) -> None:
    """Delete the cookie, and the browser is signed out.

    **Often wrong:** thinking that a copy of it is worth nothing now. The server kept nothing, so it can take nothing
    back: until it ends, a copy is good. Who cannot accept that keeps a list of sessions in the database.
    """
    response.delete_cookie(SESSION, path="/", httponly=True)


def keep_language(request: Request, response: Response, language: Language) -> None:
    """Set the cookie: for a year, out of reach of scripts, not for other sites' forms, encrypted where we are."""
    secure = request.url.scheme == "https"
    response.set_cookie("language", language, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
