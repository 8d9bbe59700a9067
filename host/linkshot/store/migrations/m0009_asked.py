"""A request says whether a page with an error status is wanted too, and why it failed with all facts."""

STATEMENTS = (
    "ALTER TABLE capture ADD COLUMN keep_errors INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE capture ADD COLUMN error_facts TEXT NOT NULL DEFAULT '{{}}'",
)
