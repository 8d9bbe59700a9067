"""A snapshot as one file, handed to the browser as a download."""

from __future__ import annotations

ROUTES: tuple[()] = ()
