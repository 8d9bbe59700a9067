"""The rows of tags; every call runs inside its caller's transaction.

Three things are kept in step: `link_tag` (what was given), `tag_reach` (each link once under
each tag and all above it, without the trash), and the counts on `tag` and `link`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from linkshot.errors import LinkNotFound
from linkshot.store.database import Database
from linkshot.store.tag_names import index_names
from linkshot.store.tag_paths import ancestors, last_level, tag_key
from linkshot.store.tag_scripts import find_in_other_script

_IDS_AT_ONCE = 500


def check_links(database: Database, link_ids: Sequence[int]) -> None:
    """Raise LinkNotFound for the first id that no link has."""
    for link_id in link_ids:
        if database.row("SELECT 1 FROM link WHERE id = ?", (link_id,)) is None:
            raise LinkNotFound(link=link_id)


def find_tag(database: Database, path: str) -> int | None:
    """The id of the tag with this path or alias, or None."""
    key = tag_key(path)
    found: int | None = database.value("SELECT id FROM tag WHERE path_key = ?", (key,))
    if found is None:
        found = database.value("SELECT tag_id FROM tag_alias WHERE alias_key = ?", (key,))
    return find_in_other_script(database, path) if found is None else found


def ensure_tag(database: Database, path: str) -> int:
    """The id of the tag with this path or alias, made with all above it where there is none."""
    found = find_tag(database, path)
    if found is not None:
        return found
    above = ancestors(path)
    parent_id = ensure_tag(database, above[-1]) if above else None
    if parent_id is not None:
        # The level above as it is written already, or as the tag that its alias means.
        parent_path = database.value("SELECT path FROM tag WHERE id = ?", (parent_id,))
        path = f"{parent_path}/{last_level(path)}"
        found = find_tag(database, path)
        if found is not None:
            return found
    made: int = database.value(
        "INSERT INTO tag (path, path_key, parent_id) VALUES (?, ?, ?) RETURNING id",
        (path, tag_key(path), parent_id),
    )
    index_names(database, made)
    return made


def give_tags(database: Database, link_id: int, tag_ids: Iterable[int]) -> None:
    """Add tags to one link and keep reach and counts."""
    own = [
        tag_id
        for tag_id in tag_ids
        if database.run(
            "INSERT INTO link_tag (link_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (link_id, tag_id),
        )
    ]
    if own:
        database.run("UPDATE link SET tag_count = tag_count + ? WHERE id = ?", (len(own), link_id))
        if not is_trashed(database, link_id):
            add_counts(database, "links", Counter(own), 1)
            refresh_reach(database, link_id)


def is_trashed(database: Database, link_id: int) -> bool:
    """Whether the link is in the trash."""
    return database.value("SELECT trashed_at FROM link WHERE id = ?", (link_id,)) is not None


def refresh_reach(database: Database, link_id: int) -> None:
    """Make the link's reach what its tags say; none in the trash."""
    wanted: set[int] = set()
    if not is_trashed(database, link_id):
        rows = database.rows(
            """
            WITH RECURSIVE above (id) AS (
                SELECT tag_id FROM link_tag WHERE link_id = ?
                UNION
                SELECT tag.parent_id
                FROM tag
                JOIN above ON above.id = tag.id
                WHERE tag.parent_id IS NOT NULL
            )
            SELECT id FROM above
            """,
            (link_id,),
        )
        wanted = {tag_id for (tag_id,) in rows}
    rows = database.rows("SELECT tag_id FROM tag_reach WHERE link_id = ?", (link_id,))
    had = {tag_id for (tag_id,) in rows}
    for tag_id in had - wanted:
        database.run("DELETE FROM tag_reach WHERE tag_id = ? AND link_id = ?", (tag_id, link_id))
    for tag_id in wanted - had:
        database.run("INSERT INTO tag_reach (tag_id, link_id) VALUES (?, ?)", (tag_id, link_id))
    add_counts(database, "links_below", Counter(had - wanted), -1)
    add_counts(database, "links_below", Counter(wanted - had), 1)


def add_counts(database: Database, column: str, counts: Counter[int], sign: int) -> None:
    """Add to a count of tags."""
    database.run_many(
        f"UPDATE tag SET {column} = {column} + ? WHERE id = ?",  # noqa: S608 - our own names
        [(sign * count, tag_id) for tag_id, count in counts.items()],
    )


def tags_of(database: Database, link_ids: Sequence[int]) -> dict[int, list[str]]:
    """The own tags of each of the links, by name."""
    tags: dict[int, list[str]] = {link_id: [] for link_id in link_ids}
    for start in range(0, len(link_ids), _IDS_AT_ONCE):
        part = link_ids[start : start + _IDS_AT_ONCE]
        rows = database.rows(
            f"""
            SELECT link_tag.link_id, tag.path
            FROM link_tag
            JOIN tag ON tag.id = link_tag.tag_id
            WHERE link_tag.link_id IN ({",".join("?" * len(part))})
            ORDER BY tag.path_key
            """,  # noqa: S608 - marks only
            part,
        )
        for link_id, path in rows:
            tags[link_id].append(path)
    return tags
