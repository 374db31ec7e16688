"""Tables that other programs trip over."""

from __future__ import annotations

WIDE = ", ".join(f"c{number} INTEGER" for number in range(2_000))
ODD = f"""
CREATE TABLE "a ""b"" 'c' %;--" ("id ""x"" y" INTEGER PRIMARY KEY, "the name" TEXT);
INSERT INTO "a ""b"" 'c' %;--" VALUES (1, 'one'), (2, 'two');
CREATE TABLE wide ({WIDE});
INSERT INTO wide (c0, c1999) VALUES (1, 2), (3, 4);
CREATE TABLE computed (a INTEGER, twice INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL, kept AS (a || '!') STORED);
INSERT INTO computed (a) VALUES (21);
CREATE TABLE mixed (a INTEGER, b);
INSERT INTO mixed VALUES ('not a number', 9e999), (1.5, -9e999), (9223372036854775807, CAST(x'fffe41' AS TEXT)),
  (NULL, 'a' || char(0) || 'b');
CREATE TABLE gone (a);
CREATE VIEW broken AS SELECT a FROM gone;
CREATE VIEW fails AS SELECT abs(-9223372036854775808) AS a;
CREATE TABLE keyed (code TEXT, part INTEGER, note TEXT, PRIMARY KEY (code, part)) WITHOUT ROWID;
INSERT INTO keyed VALUES ('b', 1, 'x'), ('a', 2, 'y'), ('a', 1, 'z');
CREATE TABLE taken (rowid TEXT, _rowid_ TEXT, oid TEXT);
INSERT INTO taken VALUES ('a', 'b', 'c');
CREATE VIRTUAL TABLE words USING fts5(word);
INSERT INTO words VALUES ('tea'), ('pot');
CREATE TABLE lone (v TEXT);
INSERT INTO lone VALUES (zeroblob(9000));
CREATE VIEW long_ones AS SELECT printf('%.5000c', 'x') AS text, zeroblob(9000) AS blob;
"""  # noqa: S608
