"""Reads a PDF in a process of its own: what a hostile file does to PDFium ends there.

`python -m linkshot.capture.pdf_apart` reads a PDF from standard input and writes its reading as JSON.
"""

from __future__ import annotations

import subprocess
import sys

import msgspec

from linkshot.page.reading import Reading

MOST_SECONDS = 60
_MOST_MEMORY_BYTES = 2 * 1024**3
_NO_PDF = 3


def read_pdf_apart(data: bytes) -> Reading:
    """What the PDF says.

    Raises:
        ValueError: it cannot be read, or not within `MOST_SECONDS`.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=data,
            capture_output=True,
            timeout=MOST_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"the PDF was not read within {MOST_SECONDS} seconds") from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ValueError(reason or f"the PDF ended its reader: {done.returncode}")
    return msgspec.json.decode(done.stdout, type=Reading)


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))


def _main() -> int:
    from linkshot.page.pdf import read_pdf

    _bound_memory()
    try:
        reading = read_pdf(sys.stdin.buffer.read())
    except (ValueError, MemoryError) as error:
        sys.stderr.write(f"{error}\n")
        return _NO_PDF
    sys.stdout.buffer.write(msgspec.json.encode(reading))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
