"""What the person chose for this library, by name; what has no row is as it is by default."""

STATEMENTS = ("CREATE TABLE choice (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",)
