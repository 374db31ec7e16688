"""Where the time of an exchange went, as steps with words."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.exchange import Exchange
from explorer.trace.events import CLIENT_CONNECT, CLIENT_DNS, CLIENT_RECEIVE, CLIENT_SEND, CLIENT_TLS, CLIENT_WAIT

_WORDS = {
    CLIENT_DNS: ("Look up the name", "From the host's name to its address (DNS)."),
    CLIENT_CONNECT: ("Connect", "The server's machine takes up the connection (TCP)."),
    CLIENT_TLS: ("Encrypt", "Both sides agree on keys, and the certificate is checked (TLS)."),
    CLIENT_SEND: ("Send", "The request goes out."),
    CLIENT_WAIT: ("Wait", "Nothing is on the wire: the server works. The X-ray shows on what."),
    CLIENT_RECEIVE: ("Receive", "The body comes in."),
}


@dataclass(frozen=True, slots=True)
class TimingStep:
    """One bar.

    Attributes:
        key: the phase's name.
        label: what was done, in a word or two.
        explained: what that means, in one sentence.
        start_ns: nanoseconds since the first step began.
        duration_ns: nanoseconds.
    """

    key: str
    label: str
    explained: str
    start_ns: int
    duration_ns: int


def timing_steps(exchange: Exchange) -> tuple[TimingStep, ...]:
    """Return the steps of the last request, in order; none when nothing was timed."""
    if not exchange.phases:
        return ()
    first = min(phase.start_ns for phase in exchange.phases)
    return tuple(
        TimingStep(
            phase.name,
            *_WORDS.get(phase.name, (phase.name.capitalize(), "")),
            phase.start_ns - first,
            phase.duration_ns,
        )
        for phase in exchange.phases
    )


def connection_sentence(exchange: Exchange) -> str:
    """Say whether the connection was opened for this request, and to which address."""
    if not exchange.phases:
        return ""
    new = any(phase.name == CLIENT_CONNECT for phase in exchange.phases)
    where = f" to {exchange.address}" if exchange.address else ""
    if new:
        said = f"A new connection{where}."
    else:
        said = f"The connection{where} was kept open from before, so no time went into opening it."
    if exchange.hops:
        said += " These are the times of the last request; the redirects before it have theirs under Redirects."
    return said
