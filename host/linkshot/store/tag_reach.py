"""Which links stand under a tag, and the counts that follow from it, worked out from the rows."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from linkshot.store.database import Database

# The trash is small: to leave it out is several times cheaper than to look up every link.
_UNDER = """
    WITH RECURSIVE below (id) AS (
        SELECT ?
        UNION
        SELECT tag.id
        FROM tag
        JOIN below ON tag.parent_id = below.id
    )
    SELECT link_tag.link_id
    FROM below
    JOIN link_tag ON link_tag.tag_id = below.id
    WHERE link_tag.link_id NOT IN (SELECT id FROM link WHERE trashed_at IS NOT NULL)
"""
_COUNT = """
    UPDATE tag
    SET links_below = (SELECT count(*) FROM tag_reach WHERE tag_reach.tag_id = tag.id),
        links = (
            SELECT count(*)
            FROM link_tag
            WHERE link_tag.tag_id = tag.id
                AND link_tag.link_id NOT IN (SELECT id FROM link WHERE trashed_at IS NOT NULL)
        )
    WHERE id = ?
"""


def rebuild_reach(database: Database, tag_ids: Iterable[int]) -> None:
    """Reach and counts of these tags, inside the caller's transaction; only rows that differ are written."""
    for tag_id in sorted(tag_ids):
        wanted = _ids(database, _UNDER, tag_id)
        had = _ids(database, "SELECT link_id FROM tag_reach WHERE tag_id = ?", tag_id)
        database.run(
            """
            DELETE FROM tag_reach
            WHERE tag_id = ? AND link_id IN (SELECT value FROM json_each(?))
            """,
            (tag_id, json_ids(had - wanted)),
        )
        database.run(
            "INSERT INTO tag_reach (tag_id, link_id) SELECT ?, value FROM json_each(?)",
            (tag_id, json_ids(wanted - had)),
        )
        database.run(_COUNT, (tag_id,))


def rebuild_all_reach(database: Database) -> None:
    """Reach and counts of all tags."""
    rebuild_reach(database, [tag_id for (tag_id,) in database.rows("SELECT id FROM tag")])


def add_reach(database: Database, tag_id: int, link_ids: set[int]) -> None:
    """Let links that are not in the trash stand under a tag; those that do stay as they are."""
    added = database.run(
        """
        INSERT INTO tag_reach (tag_id, link_id)
        SELECT ?, value
        FROM json_each(?)
        WHERE true
        ON CONFLICT DO NOTHING
        """,
        (tag_id, json_ids(link_ids)),
    )
    _count_below(database, tag_id, added)


def remove_reach(database: Database, tag_id: int, link_ids: set[int]) -> None:
    """Let links stand no longer under a tag, unless they have it, or one below it, all the same."""
    removed = database.run(
        """
        DELETE FROM tag_reach
        WHERE tag_id = ? AND link_id IN (SELECT value FROM json_each(?))
        """,
        (tag_id, json_ids(link_ids - _still_under(database, tag_id, link_ids))),
    )
    _count_below(database, tag_id, -removed)


def count_own(database: Database, tag_id: int, more: int) -> None:
    """Count links that were given the very tag, or lost it."""
    database.run("UPDATE tag SET links = links + ? WHERE id = ?", (more, tag_id))


def trashed_links(database: Database) -> set[int]:
    """The links in the trash, which no tag counts."""
    return {found for (found,) in database.rows("SELECT id FROM link WHERE trashed_at IS NOT NULL")}


def _still_under(database: Database, tag_id: int, link_ids: set[int]) -> set[int]:
    """Of the links those that have the tag or one below it: by their own few tags, not by all tags below."""
    path_key = database.value("SELECT path_key FROM tag WHERE id = ?", (tag_id,))
    rows = database.rows(
        """
        SELECT link_tag.link_id
        FROM json_each(?)
        JOIN link_tag ON link_tag.link_id = value
        JOIN tag ON tag.id = link_tag.tag_id
        WHERE tag.path_key = ? OR substr(tag.path_key, 1, ?) = ?
        """,
        (json_ids(link_ids), path_key, len(path_key) + 1, f"{path_key}/"),
    )
    return {link_id for (link_id,) in rows}


def _count_below(database: Database, tag_id: int, more: int) -> None:
    database.run("UPDATE tag SET links_below = links_below + ? WHERE id = ?", (more, tag_id))


def json_ids(link_ids: Iterable[int]) -> str:
    """Ids as one value for `json_each`: one statement is several times faster than one for each.

    In order, so that rows are met as the table has them.
    """
    return msgspec.json.encode(sorted(link_ids)).decode()


def _ids(database: Database, sql: str, tag_id: int) -> set[int]:
    return {link_id for (link_id,) in database.rows(sql, (tag_id,))}
