"""`make bench`: run every benchmark beside this file, print a table, write JSON.

A benchmark is a module with `rows() -> list[BenchRow]`. Names given on the command line choose by
part of a module's name. The exit status is 1 where a goal is missed.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import platform
import sys
from pathlib import Path

from tests.bench.table import BenchRow, render

FOLDER = Path(__file__).parent
RESULTS = FOLDER.parents[1] / "build" / "bench.json"


def main(wanted: list[str]) -> int:
    """Run what is wanted, one after another, so that none disturbs the other."""
    rows: list[BenchRow] = []
    for name in module_names():
        if wanted and not any(part in name for part in wanted):
            continue
        module = importlib.import_module(f"tests.bench.{name}")
        if hasattr(module, "rows"):
            sys.stderr.write(f"{name} …\n")
            rows += module.rows()
    print(render(rows))
    write_results(rows)
    return 0 if all(row.is_met for row in rows) else 1


def module_names() -> list[str]:
    """The modules beside this one, in order; those without `rows` serve the others."""
    names = sorted(path.stem for path in FOLDER.glob("*.py"))
    return [name for name in names if not name.startswith("_") and name != "echo_host"]


def write_results(rows: list[BenchRow]) -> None:
    """Write what was measured, where and when."""
    RESULTS.parent.mkdir(exist_ok=True)
    results = {
        "measured_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "rows": [row.as_json() for row in rows],
    }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stderr.write(f"{RESULTS}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
