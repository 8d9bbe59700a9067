"""Numbered migrations: `mNNNN_<name>.py`, each with `STATEMENTS`, applied in order.

A migration and its record (`PRAGMA user_version`) are one transaction. Migrations are never
changed once released; a later one corrects an earlier one.
"""

from __future__ import annotations

from importlib import import_module

from linkshot.errors import LibraryNewer, NotALibrary
from linkshot.store.database import APPLICATION_ID, DIALECT, Database

MIGRATIONS = (
    "m0001_library",
    "m0002_search",
    "m0003_tags",
    "m0004_finding",
    "m0005_choices",
    "m0006_tag_list",
    "m0007_policies",
    "m0008_merging",
    "m0009_asked",
)
KNOWN_VERSION = len(MIGRATIONS)


def ensure_current(database: Database) -> None:
    """Bring the database to this program's schema.

    Raises:
        LibraryNewer: a newer program migrated it; nothing is changed.
        NotALibrary: it is another program's database; nothing is changed.
    """
    version = _version(database)
    database.ensure_form()
    if version == KNOWN_VERSION:
        return
    with database.transaction_of_writes():
        for number in range(_version(database) + 1, KNOWN_VERSION + 1):
            _apply(database, number)


def _version(database: Database) -> int:
    # In one statement, as another process may be making the library meanwhile.
    [(application_id, version, tables)] = database.rows(
        """
        SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)
        FROM pragma_application_id, pragma_user_version
        """
    )
    if application_id != APPLICATION_ID:
        if version or tables:
            raise NotALibrary(path=database.path, reason="another program made this database")
        return 0
    if version > KNOWN_VERSION:
        raise LibraryNewer(path=database.path.parent, found=version, known=KNOWN_VERSION)
    return int(version)


def _apply(database: Database, number: int) -> None:
    migration = import_module(f"{__name__}.{MIGRATIONS[number - 1]}")
    for statement in migration.STATEMENTS:
        database.run(statement.format(**DIALECT))
    database.run(f"PRAGMA application_id = {APPLICATION_ID}")
    database.run(f"PRAGMA user_version = {number}")
