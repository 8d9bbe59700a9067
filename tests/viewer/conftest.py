"""The fixtures of the viewer's tests; tests/e2e uses the same."""

from __future__ import annotations

import sys
from pathlib import Path

# importlib mode puts no folder on the path.
sys.path.insert(0, str(Path(__file__).parent))

from viewer_library import client, gate, keep, opened, shown, viewer

__all__ = ["client", "gate", "keep", "opened", "shown", "viewer"]
