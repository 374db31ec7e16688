"""What a statement of the read-only console may do: an authorizer that SQLite asks before anything runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_WRITING = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
_FORBIDDEN_FUNCTIONS = {"load_extension", "writefile", "readfile", "edit", "fts3_tokenizer", "sqlite_log"}
# They tell about what their argument names, and set nothing.
_PRAGMAS_ABOUT = {
    *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"),
    *("foreign_key_check", "integrity_check", "quick_check", "database_list", "function_list", "collation_list"),
    *("compile_options", "pragma_list", "module_list", "data_version"),
}
# They tell a setting, as long as no new one is given.
_PRAGMAS_TELLING = {
    *("application_id", "auto_vacuum", "automatic_index", "busy_timeout", "cache_size", "defer_foreign_keys"),
    *("encoding", "foreign_keys", "freelist_count", "ignore_check_constraints", "journal_mode", "journal_size_limit"),
    *("locking_mode", "max_page_count", "mmap_size", "page_count", "page_size", "query_only", "recursive_triggers"),
    *("schema_version", "secure_delete", "synchronous", "temp_store", "threads", "trusted_schema", "user_version"),
    *("wal_autocheckpoint"),
}


class Refusal:
    """Remembers what was refused last, because SQLite itself says only ``not authorized``."""

    def __init__(self) -> None:
        self.sentence = ""


@contextmanager
def reading_only(connection: sqlite3.Connection, *, explain: bool = False) -> Iterator[Refusal]:
    """Let only statements through that read. The connection should be a read-only one besides.

    Args:
        connection: on which statements are going to run.
        explain: whether writing statements may be compiled, because they are explained and not run.
    """
    refusal = Refusal()

    def authorize(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
        allowed = action in _READING or (explain and action in _WRITING) or _is_harmless(action, first, second)
        if not allowed:
            refusal.sentence = _refused(action, first, second)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    connection.set_authorizer(authorize)
    try:
        yield refusal
    finally:
        connection.set_authorizer(None)


def _is_harmless(action: int, first: str | None, second: str | None) -> bool:
    if action == sqlite3.SQLITE_UPDATE:
        # So SQLite makes up the shape of a table-valued function such as json_each; a statement cannot do it.
        return first in {"sqlite_master", "sqlite_schema"}
    if action == sqlite3.SQLITE_FUNCTION:
        return (second or "").lower() not in _FORBIDDEN_FUNCTIONS
    if action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        return name in _PRAGMAS_ABOUT or (name in _PRAGMAS_TELLING and second is None)
    return False


def _refused(action: int, first: str | None, second: str | None) -> str:
    if action == sqlite3.SQLITE_FUNCTION:
        return f"The console does not call {second}: it reaches beyond the database."
    if action == sqlite3.SQLITE_PRAGMA:
        return f"The console reads only, and PRAGMA {first} may change something: it is not run."
    if action in {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}:
        return "The console reads this database only: ATTACH and DETACH are not run."
    if action in {sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT}:
        return "The console holds no transaction, so that nobody waits for it: each statement sees the newest data."
    return (
        "The console reads only: this statement would change the database. Send a request that does it, or put "
        "EXPLAIN QUERY PLAN in front to see how it would find its rows."
    )
