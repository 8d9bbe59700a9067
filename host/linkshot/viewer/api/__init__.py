"""The viewer's JSON API: one file a capability, each with its own table of routes."""
