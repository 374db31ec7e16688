"""What the status codes mean, in our own table: Python's phrases differ from version to version."""

from __future__ import annotations

_LONGEST_REASON = 60  # characters

_CLASSES = {
    1: ("Informational", "The server has something to say before its final answer."),
    2: ("Success", "The request was understood and done."),
    3: ("Redirection", "What was asked for is found elsewhere, or need not be sent again."),
    4: ("Client error", "The server says that the request is at fault."),
    5: ("Server error", "The server says that it is at fault itself."),
}

_MEANINGS = {
    100: ("Continue", "The server has read the headers and waits for the body."),
    101: ("Switching Protocols", "The connection now speaks another protocol, such as WebSocket."),
    102: ("Processing", "The server is still at work; an answer will follow."),
    103: ("Early Hints", "Headers that let the client load something while the answer is being made."),
    200: ("OK", "The request succeeded."),
    201: ("Created", "The request succeeded and made something new."),
    202: ("Accepted", "The request was taken, and will be worked on later."),
    203: ("Non-Authoritative Information", "A proxy on the way has changed the answer."),
    204: ("No Content", "The request succeeded, and there is nothing to send back."),
    205: ("Reset Content", "The request succeeded; the client should clear its form."),
    206: ("Partial Content", "Only the range that was asked for."),
    207: ("Multi-Status", "Several results in one body (WebDAV)."),
    208: ("Already Reported", "The members of this collection were listed before (WebDAV)."),
    226: ("IM Used", "The body is a difference to what the client already has."),
    300: ("Multiple Choices", "There are several versions to choose from."),
    301: ("Moved Permanently", "Use the address in Location from now on; a POST may turn into a GET."),
    302: ("Found", "For now, use the address in Location; a POST may turn into a GET."),
    303: ("See Other", "The answer is at the address in Location, to be asked for with GET."),
    304: ("Not Modified", "The copy that the client already has is still good."),
    305: ("Use Proxy", "Only through a proxy; no longer used."),
    307: ("Temporary Redirect", "For now, send the same request to the address in Location."),
    308: ("Permanent Redirect", "From now on, send the same request to the address in Location."),
    400: ("Bad Request", "The server could not make sense of the request."),
    401: ("Unauthorized", "Who you are is not known: log in, or send valid credentials."),
    402: ("Payment Required", "Kept for payments; rarely used."),
    403: ("Forbidden", "Who you are is known or does not matter: you may not do this."),
    404: ("Not Found", "There is nothing at this address, or no such item."),
    405: ("Method Not Allowed", "The address exists, but not for this method; Allow lists those that work."),
    406: ("Not Acceptable", "The server has no version that fits the Accept headers."),
    407: ("Proxy Authentication Required", "A proxy on the way wants credentials."),
    408: ("Request Timeout", "The request took too long to arrive."),
    409: ("Conflict", "The request does not fit the present state, such as a name that is already taken."),
    410: ("Gone", "It was here, and it is gone for good."),
    411: ("Length Required", "The request must say how long its body is."),
    412: ("Precondition Failed", "A condition in the request's headers does not hold."),
    413: ("Content Too Large", "The body is larger than the server accepts."),
    414: ("URI Too Long", "The address is longer than the server accepts."),
    415: ("Unsupported Media Type", "The server does not accept a body of this Content-Type."),
    416: ("Range Not Satisfiable", "The range that was asked for does not exist."),
    417: ("Expectation Failed", "The server cannot do what the Expect header asks."),
    418: ("I'm a Teapot", "The server was asked for coffee: a joke of 1998 that stayed."),
    421: ("Misdirected Request", "This server does not answer for the host that was asked for."),
    422: ("Unprocessable Content", "The request is well formed, but a value is missing or does not fit its type."),
    423: ("Locked", "The item is locked (WebDAV)."),
    424: ("Failed Dependency", "A request that this one depends on has failed (WebDAV)."),
    425: ("Too Early", "The server does not risk a request that may be a repetition."),
    426: ("Upgrade Required", "The server wants another protocol; Upgrade names it."),
    428: ("Precondition Required", "The server wants a condition, such as If-Match, so that no change is lost."),
    429: ("Too Many Requests", "Too many requests in a short time; Retry-After says when to go on."),
    431: ("Request Header Fields Too Large", "The headers are larger than the server accepts."),
    451: ("Unavailable For Legal Reasons", "The law forbids the server to show this."),
    500: ("Internal Server Error", "The server's code raised an exception; its log has the traceback."),
    501: ("Not Implemented", "The server does not know how to do this."),
    502: ("Bad Gateway", "A server behind this one gave a bad answer."),
    503: ("Service Unavailable", "The server cannot answer now; try again later."),
    504: ("Gateway Timeout", "A server behind this one did not answer in time."),
    505: ("HTTP Version Not Supported", "The server does not speak this version of HTTP."),
    506: ("Variant Also Negotiates", "The server is set up wrongly: a choice leads to another choice."),
    507: ("Insufficient Storage", "The server has no room left (WebDAV)."),
    508: ("Loop Detected", "The server found itself going in circles (WebDAV)."),
    510: ("Not Extended", "The request lacks an extension that the server wants; no longer used."),
    511: ("Network Authentication Required", "The network wants a log-in first, as in a hotel."),
}


def meaning(status: int, reason: str = "") -> tuple[str, str]:
    """Return the phrase of a status code and one sentence about it.

    A code without a registered meaning has the server's own phrase, or the name of its class, as clients must treat it
    that way; one outside 100–599 is called unknown.

    Args:
        status: the code.
        reason: the phrase on the wire; empty for none.
    """
    if status in _MEANINGS:
        return _MEANINGS[status]
    phrase, sentence = _CLASSES.get(status // 100, ("Unknown", "This is not a status code that HTTP knows."))
    return reason.strip()[:_LONGEST_REASON] or phrase, sentence
