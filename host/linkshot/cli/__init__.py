"""The `linkshot` command, one command per file."""
