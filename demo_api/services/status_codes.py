"""Status codes: a table of those that a client meets."""

from fastapi import status

from demo_api.errors import NotFoundError
from demo_api.models.status import StatusCode

RANGES = {
    1: "Informational: wait, the answer comes later",
    2: "Success: it worked",
    3: "Redirection: look somewhere else",
    4: "Client error: the request is wrong",
    5: "Server error: the request may be right, the server failed",
}

# Constants instead of numbers: a misspelt name fails at the start, a mistyped number only in front of a client.
MEANINGS = {
    status.HTTP_100_CONTINUE: ("Continue", "The server has read the headers and wants the body."),
    status.HTTP_101_SWITCHING_PROTOCOLS: ("Switching Protocols", "From here on, both speak WebSocket."),
    status.HTTP_103_EARLY_HINTS: ("Early Hints", "The browser may already load what the page will need."),
    status.HTTP_200_OK: ("OK", "Here is what was asked for."),
    status.HTTP_201_CREATED: ("Created", "Something new is stored, and here it is."),
    status.HTTP_202_ACCEPTED: ("Accepted", "It will be done, but not yet."),
    status.HTTP_204_NO_CONTENT: ("No Content", "It is done, and there is nothing to say: the response has no body."),
    status.HTTP_301_MOVED_PERMANENTLY: ("Moved Permanently", "It has a new address for good; remember it."),
    status.HTTP_303_SEE_OTHER: ("See Other", "It is done; get the result from another address."),
    status.HTTP_304_NOT_MODIFIED: ("Not Modified", "What the client has is still right, so there is no body."),
    status.HTTP_307_TEMPORARY_REDIRECT: ("Temporary Redirect", "Send the same request there, this time."),
    status.HTTP_400_BAD_REQUEST: ("Bad Request", "The server cannot read the request."),
    status.HTTP_401_UNAUTHORIZED: ("Unauthorized", "The server does not know who is asking."),
    status.HTTP_403_FORBIDDEN: ("Forbidden", "The server knows who is asking, and says no."),
    status.HTTP_404_NOT_FOUND: ("Not Found", "There is nothing at this address."),
    status.HTTP_405_METHOD_NOT_ALLOWED: ("Method Not Allowed", "The address is right, the method is not."),
    status.HTTP_409_CONFLICT: ("Conflict", "It does not fit what the server has now."),
    status.HTTP_418_IM_A_TEAPOT: ("I'm a Teapot", "A joke of 1998 that stayed."),
    status.HTTP_422_UNPROCESSABLE_CONTENT: ("Unprocessable Content", "Readable, but a value does not fit its type."),
    status.HTTP_429_TOO_MANY_REQUESTS: ("Too Many Requests", "The client asks too often."),
    status.HTTP_500_INTERNAL_SERVER_ERROR: ("Internal Server Error", "The server's own mistake."),
    status.HTTP_502_BAD_GATEWAY: ("Bad Gateway", "A server behind this one gave a bad answer."),
    status.HTTP_503_SERVICE_UNAVAILABLE: ("Service Unavailable", "The server cannot do it now; try again later."),
}

# Some codes promise the client a header.
HEADERS = {
    status.HTTP_301_MOVED_PERMANENTLY: {"Location": "/items"},
    status.HTTP_303_SEE_OTHER: {"Location": "/items"},
    status.HTTP_307_TEMPORARY_REDIRECT: {"Location": "/items"},
    status.HTTP_401_UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
    status.HTTP_405_METHOD_NOT_ALLOWED: {"Allow": "GET"},
    status.HTTP_429_TOO_MANY_REQUESTS: {"Retry-After": "1"},
    status.HTTP_503_SERVICE_UNAVAILABLE: {"Retry-After": "1"},
}

WITHOUT_BODY = {status.HTTP_204_NO_CONTENT, status.HTTP_304_NOT_MODIFIED}


def all_codes() -> list[StatusCode]:
    """Return the whole table."""
    return [describe(code) for code in MEANINGS]


def describe(code: int) -> StatusCode:
    """Return what a code means.

    Raises:
        NotFoundError: the table does not have it.
    """
    if code not in MEANINGS:
        raise NotFoundError(f"The table has no status code {code}. GET /status lists those it has.")
    phrase, meaning = MEANINGS[code]
    return StatusCode(code=code, phrase=phrase, range=RANGES[code // 100], meaning=meaning)
