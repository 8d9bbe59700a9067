"""What the pages of snapshots say: still to be read, saved with their index, read back."""

from __future__ import annotations

import msgspec

from linkshot.errors import SnapshotNotFound
from linkshot.page.reading import Policy, Reading
from linkshot.store.library import Library
from linkshot.store.reading_rows import read_whole, shown_tree, write_policy, write_reading
from linkshot.store.records import SnapshotRecord
from linkshot.store.rules import apply_rules
from linkshot.store.search.index import Fresh, forget_tree, merge_index, refresh_link
from linkshot.store.snapshots import snapshots_where
from linkshot.store.texts import storable


def pending_readings(library: Library, limit: int = 100) -> list[SnapshotRecord]:
    """Snapshots whose page was not read yet, newest first; unchanged content only once."""
    return snapshots_where(
        library.database,
        """
        WHERE snapshot.id IN (
            SELECT max(snapshot.id)
            FROM tree
            JOIN snapshot ON snapshot.tree_id = tree.id
            WHERE tree.reading_state = 'pending'
            GROUP BY tree.id
            ORDER BY tree.id DESC
            LIMIT ?
        )
        ORDER BY snapshot.id DESC
        """,
        (limit,),
    )


def pending_version(library: Library, link_id: int) -> SnapshotRecord | None:
    """The link's newest version where its page was not read yet."""
    versions = snapshots_where(
        library.database,
        """
        WHERE tree.reading_state = 'pending' AND snapshot.id = (
            SELECT newest.id
            FROM snapshot AS newest
            WHERE newest.link_id = ?
            ORDER BY newest.captured_at DESC, newest.id DESC
            LIMIT 1
        )
        """,
        (link_id,),
    )
    return versions[0] if versions else None


def save_reading(library: Library, snapshot_id: int, reading: Reading) -> None:
    """Keep what the page says, index it, and apply the rules where it is new; one transaction.

    Inside a larger one it is left to that to merge the index (`merge_index`) for all its pages.

    Raises:
        SnapshotNotFound: no snapshot has this id.
    """
    database = library.database
    reading = _storable(reading)
    is_alone = not database.in_transaction()
    with library.transaction():
        tree_id, state = _tree_of(library, snapshot_id)
        links = set(forget_tree(database, tree_id))
        write_reading(database, tree_id, reading)
        database.run(
            "UPDATE tree SET reading_state = 'read', reading_error = '' WHERE id = ?", (tree_id,)
        )
        rows = database.rows("SELECT DISTINCT link_id FROM snapshot WHERE tree_id = ?", (tree_id,))
        for link_id in sorted(links.union(link_id for (link_id,) in rows)):
            if shown_tree(database, link_id) == tree_id:
                _show_reading(library, link_id, reading)
            refresh_link(database, link_id, Fresh(tree_id, reading))
            if state == "pending":
                apply_rules(database, link_id)
        if is_alone:
            merge_index(database, 1, len(reading.text))


def fail_reading(library: Library, snapshot_id: int, reason: str) -> None:
    """Mark that the page could not be read, so that it is not tried for ever.

    Raises:
        SnapshotNotFound: no snapshot has this id.
    """
    with library.transaction():
        library.database.run(
            "UPDATE tree SET reading_state = 'failed', reading_error = ? WHERE id = ?",
            (reason, _tree_of(library, snapshot_id)[0]),
        )


def get_reading(library: Library, snapshot_id: int) -> Reading | None:
    """What the page says, or None where it was not read.

    Raises:
        SnapshotNotFound: no snapshot has this id.
    """
    return read_whole(library.database, _tree_of(library, snapshot_id)[0])


def _tree_of(library: Library, snapshot_id: int) -> tuple[int, str]:
    """The snapshot's tree and whether that was read."""
    row = library.database.row(
        """
        SELECT tree.id, tree.reading_state
        FROM snapshot
        JOIN tree ON tree.id = snapshot.tree_id
        WHERE snapshot.id = ?
        """,
        (snapshot_id,),
    )
    if row is None:
        raise SnapshotNotFound(snapshot=snapshot_id)
    return row[0], row[1]


def _show_reading(library: Library, link_id: int, reading: Reading) -> None:
    """Language, day and policy card of the link, for filters; the day is the page's own where it says one.

    A document's day is the one it was written on, however much later a website published it.
    """
    policy = reading.policy or Policy()
    day = (policy.written or policy.issued or reading.published)[:10]
    write_policy(library.database, link_id, reading.policy)
    library.database.run(
        """
        UPDATE link
        SET lang = ?,
            dated_on = CASE WHEN ? = '' THEN dated_on ELSE ? END
        WHERE id = ?
        """,
        (reading.lang, day, day, link_id),
    )


def _storable(reading: Reading) -> Reading:
    texts = {
        name: storable(value)
        for name, value in msgspec.structs.asdict(reading).items()
        if isinstance(value, str)
    }
    keywords = [storable(keyword) for keyword in reading.keywords]
    return msgspec.structs.replace(reading, **texts, keywords=keywords)
