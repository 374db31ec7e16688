"""One WebSocket from the client's end. Nothing that goes wrong raises: it is a `SocketStatus` with a sentence."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.protocol import State
from websockets.typing import Subprotocol
from websockets.uri import WebSocketURI

from explorer.client.cookies import CookieJar
from explorer.client.sockets import frames, sentences
from explorer.client.sockets.answer import Answer
from explorer.client.sockets.log import Rare, SocketLog
from explorer.client.sockets.opening import LARGEST_MESSAGE, Opening, opening_of
from explorer.client.sockets.outbox import Outbox
from explorer.client.sockets.reaching import UnreachableError, reach
from explorer.client.sockets.reception import NO_CODE, Reception
from explorer.client.sockets.record import (
    ClosedBy,
    Direction,
    FrameKind,
    Handshake,
    SocketDraft,
    SocketState,
    SocketStatus,
)
from explorer.client.sockets.wire import Wire, WireListener
from explorer.client.unsendable import UnsendableRequestError
from explorer.trace import context

CLOSE_PATIENCE = 3.0  # seconds for the server to answer a close frame
READ_PATIENCE = 1.0  # seconds for which the network may take nothing before it is said
ABNORMAL = 1006
_ENDED = (SocketState.IDLE, SocketState.CLOSED, SocketState.REFUSED, SocketState.FAILED)


class SocketConnection:
    """One connection, from its handshake to its end. It belongs to the event loop it is connected on.

    Attributes:
        status: how it stands.
        handshake: its opening, as far as it got; None before it was sent.
        opening: what was sent; None before.
        log: where everything is kept.
    """

    def __init__(
        self, log: SocketLog, *, jar: CookieJar | None = None, on_status: Callable[[SocketStatus], object] | None = None
    ) -> None:
        """`on_status` is called on the loop's thread whenever the status is another one."""
        self.status = SocketStatus()
        self.handshake: Handshake | None = None
        self.opening: Opening | None = None
        self.log = log
        self._jar = jar
        self._on_status = on_status
        self._wire: Wire | None = None
        self._protocol: ClientProtocol | None = None
        self._reception: Reception | None = None
        self._outbox: Outbox | None = None
        self._answer = Answer()
        self._answered: asyncio.Future[None] | None = None
        self._over = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._closing_ours = False
        self._forced = ""

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self.status.state is SocketState.OPEN

    @property
    def held(self) -> int:
        """Bytes that wait to go out because the server does not read."""
        return self._outbox.held if self._outbox is not None else 0

    @property
    def idle(self) -> bool:
        """Whether what is sent now goes out at once."""
        return self._outbox is not None and self._outbox.idle

    @property
    def round_trip_ns(self) -> int | None:
        """Between the last ping that was answered and its pong; None before."""
        return self._reception.round_trip_ns if self._reception is not None else None

    async def connect(self, draft: SocketDraft, base_url: str, *, token: str | None = None) -> SocketStatus:
        """Connect, and return how it went: OPEN, REFUSED or FAILED.

        Cancelling the task stops it; no CancelledError comes out, as from `Client.send`.

        Args:
            draft: the client.
            base_url: address of the server, ``http://…``.
            token: OAuth2: the token that the server gave out for the draft's `auth`.
        """
        try:
            await self._connect(draft, base_url, token)
        except asyncio.CancelledError:
            if task := asyncio.current_task():
                task.uncancel()
            self._end(SocketState.FAILED, sentences.CONNECTION_STOPPED, closed_by=ClosedBy.CLIENT)
        except (UnsendableRequestError, UnreachableError) as error:
            self._end(SocketState.FAILED, str(error), closed_by=ClosedBy.NOBODY)
        except BaseException:
            self._end(SocketState.FAILED, sentences.LOST, closed_by=ClosedBy.NOBODY)  # nothing may stay connected
            raise
        return self.status

    def send_text(self, text: str) -> str:
        """Send a text; returns why it was not sent, or nothing. It never waits, see `idle`."""
        return self.send_raw(frames.TEXT, text.encode(errors="surrogatepass"))

    def send_binary(self, data: bytes) -> str:
        """Send bytes; returns why they were not sent, or nothing."""
        return self.send_raw(frames.BINARY, data)

    def send_raw(self, opcode: int, payload: bytes, *, fin: bool = True) -> str:
        """Send a frame as it is, right or wrong, such as text that is no UTF-8; returns why it was not, or nothing."""
        if self._outbox is None or not self.is_open:
            return sentences.NOT_OPEN
        return self._outbox.send(opcode, payload, fin=fin)

    def ping(self, payload: bytes = b"") -> str:
        """Send a ping; returns why it was not sent, or nothing."""
        return self.send_raw(frames.PING, payload)

    def close(self, code: int | None = 1000, reason: str = "") -> str:
        """Begin to close; returns why that cannot be, or nothing. Any code is sent, also one that nobody may send."""
        if self._outbox is None or not self.is_open:
            return sentences.NOT_OPEN
        problem = self._outbox.close(code, reason)
        if not problem:
            self._closing_ours = True
            self._set(replace(self.status, state=SocketState.CLOSING, since_ns=time.perf_counter_ns(), sentence=""))
            self._later(CLOSE_PATIENCE, self._give_up_closing)
        return problem

    def drop(self) -> None:
        """Cut the network without a word, whatever the state."""
        if self._wire is not None:
            self._forced = sentences.DROPPED
            self._wire.abort()

    async def wait_closed(self) -> SocketStatus:
        """Wait until it is over, and return how it ended."""
        await self._over.wait()
        return self.status

    async def _connect(self, draft: SocketDraft, base_url: str, token: str | None) -> None:
        trace_id = context.new_trace_id()
        protocol = ClientProtocol(
            WebSocketURI(False, "localhost", 80, "/", ""),
            extensions=[ClientPerMessageDeflateFactory()] if draft.compression else None,
            subprotocols=[Subprotocol(name) for name in draft.subprotocols] or None,
            max_size=LARGEST_MESSAGE,
        )
        opening = opening_of(draft, base_url, self._jar, protocol.key, trace_id=trace_id, token=token)
        self.opening, self._protocol = opening, protocol
        now = time.perf_counter_ns()
        self.log.begin(trace_id)
        self._set(SocketStatus(state=SocketState.CONNECTING, since_ns=now, trace_id=opening.trace_id))
        options = draft.request.options
        self._wire = await reach(opening, options, WireListener(self._on_bytes, self._on_end, self._on_writable))
        self._reception = Reception(protocol, self.log)
        self._outbox = Outbox(protocol, self._wire, self.log, self._reception)
        self._answered = asyncio.get_running_loop().create_future()
        self.handshake = Handshake(
            request_line=opening.request_line, request_headers=opening.headers, sent_at_ns=time.perf_counter_ns()
        )
        self._wire.write(opening.head())
        try:
            async with asyncio.timeout(options.timeout):
                await asyncio.shield(self._answered)
        except TimeoutError:
            limit = f"{options.timeout:g}" if options.timeout is not None else ""
            self._forced = f"The server did not answer the handshake within {limit} s: see in the X-ray what it does."
            self._wire.abort()
            await self._over.wait()

    def _on_bytes(self, data: bytes, at_ns: int) -> None:
        if self._protocol is None or self._reception is None or self._outbox is None:
            return
        if self.status.state is SocketState.CONNECTING:
            before, after = self._answer.take(data)
            self._protocol.receive_data(before)
            self._protocol.events_received()
            if self._protocol.handshake_exc is not None:
                self._refuse(at_ns)
                return
            if self._protocol.state is State.CONNECTING:
                return
            self._open(at_ns)
            if not after:
                return
            data = after
        elif self.status.state in _ENDED:
            return
        self._reception.take(data, at_ns)
        self._outbox.flush()
        if self._protocol.state is State.CLOSING and self.status.state is SocketState.OPEN:
            self._set(replace(self.status, state=SocketState.CLOSING, since_ns=at_ns))
            self._later(CLOSE_PATIENCE, self._give_up_closing)

    def _open(self, at_ns: int) -> None:
        assert self._protocol is not None  # noqa: S101 - whoever calls has looked
        self._log_handshake(at_ns)
        self._set(replace(self.status, state=SocketState.OPEN, since_ns=at_ns))
        self._settle()

    def _refuse(self, at_ns: int) -> None:
        """End a handshake that the server answered with something else than a valid 101."""
        assert self._protocol is not None  # noqa: S101 - whoever calls has looked
        status, reason, headers = self._answer.status, self._answer.reason, self._answer.headers
        if status is None:
            self._log_handshake(at_ns, sentences.NOT_HTTP)
            self._end(SocketState.FAILED, sentences.NOT_HTTP, closed_by=ClosedBy.CLIENT)
        elif status == 101:
            sentence = sentences.not_negotiated(str(self._protocol.handshake_exc), headers)
            self._log_handshake(at_ns, sentence)
            self._end(SocketState.FAILED, sentence, closed_by=ClosedBy.CLIENT)
        else:
            sentence = sentences.refused(status, reason, headers)
            self._log_handshake(at_ns)
            self._end(SocketState.REFUSED, sentence, closed_by=ClosedBy.SERVER)

    def _log_handshake(self, at_ns: int, problem: str | None = None) -> None:
        assert self.handshake is not None  # noqa: S101 - it was sent
        assert self.opening is not None  # noqa: S101 - it was sent
        assert self._protocol is not None  # noqa: S101 - it was sent
        answer = self._answer
        self.handshake = answer.complete(self.handshake, self.opening.key, at_ns)
        if self._jar is not None:
            self._jar.store(self.opening.http_url, answer.headers)
        self.log.append(
            at_ns=self.handshake.sent_at_ns,
            direction=Direction.SENT,
            kind=FrameKind.HANDSHAKE,
            payload=self.opening.head() + answer.raw,
            rare=Rare(code=answer.status, reason=answer.reason, problem=problem),
        )

    def _on_end(self, error: BaseException | None) -> None:
        """Say how it ended, once the connection is gone and all that came was read."""
        protocol, reception = self._protocol, self._reception
        if protocol is None or reception is None or self.status.state in _ENDED:
            return
        if self.status.state is SocketState.CONNECTING:
            self._end_handshake(protocol)
            return
        protocol.receive_eof()
        protocol.data_to_send()
        received = protocol.close_rcvd
        if reception.code is not None:
            self._end(SocketState.FAILED, reception.problem, code=reception.code, closed_by=ClosedBy.CLIENT)
        elif self._forced:
            self._end(SocketState.FAILED, self._forced, code=ABNORMAL, closed_by=ClosedBy.CLIENT)
        elif received is None:
            self._end(SocketState.FAILED, _lost(error), code=ABNORMAL, closed_by=ClosedBy.NOBODY)
        elif self._closing_ours:
            said = "" if received.code in (1000, NO_CODE) else sentences.closed_by_server(received.code, "")
            ours = protocol.close_sent
            said = "" if ours is not None and ours.code == received.code else said
            self._end(SocketState.CLOSED, said, code=received.code, reason=received.reason, closed_by=ClosedBy.CLIENT)
        else:
            sentence = sentences.closed_by_server(received.code, received.reason)
            self._end(
                SocketState.CLOSED, sentence, code=received.code, reason=received.reason, closed_by=ClosedBy.SERVER
            )

    def _end_handshake(self, protocol: ClientProtocol) -> None:
        at_ns = time.perf_counter_ns()
        if self._forced:
            self._end(SocketState.FAILED, self._forced, closed_by=ClosedBy.CLIENT)
            return
        if self._answer.whole:  # a body that has no length ends here
            protocol.receive_eof()
            self._refuse(at_ns)
            return
        sentence = sentences.HANDSHAKE_CUT if self._answer.raw else sentences.NO_ANSWER
        if self._answer.raw and not self._answer.raw.startswith(b"HTTP/"):
            sentence = sentences.NOT_HTTP
        self._log_handshake(at_ns, sentence)
        self._end(SocketState.FAILED, sentence, closed_by=ClosedBy.NOBODY)

    def _on_writable(self, writable: bool) -> None:
        if self._outbox is None:
            return
        if writable:
            self._outbox.go_on()
            if self.is_open and self._outbox.idle:
                self._cancel_timer()
                if self.status.sentence:
                    self._set(replace(self.status, sentence=""))
        elif self.is_open and self._timer is None:
            self._later(READ_PATIENCE, self._say_that_it_does_not_read)

    def _say_that_it_does_not_read(self) -> None:
        self._timer = None
        if self.is_open and not self.idle:
            waiting = sentences.in_bytes(self.held)
            self._set(replace(self.status, sentence=sentences.DOES_NOT_READ.format(waiting=waiting)))
            self._later(READ_PATIENCE, self._say_that_it_does_not_read)

    def _give_up_closing(self) -> None:
        if self._wire is None or self._protocol is None:
            return
        if self._protocol.close_rcvd is None:
            self._forced = sentences.SILENT_CLOSE.format(seconds=CLOSE_PATIENCE)
        self._wire.abort()

    def _end(
        self,
        state: SocketState,
        sentence: str,
        *,
        closed_by: ClosedBy,
        code: int | None = None,
        reason: str = "",
    ) -> None:
        self._cancel_timer()
        status = replace(self.status, state=state, since_ns=time.perf_counter_ns(), code=code, reason=reason)
        self._set(replace(status, closed_by=closed_by, sentence=sentence))
        if self._wire is not None:
            self._wire.abort()
        self._settle()
        self._over.set()

    def _settle(self) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(None)

    def _set(self, status: SocketStatus) -> None:
        self.status = status
        if self._on_status is not None:
            self._on_status(status)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self._cancel_timer()
        self._timer = asyncio.get_running_loop().call_later(seconds, call)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _lost(error: BaseException | None) -> str:
    detail = str(error) if error is not None else ""
    return f"{sentences.LOST} ({detail})" if detail else sentences.LOST
