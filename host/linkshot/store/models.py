"""The tables as peewee models; they never leave the store and are bound to no database.

Every query names its database: `query.execute(library.database)`. What the migrations made is
the truth; a test holds these equal to it.
"""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, BlobField, IntegerField, Model, TextField


class Blob(Model):
    """Bytes, known by the SHA-256 of their plain form; `stored_size` is what they take.

    `lost` marks bytes that `verify` found gone or damaged; they are taken when they come again.
    """

    id = AutoField()
    sha256 = BlobField()
    size = BigIntegerField()
    stored_size = BigIntegerField()
    coding = TextField()
    base_id = BigIntegerField(null=True)
    depth = IntegerField()
    in_file = IntegerField()
    lost = IntegerField()


class Link(Model):
    """One address; `title_key` sorts it, `dated_on` is the page's own day or the capture's."""

    id = AutoField()
    url = TextField()
    title = TextField()
    title_key = TextField()
    site = TextField()
    note = TextField()
    starred = IntegerField()
    lang = TextField()
    dated_on = TextField()
    created_at = BigIntegerField()
    last_captured_at = BigIntegerField()
    last_snapshot_id = BigIntegerField(null=True)
    snapshots = IntegerField()
    tag_count = IntegerField()
    trashed_at = BigIntegerField(null=True)


class Tree(Model):
    """What snapshots of the same content share: resources and reading."""

    id = AutoField()
    document = TextField()
    document_blob_id = BigIntegerField()
    size = BigIntegerField()
    reading_state = TextField()
    reading_error = TextField()


class Snapshot(Model):
    """One version of a link."""

    id = AutoField()
    link_id = BigIntegerField()
    tree_id = BigIntegerField()
    capture_id = TextField()
    page_url = TextField()
    title = TextField()
    captured_at = BigIntegerField()
    via = TextField()
    status = IntegerField(null=True)
    digest = TextField()
    unchanged = IntegerField()
    receipt = BlobField()
    thumbnail_blob_id = BigIntegerField(null=True)
    thumbnail_media_type = TextField()


class Tag(Model):
    """A tag; `path_key` is its folded path, the counts leave out links in the trash.

    The last four are NULL until `tag_names.fill_names` has written them.
    """

    id = AutoField()
    path = TextField()
    path_key = TextField()
    parent_id = BigIntegerField(null=True)
    color = TextField(null=True)
    links = IntegerField()
    links_below = IntegerField()
    sort_key = TextField(null=True)
    name_key = TextField(null=True)
    pinyin = TextField(null=True)
    initials = TextField(null=True)


class Capture(Model):
    """A queued request for a snapshot."""

    id = AutoField()
    url = TextField()
    via = TextField()
    state = TextField()
    tags = TextField()
    note = TextField()
    requested_at = BigIntegerField()
    claimed_at = BigIntegerField(null=True)
    snapshot_id = BigIntegerField(null=True)
    error = TextField(null=True)
    error_message = TextField(null=True)
    keep_errors = IntegerField()
    error_facts = TextField()
