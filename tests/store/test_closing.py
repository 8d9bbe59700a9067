"""A library is closed while other threads read it: the process lives on."""

from __future__ import annotations

import subprocess
import sys

READERS = """
import sys, threading, time
from pathlib import Path
from linkshot.store.library import Library

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"

def read(library):
    try:
        while True:
            library.database.rows(COUNT)
    except Exception:
        return  # closed

for turn in range(4):
    library = Library.open(Path(sys.argv[1]))
    threads = [threading.Thread(target=read, args=(library,), daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.05)
    library.close()
    for thread in threads:
        thread.join(5)
print("alive")
"""


def test_closing_under_readers_ends_them_cleanly(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", READERS, str(tmp_path / "library")],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert (run.returncode, run.stdout) == (0, "alive\n"), run.stderr[-2000:]
