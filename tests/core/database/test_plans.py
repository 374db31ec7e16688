from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from explorer.database.plan_words import words_of
from explorer.database.plans import finding_of, plan, sentence_of
from explorer.database.statements import Finding


@pytest.fixture
def shop() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
        CREATE UNIQUE INDEX ix_users_email ON users (email);
        CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price NUMERIC, owner_id INTEGER);
        CREATE INDEX ix_items_owner_id ON items (owner_id);
        CREATE TABLE pairs (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID;
        INSERT INTO items (name, owner_id) VALUES ('lamp', 1), ('desk', 1), ('pen', 2);
        """
    )
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("sql", "finding", "words"),
    [
        (
            "SELECT * FROM items WHERE name LIKE '%la%'",
            Finding.FULL_SCAN,
            "reads all 3 rows of items: a LIKE that starts with % cannot use an index",
        ),
        (
            "SELECT * FROM items AS i WHERE i.price > ?",
            Finding.FULL_SCAN,
            "reads all 3 rows of items: there is no index on price",
        ),
        (
            'SELECT * FROM ITEMS "my items" WHERE "my items".owner_id = 1',
            Finding.INDEX,
            "finds rows of items with owner_id=? by the index ix_items_owner_id",
        ),
        (
            "SELECT * FROM items x WHERE x.id IN (SELECT x.id FROM users x WHERE x.id = 1)",
            Finding.INDEX,
            "finds rows of x by the primary key with rowid=?",
        ),
        (
            "SELECT * FROM users WHERE lower(email) = :wanted",
            Finding.FULL_SCAN,
            "reads all 0 rows of users: an index on email does not help, because it is asked for lower(email)",
        ),
        ("SELECT count(*) FROM pairs", Finding.FULL_SCAN, "reads all 0 rows of pairs: the statement has no WHERE"),
        (
            "SELECT * FROM items LIMIT 2",
            None,
            "reads rows of items: it stops as soon as it has as many as LIMIT says",
        ),
        ("SELECT * FROM items WHERE id = 7", Finding.INDEX, "finds rows of items by the primary key with rowid=?"),
        (
            "SELECT * FROM items WHERE owner_id = ?",
            Finding.INDEX,
            "finds rows of items with owner_id=? by the index ix_items_owner_id",
        ),
        (
            "SELECT owner_id FROM items WHERE owner_id > 3",
            Finding.INDEX,
            "finds rows of items with owner_id>? by the index ix_items_owner_id, without looking into the table",
        ),
        ("SELECT * FROM pairs WHERE a = 1", Finding.INDEX, "finds rows of pairs by the primary key with a=?"),
        (
            "DELETE FROM items WHERE name = 'x'",
            Finding.FULL_SCAN,
            "reads all 3 rows of items: there is no index on name",
        ),
        (
            "UPDATE items SET price = 1 WHERE id = 1",
            Finding.INDEX,
            "finds rows of items by the primary key with rowid=?",
        ),
    ],
)
def test_that_a_plan_says_how_rows_are_found_and_why(
    shop: sqlite3.Connection, sql: str, finding: Finding | None, words: str
) -> None:
    steps = plan(shop, sql)
    assert (finding_of(steps), steps[0].words) == (finding, words)


def test_that_the_worst_step_of_a_plan_is_the_one_that_is_shown(shop: sqlite3.Connection) -> None:
    steps = plan(
        shop, "SELECT u.name, count(*) n FROM users u JOIN items i ON i.owner_id = u.id GROUP BY u.id ORDER BY n"
    )
    assert finding_of(steps) is Finding.FULL_SCAN
    assert [step.finding for step in steps].count(Finding.SORTS) >= 1
    detail, words = sentence_of(steps)
    assert detail.startswith("SCAN")
    assert words.startswith("reads all")


def test_that_steps_of_a_subquery_stand_below_it_and_name_the_table(shop: sqlite3.Connection) -> None:
    steps = plan(shop, "SELECT (SELECT count(*) FROM items x WHERE x.owner_id = u.id) FROM users u")
    inner = [step for step in steps if step.depth > 0]
    assert "anew for each row" in " ".join(step.words for step in steps)
    assert inner[-1].table == "items"


def test_that_exists_names_the_table_whether_sqlite_makes_a_subquery_of_it_or_a_join(shop: sqlite3.Connection) -> None:
    steps = plan(shop, "SELECT * FROM users u WHERE EXISTS (SELECT 1 FROM items x WHERE x.owner_id = u.id)")
    assert steps[-1].table == "items"
    assert steps[-1].words.startswith("finds rows of items with owner_id=? by the index")


def test_that_what_has_no_plan_gives_none(shop: sqlite3.Connection) -> None:
    assert plan(shop, "COMMIT") == ()
    assert finding_of(()) is None
    assert sentence_of(()) == ("", "")


@pytest.mark.parametrize(
    ("detail", "part", "finding"),
    [
        ("SCAN TABLE items", "reads every row of items", Finding.FULL_SCAN),  # SQLite 3.35 and older
        ("SCAN TABLE items AS i USING COVERING INDEX ix", "index ix alone", Finding.FULL_SCAN),
        ("SEARCH TABLE items USING INTEGER PRIMARY KEY (rowid=?)", "primary key", Finding.INDEX),
        ("SEARCH i USING AUTOMATIC COVERING INDEX (owner_id=?)", "for this statement alone", Finding.SORTS),
        ("SEARCH u USING INDEX ix odd (a=? AND b>?) LEFT-JOIN", "with a=? and b>? by the index ix odd", Finding.INDEX),
        ("SCAN a EXISTS", "every row of a, or up to the first that fits (EXISTS)", Finding.FULL_SCAN),  # from 3.51 on
        ("SCAN a EXISTS USING COVERING INDEX ix", "the index ix alone, or up to the first", Finding.FULL_SCAN),
        ("SEARCH a EXISTS USING INDEX ix (x>?)", "rows of a with x>? by the index ix, and no more", Finding.INDEX),
        ("SEARCH a EXISTS USING INTEGER PRIMARY KEY (rowid=?)", "rowid=?, and no more than one", Finding.INDEX),
        ("SCAN n EXISTS VIRTUAL TABLE INDEX 0:M0", "module behind n,", None),
        ("SCAN u USING INDEX ix LEFT-JOIN", "in the order of the index ix", Finding.FULL_SCAN),
        ("USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY", "last 2 terms", Finding.SORTS),
        ("USE TEMP B-TREE FOR RIGHT PART OF ORDER BY", "right part", Finding.SORTS),
        ("USE TEMP B-TREE FOR DISTINCT", "comes twice", Finding.SORTS),
        ("USE TEMP B-TREE FOR count(DISTINCT)", "count(DISTINCT)", Finding.SORTS),
        ("USE TEMP B-TREE FOR GROUP BY", "groups", Finding.SORTS),
        ("SCAN notes VIRTUAL TABLE INDEX 0:M1", "module behind notes", None),
        ("SCAN (subquery-2)", "subquery", None),
        ("SCAN 3 CONSTANT ROWS", "no table", None),
        ("MULTI-INDEX OR", "OR", Finding.INDEX),
        ("UNION USING TEMP B-TREE", "UNION", None),
        ("COMPOUND SUBQUERIES 1 AND 2 USING TEMP B-TREE (EXCEPT)", "EXCEPT", None),
        ("MERGE (UNION)", "sorted lists", None),
        ("MATERIALIZE recent", "recent once", None),
        ("CO-ROUTINE recent", "row by row", None),
        ("BLOOM FILTER ON i (owner_id=?)", "filter", None),
        ("CORRELATED SCALAR SUBQUERY 3", "anew for each row", None),
        ("SOMETHING NOBODY KNOWS YET", "SOMETHING NOBODY KNOWS YET", None),
    ],
)
def test_that_lines_of_all_versions_are_put_into_words(detail: str, part: str, finding: Finding | None) -> None:
    words, found, _ = words_of(detail)
    assert part in words
    assert found is finding
