"""The first schema. Moments are microseconds since 1970 in UTC; hashes are 32 bytes.

`tree` is what a snapshot is made of: its resources and its reading. Snapshots of unchanged
content share one. `link_tag` holds the tags a link was given; `tag_reach` the links that stand
under each tag, its own and all below, without those in the trash.
"""

STATEMENTS = (
    """
    CREATE TABLE blob (
        id {id},
        sha256 {bytes} NOT NULL UNIQUE,
        size {bigint} NOT NULL,
        stored_size {bigint} NOT NULL,
        coding TEXT NOT NULL CHECK (coding IN ('plain', 'zstd')),
        base_id {bigint} REFERENCES blob (id),
        depth INTEGER NOT NULL,
        in_file INTEGER NOT NULL,
        lost INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX blob_base ON blob (base_id) WHERE base_id IS NOT NULL",
    """
    CREATE TABLE blob_data (
        blob_id {bigint} NOT NULL PRIMARY KEY REFERENCES blob (id) ON DELETE CASCADE,
        data {bytes} NOT NULL
    )
    """,
    """
    CREATE TABLE link (
        id {id},
        url TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        site TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        starred INTEGER NOT NULL DEFAULT 0,
        lang TEXT NOT NULL DEFAULT '',
        dated_on TEXT NOT NULL,
        created_at {bigint} NOT NULL,
        last_captured_at {bigint} NOT NULL,
        last_snapshot_id {bigint},
        snapshots INTEGER NOT NULL DEFAULT 0,
        tag_count INTEGER NOT NULL DEFAULT 0,
        trashed_at {bigint}
    )
    """,
    "CREATE INDEX link_newest ON link (trashed_at, last_captured_at, id)",
    "CREATE INDEX link_title ON link (trashed_at, title_key, id)",
    "CREATE INDEX link_site ON link (trashed_at, site, last_captured_at, id)",
    "CREATE INDEX link_starred ON link (trashed_at, starred, last_captured_at, id)",
    "CREATE INDEX link_tag_count ON link (trashed_at, tag_count, last_captured_at, id)",
    """
    CREATE TABLE tree (
        id {id},
        document TEXT NOT NULL,
        document_blob_id {bigint} NOT NULL REFERENCES blob (id),
        size {bigint} NOT NULL,
        reading_state TEXT NOT NULL DEFAULT 'pending'
            CHECK (reading_state IN ('pending', 'read', 'failed')),
        reading_error TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX tree_pending ON tree (id) WHERE reading_state = 'pending'",
    """
    CREATE TABLE resource (
        tree_id {bigint} NOT NULL REFERENCES tree (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        blob_id {bigint} NOT NULL REFERENCES blob (id),
        extension TEXT NOT NULL,
        url TEXT NOT NULL,
        media_type TEXT NOT NULL,
        PRIMARY KEY (tree_id, position)
    )
    """,
    "CREATE INDEX resource_blob ON resource (blob_id, tree_id)",
    """
    CREATE TABLE snapshot (
        id {id},
        link_id {bigint} NOT NULL REFERENCES link (id) ON DELETE CASCADE,
        tree_id {bigint} NOT NULL REFERENCES tree (id),
        capture_id TEXT NOT NULL UNIQUE,
        page_url TEXT NOT NULL,
        title TEXT NOT NULL,
        captured_at {bigint} NOT NULL,
        via TEXT NOT NULL,
        status INTEGER,
        digest TEXT NOT NULL,
        unchanged INTEGER NOT NULL,
        receipt {bytes} NOT NULL,
        thumbnail_blob_id {bigint} REFERENCES blob (id),
        thumbnail_media_type TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX snapshot_link ON snapshot (link_id, captured_at, id)",
    "CREATE INDEX snapshot_tree ON snapshot (tree_id)",
    """
    CREATE INDEX snapshot_thumbnail ON snapshot (thumbnail_blob_id)
    WHERE thumbnail_blob_id IS NOT NULL
    """,
    """
    CREATE TABLE reading (
        tree_id {bigint} NOT NULL PRIMARY KEY REFERENCES tree (id) ON DELETE CASCADE,
        fields {bytes} NOT NULL,
        text {bytes} NOT NULL,
        html {bytes} NOT NULL
    )
    """,
    """
    CREATE TABLE tag (
        id {id},
        path TEXT NOT NULL,
        path_key TEXT NOT NULL UNIQUE,
        parent_id {bigint} REFERENCES tag (id),
        color TEXT,
        links INTEGER NOT NULL DEFAULT 0,
        links_below INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX tag_parent ON tag (parent_id)",
    """
    CREATE TABLE tag_alias (
        alias_key TEXT NOT NULL PRIMARY KEY,
        alias TEXT NOT NULL,
        tag_id {bigint} NOT NULL REFERENCES tag (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX tag_alias_tag ON tag_alias (tag_id)",
    """
    CREATE TABLE link_tag (
        link_id {bigint} NOT NULL REFERENCES link (id) ON DELETE CASCADE,
        tag_id {bigint} NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        PRIMARY KEY (link_id, tag_id)
    )
    """,
    "CREATE INDEX link_tag_tag ON link_tag (tag_id, link_id)",
    """
    CREATE TABLE tag_reach (
        tag_id {bigint} NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        link_id {bigint} NOT NULL REFERENCES link (id) ON DELETE CASCADE,
        PRIMARY KEY (tag_id, link_id)
    )
    """,
    "CREATE INDEX tag_reach_link ON tag_reach (link_id, tag_id)",
    """
    CREATE TABLE capture (
        id {id},
        url TEXT NOT NULL,
        via TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
        tags TEXT NOT NULL,
        note TEXT NOT NULL,
        requested_at {bigint} NOT NULL,
        claimed_at {bigint},
        snapshot_id {bigint} REFERENCES snapshot (id) ON DELETE SET NULL,
        error TEXT,
        error_message TEXT
    )
    """,
    "CREATE INDEX capture_state ON capture (state, via, id)",
    """
    CREATE TABLE indexed (
        link_id {bigint} NOT NULL PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
        tree_id {bigint},
        fields TEXT NOT NULL,
        fold_version INTEGER NOT NULL
    )
    """,
    "CREATE INDEX indexed_tree ON indexed (tree_id)",
)
