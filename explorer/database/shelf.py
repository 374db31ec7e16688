"""Keeps the views of the queries that were shown last, and what was found out about them."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from concurrent.futures import Future

from explorer.database.changes import Key
from explorer.database.conditions import condition
from explorer.database.grid import GridQuery, Page
from explorer.database.mapped_view import MappedView
from explorer.database.marks import Marks
from explorer.database.orders import KeyOrdering, has_key_order, has_order, is_key, key_of
from explorer.database.overlay import Overlay, Placed
from explorer.database.own_folder import OwnFolder
from explorer.database.progress import Progress
from explorer.database.read_schema import read_schema
from explorer.database.reader import Reader
from explorer.database.schema import Schema, Table
from explorer.database.sorted_view import SortedView
from explorer.database.trouble import DatabaseError, Trouble
from explorer.database.views import AT_THE_TOP, SkippingView, View, is_small
from explorer.database.watch import Version

_KEPT = 8


class Shelf:
    """Views by query. All methods but `progress`, `stop` and `resume` are used on the front reader's thread."""

    def __init__(self, back: Reader, folder: OwnFolder) -> None:
        self._back = back
        self._views: OrderedDict[GridQuery, View] = OrderedDict()
        self._schema = Schema()
        self._version: Version | None = None
        self._shown: View | None = None
        self._laid: tuple[tuple[object, ...], Overlay, Placed] | None = None
        self._folder = folder

    def page(self, connection: sqlite3.Connection, version: Version, query: GridQuery, first: int, count: int) -> Page:
        """Return rows of a query."""
        connection.execute("BEGIN")  # keys and cells of one moment
        try:
            self._keep_up(connection, version)
            table = self._table(query.table)
            view = self._view(connection, query, table)
            overlay, placed = self._laid_over(connection, view, query, table)
            its_first, its_count = placed.living(first, count)
            rows = [overlay.row(row) for row in view.rows(connection, its_first, its_count)]
            progress = view.progress()
        finally:
            connection.execute("ROLLBACK")
        page = placed.merged(first, count, rows)
        total = progress.total + placed.count
        if page and len(page) < count and not progress.exact:
            total = min(total, first + len(page))  # the estimate was too high: here is the end
        return Page(
            first=first,
            rows=page,
            total=total,
            exact=progress.exact,
            version=progress.version,
            gone_at_top=placed.at_top,
        )

    def number(self, connection: sqlite3.Connection, version: Version, query: GridQuery, key: Key) -> int | None:
        """Return the number of a row by its key, or None."""
        connection.execute("BEGIN")
        try:
            self._keep_up(connection, version)
            table = self._table(query.table)
            view = self._view(connection, query, table)
            if not key_of(table):
                return None
            rank = view.rank(connection, key)
            _, placed = self._laid_over(connection, view, query, table)
        finally:
            connection.execute("ROLLBACK")
        if rank is None or (not rank.there and not placed.has(key)):
            return None
        return placed.number(key, rank.before)

    def progress(self, query: GridQuery) -> Progress | None:
        """Tell how far a query's numbering is."""
        view = self._views.get(query)
        return view.progress() if view is not None else None

    def stop(self, query: GridQuery) -> None:
        """Stop what is under way for a query."""
        view = self._views.get(query)
        if view is not None:
            view.stop()

    def resume(self, query: GridQuery) -> None:
        """Begin again what was stopped."""
        view = self._views.get(query)
        if view is not None:
            view.resume()

    def count(self, query: GridQuery) -> Future[int]:
        """Give how many rows there are."""
        return self._back.submit(lambda connection: count_rows(connection, query))

    def close(self) -> None:
        """Let go of everything."""
        for view in self._views.values():
            view.close()
        self._views.clear()

    def _keep_up(self, connection: sqlite3.Connection, version: Version) -> None:
        before = self._version
        if before is None or (before[0], before[2]) != (version[0], version[2]):
            self._schema = _schema_inside(connection)
            for view in self._views.values():
                view.close()
            self._views.clear()
        elif before != version:
            for view in self._views.values():
                view.renew()
        self._version = version  # last: whoever is stopped before it begins anew

    def _table(self, name: str) -> Table:
        table = self._schema.find(name)
        if table is None:
            raise _no_table(name)
        if table.problem is not None:
            raise DatabaseError(Trouble.REFUSED, table.problem)
        return table

    def _view(self, connection: sqlite3.Connection, query: GridQuery, table: Table) -> View:
        view = self._views.get(query)
        if view is None:
            view = self._made(connection, query, table)
            self._views[query] = view  # in one step: `progress` looks from another thread
            while len(self._views) > _KEPT:
                self._views.popitem(last=False)[1].close()
        if self._shown is not view:
            if self._shown is not None:
                self._shown.pause()
            self._shown = view
            view.wake()
        self._views.move_to_end(query)
        return view

    def _laid_over(
        self, connection: sqlite3.Connection, view: View, query: GridQuery, table: Table
    ) -> tuple[Overlay, Placed]:
        """Return what marks the rows, and where the rows that are gone stand; worked out once for all pages."""
        what = (view, query.overlay, self._version, view.progress().version)
        if self._laid is None or self._laid[0] != what:
            overlay = Overlay(query.overlay, table, condition(query.filters, table))
            self._laid = what, overlay, _placed(connection, view, query, overlay)
        return self._laid[1], self._laid[2]

    def _made(self, connection: sqlite3.Connection, query: GridQuery, table: Table) -> View:
        if not key_of(table):
            return SkippingView(query, table, self._back)
        if is_small(connection, table):
            return SkippingView(query, table)
        if not has_key_order(connection, table):
            return SkippingView(query, table, self._back)
        order = query.order
        if order is None or is_key(table, order.column):
            return MappedView(query, table, self._back)
        if not query.filters and has_order(connection, table, order.column):
            return MappedView(query, table, self._back, by_index=True)
        return SortedView(query, order, table, self._back, self._folder.path())


def count_rows(connection: sqlite3.Connection, query: GridQuery) -> int:
    """Count the rows of a query; those of a large table in small steps, between which nothing is held."""
    table = read_schema(connection).find(query.table)
    if table is None:
        raise _no_table(query.table)
    if query.filters or not key_of(table) or is_small(connection, table) or not has_key_order(connection, table):
        return SkippingView(query, table).count(connection)
    marks = Marks(KeyOrdering(table))
    for _ in marks.survey(connection):
        pass
    return marks.counted


def _schema_inside(connection: sqlite3.Connection) -> Schema:
    connection.execute("COMMIT")
    try:
        return read_schema(connection)
    finally:
        connection.execute("BEGIN")


def _no_table(name: str) -> DatabaseError:
    return DatabaseError(Trouble.REFUSED, f"There is no table {name} (any more).")


def _placed(connection: sqlite3.Connection, view: View, query: GridQuery, overlay: Overlay) -> Placed:
    if not overlay.deleted:
        return Placed(overlay, {})
    places = view.places_of_gone(connection, overlay.gone_by(query.order.column if query.order is not None else None))
    if places is not None:
        return Placed(overlay, places)
    ranks = {key: view.rank(connection, key) for key in overlay.deleted}
    known = {key: rank.before for key, rank in ranks.items() if rank is not None and not rank.there}
    return Placed(overlay, known, at_top=any(rank is AT_THE_TOP for rank in ranks.values()))
