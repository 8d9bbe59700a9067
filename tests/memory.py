"""How much memory a piece of work needs at most, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# `ru_maxrss` would not do: a process begins with that of the one that started it.
_MEASURED = """
def peak():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
open("/proc/self/clear_refs", "w").write("5")
before = peak()
{work}
print(peak() - before)
"""
_BEGIN_EXPORT = """
from pathlib import Path
from linkshot.formats.html import write_html
from linkshot.store.library import Library
library = Library.open(Path(sys.argv[1]))
"""
_EXPORT = """
with open(sys.argv[3], "wb") as out:
    write_html(library, int(sys.argv[2]), out)
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own count of a process")


def peak_growth_kb(begin: str, work: str, *arguments: str | Path) -> int:
    """Kilobytes by which the peak of `work` stands above what `begin` left; both find `arguments` in `sys.argv`."""
    code = f"import sys\n{begin}\n{_MEASURED.format(work=work)}"
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, check=True
    )
    return int(ended.stdout)


def export_growth_kb(library: Path, snapshot_id: int, output: Path) -> int:
    """The same of a snapshot's export into a file."""
    return peak_growth_kb(_BEGIN_EXPORT, _EXPORT, library, str(snapshot_id), output)
