"""From an address to a connected wire, or to the sentence that says why there is none."""

from __future__ import annotations

import asyncio
import socket
import ssl

from explorer.client.draft import SendOptions
from explorer.client.sockets.opening import Opening
from explorer.client.sockets.wire import Wire, WireListener
from explorer.client.ways import import_httpx
from explorer.trace.events import CLIENT_CONNECT, CLIENT_DNS, CLIENT_TLS


class UnreachableError(Exception):
    """There is no connection; its text is the sentence for a person."""


async def reach(opening: Opening, options: SendOptions, listener: WireListener) -> Wire:
    """Connect.

    Raises:
        UnreachableError: there is no such server, or it speaks no TLS that we trust.
    """
    trusted = await _trust(opening, options)
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(options.connect_timeout):
            _, wire = await loop.create_connection(
                lambda: Wire(listener),
                opening.host,
                opening.port,
                ssl=trusted,
                server_hostname=opening.host if trusted is not None else None,
            )
    except (OSError, ValueError, TimeoutError) as error:
        raise UnreachableError(_explain(error, opening, options)) from error
    return wire


async def _trust(opening: Opening, options: SendOptions) -> ssl.SSLContext | None:
    if not opening.secure:
        return None
    import_httpx()
    from explorer.client.connections import trust_of  # late: it imports httpx

    return await asyncio.to_thread(trust_of, secure=True, verify=options.verify)


def _explain(error: BaseException, opening: Opening, options: SendOptions) -> str:
    import_httpx()
    import httpx

    from explorer.client.errors import explain

    stage = CLIENT_CONNECT
    if isinstance(error, ssl.SSLError):
        stage = CLIENT_TLS
    elif isinstance(error, socket.gaierror | UnicodeError):
        stage = CLIENT_DNS
    elif isinstance(error, ConnectionError) and opening.secure and not isinstance(error, ConnectionRefusedError):
        stage = CLIENT_TLS
    if isinstance(error, TimeoutError):
        error = httpx.ConnectTimeout("")
    sentence = explain(error, stage=stage, url=opening.http_url, options=options)
    return sentence.replace("http://", "ws://").replace("https://", "wss://")
