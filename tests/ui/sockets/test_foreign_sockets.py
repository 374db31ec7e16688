"""Connections of other programs, of which not all get a column."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from explorer.client.sockets.server_view import SeenConnection
from explorer.ui import names
from explorer.ui.models.foreign_sockets import MOST_FOREIGN, left_out, with_columns

from .conftest import MakeRoom


def seen(number: int, *, over: bool = False) -> SeenConnection:
    return SeenConnection(
        trace_id=str(number), path="/ws", query="", peer="", agent="", key="", since_ns=number, accepted=True, over=over
    )


def test_that_the_newest_of_those_that_are_open_get_the_columns_and_the_others_are_counted() -> None:
    known = [seen(0), seen(1), seen(2, over=True), *(seen(number) for number in range(3, 3 + MOST_FOREIGN))]
    assert [each.since_ns for each in with_columns(known)] == list(range(3, 3 + MOST_FOREIGN))
    assert left_out(known).startswith("3 more connections from elsewhere (2 open): hide one")
    assert left_out(known[-MOST_FOREIGN:]) == ""


def test_that_what_has_no_column_is_said_below_the_clients(make_room: MakeRoom) -> None:
    room = make_room()
    (more,) = room.findChildren(QLabel, names.SOCKETS_MORE)
    assert not more.isVisible()
    room.sidebar.set_more("1 more connection from elsewhere (1 open): hide one of those above to see the next.")
    assert more.isVisible()
    assert more.text().startswith("1 more")
