from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import count_links
from linkshot.store.tags import tag_counts

from .pages import keep

LINKS = 120
# Merges two tags over all links and takes it back, over and over; says each step that is done.
_CHANGER = """
import sys
from pathlib import Path
from linkshot.store.library import Library
from linkshot.store.tag_edits import merge_tags
from linkshot.store.undo import undo_last

with Library.open(Path(sys.argv[1])) as library:
    while True:
        merge_tags(library, ["甲/一"], "乙")
        print("merged", flush=True)
        undo_last(library)
        print("undone", flush=True)
"""


@pytest.mark.parametrize("pause", [0.0, 0.003, 0.011, 0.03])
def test_killed_in_a_bulk_change_tags_are_as_before_or_after(tmp_path: Path, pause: float) -> None:
    with Library.open(tmp_path) as library, library.transaction():
        for number in range(LINKS):
            keep(library, f"https://example.org/{number}", tags=["甲/一"])
    changer = subprocess.Popen(
        [sys.executable, "-c", _CHANGER, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert changer.stdout is not None
    changer.stdout.readline()
    time.sleep(pause)
    changer.kill()
    changer.communicate()
    with Library.open(tmp_path) as library:
        assert verify(library) == []
        counts = {tag.path: tag.links for tag in tag_counts(library) if tag.links}
        assert counts in ({"甲/一": LINKS}, {"乙": LINKS})
        assert sum(count_links(library, tag=tag) for tag in ("甲", "乙")) == LINKS
