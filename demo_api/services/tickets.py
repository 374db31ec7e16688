"""Tickets: a secret that opens one connection, once, and soon."""

import secrets
import time
from dataclasses import dataclass

LIFETIME = 60
"""Seconds until a ticket is worthless."""

MOST_TICKETS = 1_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may come in, and until when (by the clock that never jumps)."""

    user_id: int
    ends: float


class Tickets:
    """The tickets that were handed out and not used yet."""

    def __init__(self) -> None:
        self._open: dict[str, Ticket] = {}

    def hand_out(self, user_id: int) -> str:
        """Return a new ticket; the oldest one goes when there are too many."""
        secret = secrets.token_urlsafe(24)
        self._open[secret] = Ticket(user_id, time.monotonic() + LIFETIME)
        while len(self._open) > MOST_TICKETS:
            self._open.pop(next(iter(self._open)), None)
        return secret

    def redeem(self, secret: str) -> int | None:
        """Take a ticket back and return whose it is; None when it is unknown, used or too old."""
        ticket = self._open.pop(secret, None)
        return ticket.user_id if ticket is not None and ticket.ends > time.monotonic() else None
