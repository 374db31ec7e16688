"""Rooms: people who hear what each of them says. It knows nothing of WebSockets.

Only the event loop's thread may touch a room. There nothing happens at the same time, so no lock is needed.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from demo_api.errors import ConflictError, NotFoundError
from demo_api.models.chat import ChatMessage, RoomState

MOST_ROOMS = 50
MOST_MEMBERS = 50
MOST_WAITING = 32
"""How many messages may wait for one slow member."""

MOST_REMEMBERED = 20


class Member:
    """Somebody in a room.

    Attributes:
        name: how they want to be called.
        outbox: what they have not been sent yet.
        too_slow: set when the outbox overflowed; whoever serves this member ends the connection then.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.outbox: asyncio.Queue[ChatMessage | bytes] = asyncio.Queue(MOST_WAITING)
        self.too_slow = asyncio.Event()


class Room:
    """One room: who is in it, and what was said last."""

    def __init__(self) -> None:
        self.members: set[Member] = set()
        self.history: deque[ChatMessage] = deque(maxlen=MOST_REMEMBERED)

    def say(self, message: ChatMessage) -> int:
        """Put a message into every outbox, and return into how many."""
        self.history.append(message)
        return self._pass_on(message)

    def show(self, name: str, picture: bytes) -> int:
        """Put a picture into every outbox as it is. Only how large it was is remembered."""
        self.history.append(ChatMessage(kind="showed", name=name, text=f"{len(picture)} bytes"))
        return self._pass_on(picture)

    def _pass_on(self, message: ChatMessage | bytes) -> int:
        """Put something into every outbox, and return into how many. It never waits for anybody.

        A member who reads too slowly, or whose cable was pulled, loses the place. Otherwise their messages would pile
        up in memory, or everyone else would wait for them.
        """
        for member in list(self.members):
            try:
                member.outbox.put_nowait(message)
            except asyncio.QueueFull:
                self.members.discard(member)
                member.too_slow.set()
        return len(self.members)


class Rooms:
    """All rooms. A room opens with its first member and goes with its last."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    @contextmanager
    def join(self, name: str, member_name: str) -> Iterator[tuple[Room, Member]]:
        """Be in a room, until the `with` block ends, however it ends.

        Raises:
            ConflictError: there is no space.
        """
        room = self._rooms.get(name)
        if room is None and len(self._rooms) >= MOST_ROOMS:
            raise ConflictError(f"All {MOST_ROOMS} rooms are taken.")
        room = self._rooms.setdefault(name, room or Room())
        if len(room.members) >= MOST_MEMBERS:
            raise ConflictError(f"The room {name} is full: {MOST_MEMBERS} are in it.")
        member = Member(member_name)
        room.members.add(member)
        room.say(ChatMessage(kind="joined", name=member_name))
        try:
            yield room, member
        finally:
            room.members.discard(member)
            room.say(ChatMessage(kind="left", name=member_name))
            if not room.members and self._rooms.get(name) is room:
                del self._rooms[name]

    def find(self, name: str) -> Room:
        """Return a room.

        Raises:
            NotFoundError: nobody is in it, so it does not exist.
        """
        room = self._rooms.get(name)
        if room is None:
            raise NotFoundError(f"Nobody is in the room {name}.")
        return room

    def state(self) -> list[RoomState]:
        """Return what the rooms hold."""
        return [
            RoomState(
                name=name, members=sorted(member.name for member in room.members), last_messages=list(room.history)
            )
            for name, room in self._rooms.items()
        ]
