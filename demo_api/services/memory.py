"""What the shop remembers while it is open, and forgets when it closes.

It is in the memory of one process. `--workers 4` starts four processes, and each has a memory of its own: whatever all
of them must know belongs into the database.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from demo_api.services.journal import Journal
from demo_api.services.rooms import Rooms
from demo_api.services.tickets import Tickets


@dataclass(slots=True)
class Memory:
    """Made by the lifespan when the shop opens.

    Attributes:
        opened_at: when that was.
        journal: what requests wrote down.
        rooms: who talks to whom.
        tickets: who may open a private connection.
    """

    opened_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    journal: Journal = field(default_factory=Journal)
    rooms: Rooms = field(default_factory=Rooms)
    tickets: Tickets = field(default_factory=Tickets)
